namespace Vivace.ServiceBus;

/// <summary>Which part of a queue is received from.</summary>
public enum SubQueue
{
    None,
    DeadLetter,
}
