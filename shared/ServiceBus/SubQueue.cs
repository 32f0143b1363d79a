namespace Vivace.ServiceBus;

/// <summary>Which part of a queue is received from.</summary>
public enum SubQueue
{
    /// <summary>The queue itself.</summary>
    None,

    /// <summary>Its dead letters, <c>{name}/$deadletterqueue</c>.</summary>
    DeadLetter,
}
