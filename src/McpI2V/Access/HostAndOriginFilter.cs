using System.Net;
using McpI2V.Settings;
using Microsoft.AspNetCore.Http;

namespace McpI2V.Access;

/// <summary>
/// Against DNS rebinding: the host that was called and the page that calls must be ours. Not the framework's host filtering: that answers
/// 400 without a body, and knows no "any address" for a server that listens on all.
/// </summary>
internal sealed class HostAndOriginFilter(RequestDelegate next, HttpOptions options, ListenPolicy policy)
{
    // Who looks after nodes asks each by its own address; a page learns nothing there.
    private static readonly PathString[] OfHealth = ["/healthz", "/readyz"];

    /// <summary>Lets a request through, or answers it with 403.</summary>
    public Task InvokeAsync(HttpContext context)
    {
        if (!IsOurHost(context.Request.Host) && !OfHealth.Contains(context.Request.Path))
        {
            return RpcErrors.WriteAsync(context, StatusCodes.Status403Forbidden, RpcErrors.Refused,
                $"The Host {RpcErrors.Shown(context.Request.Host.Value)} is not one of this server's. " +
                    "Set I2V__Http__AllowedHosts if it should be.");
        }
        return context.Request.Headers.Origin is { Count: > 0 } origin && !IsOurOrigin(origin.ToString(), context.Request)
            ? RpcErrors.WriteAsync(context, StatusCodes.Status403Forbidden, RpcErrors.Refused,
                $"Pages of {RpcErrors.Shown(origin.ToString())} may not call this server. Set I2V__Http__AllowedOrigins if they should.")
            : next(context);
    }

    private bool IsOurHost(HostString host) =>
        host.Host.Length > 0
            && (policy.IsListening(host)
                || options.AllowedHosts.Contains(host.Host, StringComparer.OrdinalIgnoreCase)
                || (options.PublicUrl is { } url && host.Host.Equals(url.IdnHost, StringComparison.OrdinalIgnoreCase)));

    // Only what a browser writes: scheme, host, port. Anything else parses as one thing and is read as another.
    private bool IsOurOrigin(string origin, HttpRequest request) =>
        options.AllowedOrigins.Contains(origin, StringComparer.OrdinalIgnoreCase)
        || (Uri.TryCreate(origin, UriKind.Absolute, out var page)
            && page.Scheme is "http" or "https"
            && page.GetLeftPart(UriPartial.Authority).Equals(origin, StringComparison.OrdinalIgnoreCase)
            && page.UserInfo.Length == 0
            && (page.Authority.Equals(request.Host.Value, StringComparison.OrdinalIgnoreCase)
                || (policy.IsLoopback && IsLoopback(page.IdnHost))));

    private static bool IsLoopback(string host) =>
        host == "localhost" || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));
}
