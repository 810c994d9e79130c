using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace McpI2V.Access;

/// <summary>
/// Bearer tokens of <see cref="TokenStore"/>. Where the server asks for none, whoever calls is the user of this machine.
/// </summary>
internal sealed class TokenAuthenticationHandler(
    TokenStore tokens,
    ListenPolicy policy,
    OpenRequests requests,
    IOptionsMonitor<AuthenticationSchemeOptions> options,
    ILoggerFactory log,
    UrlEncoder encoder)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, log, encoder)
{
    /// <summary>The scheme's name, as HTTP spells it.</summary>
    public const string Bearer = "Bearer";

    private const int LongestHeader = 400;

    /// <inheritdoc/>
    protected override Task<AuthenticateResult> HandleAuthenticateAsync() => Task.FromResult(Authenticate());

    /// <inheritdoc/>
    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        Response.Headers.WWWAuthenticate = $"{Bearer} realm=\"mcp-i2v\"";
        return RpcErrors.WriteAsync(Context, StatusCodes.Status401Unauthorized, RpcErrors.Refused,
            "A valid token is needed, sent as Authorization: Bearer i2v_...; ./i2v token create NAME on the server's machine makes one.");
    }

    private AuthenticateResult Authenticate()
    {
        // Such addresses have a proof of their own, and must answer while the file of tokens is damaged.
        if (Context.GetEndpoint()?.Metadata.GetMetadata<IAllowAnonymous>() is not null)
        {
            return AuthenticateResult.NoResult();
        }
        if (!policy.NeedsToken)
        {
            return Success(CallerClaims.OfThisMachine, TokenScopes.All);
        }
        if (Presented() is not { } presented)
        {
            return AuthenticateResult.NoResult();
        }
        if (tokens.Find(presented) is not { } token)
        {
            return AuthenticateResult.Fail("The token is none of ours, or was revoked.");
        }
        Response.RegisterForDispose(requests.Begin(Context, token.Hash));
        return Success(token.Name, token.Scopes);
    }

    // One header, one token: two would be two callers.
    private string? Presented() =>
        Request.Headers.Authorization is [{ Length: < LongestHeader } value]
            && value.StartsWith(Bearer + " ", StringComparison.OrdinalIgnoreCase)
            && value[Bearer.Length..].Trim() is { Length: > 0 } token
            ? token
            : null;

    private AuthenticateResult Success(string name, IEnumerable<string> scopes) =>
        AuthenticateResult.Success(new AuthenticationTicket(CallerClaims.FromToken(name, scopes), Scheme.Name));
}
