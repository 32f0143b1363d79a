namespace Vivace.Runtime.Models;

/// <summary>What went wrong with a model call.</summary>
public enum ModelFailure
{
    /// <summary>The provider could not be reached or answered with a server error.</summary>
    Unavailable,

    /// <summary>The provider asked to slow down.</summary>
    Throttled,

    /// <summary>The provider refused the credentials.</summary>
    Unauthorized,

    /// <summary>The provider refused the request.</summary>
    Rejected,

    /// <summary>The answer broke off or was not understood.</summary>
    Malformed,
}
