using System.Net;
using McpI2V.Settings;
using Microsoft.AspNetCore.Http;

namespace McpI2V.Access;

/// <summary>
/// Who comes in: the host that was called and the page that calls must be ours (DNS rebinding), and the token valid. What
/// is marked <see cref="OpenToAll"/> asks for none.
/// </summary>
internal sealed class Door(RequestDelegate next, HttpOptions options, TokenStore tokens, ListenPolicy policy, OpenRequests requests)
{
    /// <summary>Lets a request in, or answers it.</summary>
    public async Task InvokeAsync(HttpContext context)
    {
        if (!IsOurHost(context.Request.Host))
        {
            await RpcErrors.WriteAsync(context, StatusCodes.Status403Forbidden, RpcErrors.Refused,
                $"The Host {RpcErrors.Shown(context.Request.Host.Value)} is not one of this server's. " +
                    "Set I2V__Http__AllowedHosts if it should be.");
            return;
        }
        if (context.Request.Headers.Origin is { Count: > 0 } origin && !IsOurOrigin(origin.ToString(), context.Request))
        {
            await RpcErrors.WriteAsync(context, StatusCodes.Status403Forbidden, RpcErrors.Refused,
                $"Pages of {RpcErrors.Shown(origin.ToString())} may not call this server. Set I2V__Http__AllowedOrigins if they should.");
            return;
        }
        if (context.GetEndpoint()?.Metadata.GetMetadata<OpenToAll>() is not null)
        {
            await next(context);
            return;
        }
        if (!policy.NeedsToken)
        {
            context.User = CallerClaims.FromToken(CallerClaims.OfThisMachine, TokenScopes.All);
            await next(context);
            return;
        }
        if (TokenOf(context.Request) is { } presented && tokens.Find(presented) is { } token)
        {
            using var open = requests.Begin(context, token.Hash);
            context.User = CallerClaims.FromToken(token.Name, token.Scopes);
            await next(context);
            return;
        }
        context.Response.Headers.WWWAuthenticate = "Bearer realm=\"mcp-i2v\"";
        await RpcErrors.WriteAsync(context, StatusCodes.Status401Unauthorized, RpcErrors.Refused,
            "A valid token is needed: Authorization: Bearer i2v_... ./i2v token create makes one.");
    }

    // One header, one token: two would be two callers.
    private static string? TokenOf(HttpRequest request)
    {
        var header = request.Headers.Authorization;
        return header is [{ Length: > 7 and < 400 } value] && value.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase)
            ? value[7..].Trim()
            : null;
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
