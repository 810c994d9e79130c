using Google.Apis.Auth.OAuth2;
using Google.Apis.Auth.OAuth2.Responses;
using McpI2V.Engine;
using McpI2V.Engine.Providers;
using McpI2V.Providers.Contract;
using McpI2V.Providers.GoogleApis;
using McpI2V.Providers.Http;

namespace McpI2V.Providers.Vertex;

/// <summary>
/// Asks Google for a token that stands in for the credentials: by Google's own library (Google.Apis.Auth), whose requests leave by the one
/// way to a provider.
/// </summary>
/// <param name="http">The way to the token services, which are no part of the API.</param>
/// <param name="options">The settings.</param>
/// <param name="time">The time.</param>
internal sealed class VertexTokens(ProviderHttp http, ProviderOptions options, TimeProvider time) : IDisposable
{
    /// <summary>Where tokens are given for a service account and a user.</summary>
    public static readonly Uri Home = new("https://oauth2.googleapis.com");

    private const string Scope = "https://www.googleapis.com/auth/cloud-platform";
    private volatile string? namedProject;

    /// <summary>The project that requests with the last token must name; null: the account has one.</summary>
    public string? NamedProject => namedProject;

    /// <summary>A new token.</summary>
    /// <exception cref="ProviderException">None is given for these credentials, or the service could not be asked.</exception>
    public async Task<AccessToken> AskAsync(CancellationToken cancellationToken)
    {
        var credentials = VertexCredentials.Read(options);
        try
        {
            var way = new VertexTokenWay(http, credentials.Source, Judge);
            var account = CredentialFactory.FromJson(credentials.Json.Reveal(), credentials.Kind)
                .CreateScoped(Scope)
                .CreateWithHttpClientFactory(way)
                .UnderlyingCredential;
            var token = await account.GetAccessTokenForRequestAsync(null, cancellationToken);
            namedProject = credentials.NamesProjectInRequests ? credentials.Project : null;
            return new AccessToken(new Secret(token), LifeOf(account));
        }
        catch (Exception e) when (Told(e) is { } fault)
        {
            throw fault;
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            throw new ProviderException(
                ErrorCode.ProviderAuth,
                $"the credentials of {options.KeyVariable} can't be used ({e.GetType().Name}). Make a new key, and start the server again",
                Acceptance.No,
                e);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => http.Dispose();

    // The library wraps what went wrong on the way.
    private static ProviderException? Told(Exception? e) => e is null ? null : e as ProviderException ?? Told(e.InnerException);

    private static TimeSpan? LifeOf(ICredential account)
    {
        TokenResponse? given = account switch
        {
            ServiceCredential service => service.Token,
            UserCredential user => user.Token,
            _ => null,
        };
        return given?.ExpiresInSeconds is { } seconds and > 0 ? TimeSpan.FromSeconds(seconds) : null;
    }

    // {"error": word, "error_description": text}, or the body of Google's APIs.
    private ProviderException? Judge(ProviderAnswer answer)
    {
        if (answer.IsSuccess)
        {
            return null;
        }
        var said = GoogleFaults.ErrorOf(answer)?["message"]?.ToString()
            ?? $"{answer.Json?["error"]}: {answer.Json?["error_description"]}".Trim(' ', ':');
        var words = http.Safe(said);
        return (int)answer.Status is 400 or 401 or 403
            ? new(
                ErrorCode.ProviderAuth,
                $"Google gives the credentials of {options.KeyVariable} no token: \"{words}\". Check that the key was not deleted and " +
                    "the account not disabled, and start the server again",
                Acceptance.No)
            : HttpFaults.Of(options.Name, options.KeyVariable, answer, words, time.GetUtcNow());
    }
}
