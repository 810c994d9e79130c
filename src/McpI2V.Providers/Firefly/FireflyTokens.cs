using System.Globalization;
using System.Net;
using McpI2V.Engine;
using McpI2V.Engine.Providers;
using McpI2V.Providers.Contract;
using McpI2V.Providers.Http;

namespace McpI2V.Providers.Firefly;

/// <summary>Asks Adobe's identity service for a token that stands in for the credentials (developer.adobe.com, authentication).</summary>
/// <param name="http">The way to the identity service, which is no part of the API.</param>
/// <param name="credentials">What the user set; null: no pair of an id and a secret.</param>
/// <param name="keyVariable">Where it is set, for messages.</param>
/// <param name="time">The time.</param>
internal sealed class FireflyTokens(ProviderHttp http, FireflyCredentials? credentials, string keyVariable, TimeProvider time) : IDisposable
{
    /// <summary>The identity service.</summary>
    public static readonly Uri Ims = new("https://ims-na1.adobelogin.com");

    private const string Name = "firefly";
    private const string Scopes = "openid,AdobeID,session,additional_info,read_organizations,firefly_api,ff_apis";
    private static readonly TimeSpan LongestLife = TimeSpan.FromHours(24);

    /// <summary>A new token.</summary>
    /// <exception cref="ProviderException">None is given for these credentials, or the service could not be asked.</exception>
    public async Task<AccessToken> AskAsync(CancellationToken cancellationToken)
    {
        if (credentials is null)
        {
            throw new ProviderException(
                ErrorCode.ProviderAuth,
                $"firefly needs two things where one is set. Set {keyVariable} to the client's id and its secret, joined by a colon, and " +
                    "start the server again",
                Acceptance.No);
        }
        var answer = await http.AskAsync(
            () => new HttpRequestMessage(HttpMethod.Post, http.At("ims/token/v3"))
            {
                Content = new FormUrlEncodedContent(new Dictionary<string, string>
                {
                    ["grant_type"] = "client_credentials",
                    ["client_id"] = credentials.ClientId,
                    ["client_secret"] = credentials.ClientSecret.Reveal(),
                    ["scope"] = Scopes,
                }),
            },
            Judge,
            cancellationToken);
        return answer.Json?["access_token"]?.ToString() is { Length: > 0 } token
            ? new AccessToken(new Secret(token), LifeOf(answer))
            : throw HttpFaults.NotJson(Name, answer);
    }

    /// <inheritdoc/>
    public void Dispose() => http.Dispose();

    // Bodies: {"error": word, "error_description": text}.
    private ProviderException? Judge(ProviderAnswer answer)
    {
        if (answer.IsSuccess)
        {
            return answer.Json is null ? HttpFaults.NotJson(Name, answer) : null;
        }
        var said = $"{answer.Json?["error"]}: {answer.Json?["error_description"]}".Trim(' ', ':');
        var words = credentials!.ClientSecret.RemoveFrom(http.Safe(credentials.ClientSecret.RemoveFrom(said)));
        return answer.Status is HttpStatusCode.BadRequest or HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden
            ? new(
                ErrorCode.ProviderAuth,
                $"Adobe gives these credentials no token: \"{words}\". Set {keyVariable} to the id and the secret of an OAuth " +
                    "server-to-server credential that has the Firefly API, joined by a colon, and start the server again",
                Acceptance.No)
            : HttpFaults.Of(Name, keyVariable, answer, words, time.GetUtcNow());
    }

    private static TimeSpan? LifeOf(ProviderAnswer answer) =>
        double.TryParse(answer.Json!["expires_in"]?.ToString(), CultureInfo.InvariantCulture, out var seconds) && seconds > 0
            ? TimeSpan.FromSeconds(Math.Min(seconds, LongestLife.TotalSeconds))
            : null;
}
