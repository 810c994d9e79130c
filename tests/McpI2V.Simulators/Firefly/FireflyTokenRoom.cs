using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using McpI2V.Simulators.Simulation;

namespace McpI2V.Simulators.Firefly;

/// <summary>Adobe's identity service: tokens for a client's id and secret (developer.adobe.com, authentication).</summary>
/// <param name="options">The key that is the client's secret.</param>
public sealed class FireflyTokenRoom(SimOptions options)
{
    /// <summary>The one client that is known.</summary>
    public const string ClientId = "simulated-client";

    private static readonly string[] Needed = ["openid", "AdobeID", "firefly_api", "ff_apis"];
    private readonly ConcurrentDictionary<string, DateTimeOffset> tokens = new(StringComparer.Ordinal);

    /// <summary>How long the next tokens are good.</summary>
    public double TokenSeconds { get; set; } = 86_399;

    /// <summary>Gives a token.</summary>
    public async Task<IResult> GiveAsync(HttpContext context)
    {
        var form = await context.Request.ReadFormAsync();
        if (form["grant_type"] != "client_credentials")
        {
            return Error("unsupported_grant_type", "grant_type must be client_credentials");
        }
        if (form["client_id"] != ClientId || form["client_secret"] != options.Key)
        {
            return Error("invalid_client", "invalid client_secret parameter");
        }
        if (Needed.Except(form["scope"].ToString().Split(',')).Any())
        {
            return Error("invalid_scope", "The scope has not the Firefly API");
        }
        var token = $"eyJhbGciOiJSUzI1NiJ9.{Guid.NewGuid():N}.{Guid.NewGuid():N}";
        tokens[token] = TimeProvider.System.GetUtcNow().AddSeconds(TokenSeconds);
        return Reply.Json(new JsonObject { ["access_token"] = token, ["token_type"] = "bearer", ["expires_in"] = (int)TokenSeconds });
    }

    /// <summary>Takes every token back that was given.</summary>
    public void Revoke() => tokens.Clear();

    /// <summary>Why a request to the API is refused; null: it has a token that is good, and its client's id.</summary>
    public (int Status, string Code, string Words)? Refuse(HttpRequest request)
    {
        var token = request.Headers.Authorization.ToString().Split(' ') is ["Bearer", var given] ? given : "";
        return !tokens.TryGetValue(token, out var until) || until <= TimeProvider.System.GetUtcNow()
            ? (401, "401013", "Oauth token is not valid")
            : request.Headers["x-api-key"] != ClientId ? (403, "access_error", "Access denied") : null;
    }

    private static IResult Error(string code, string words) =>
        Reply.Json(new JsonObject { ["error"] = code, ["error_description"] = words }, 400);
}
