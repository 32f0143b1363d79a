namespace Vivace.Runtime.Replies;

/// <summary>Takes the text of a reply while it is released, in order, from one caller at a time.</summary>
public interface IReplySink
{
    /// <summary>Text that every critical evaluator has passed. No surrogate pair is split over two calls.</summary>
    ValueTask WriteAsync(string text, CancellationToken cancellationToken);
}
