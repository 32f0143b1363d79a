using Vivace.Api.Problems;

namespace Vivace.Api.Triggers;

/// <summary>
/// Lets only the host's own calls to the triggers, which carry no key. Public requests arrive from the same address on the
/// same port, but the host's proxy marks each with <c>X-Forwarded-*</c>; to them these paths do not exist, whatever the method.
/// </summary>
internal static class TriggerGate
{
    public static ValueTask<object?> AdmitAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var request = context.HttpContext.Request;
        return HttpMethods.IsPost(request.Method) && !request.Headers.Keys.Any(name => name.StartsWith("X-Forwarded-", StringComparison.OrdinalIgnoreCase))
            ? next(context)
            : ValueTask.FromResult<object?>(new ProblemResult(ProblemKinds.NotFound("path")));
    }
}
