namespace Vivace.Testing.Hosting;

/// <summary>One run of the application, in this process or another.</summary>
internal interface IRunningVivace : IAsyncDisposable
{
    Uri Address { get; }

    /// <summary>Asks it to stop, as an operator does, and waits until it has.</summary>
    Task LeaveAsync();
}
