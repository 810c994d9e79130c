using System.Text.Json.Nodes;
using McpI2V.Engine.Catalogue;
using McpI2V.Engine.Providers;
using McpI2V.Providers.Contract;
using McpI2V.Providers.Firefly;
using Microsoft.AspNetCore.Http;

namespace McpI2V.Providers.Tests.Firefly;

/// <summary>Adobe's two services on one host, as a test sets them.</summary>
internal sealed class FireflyServer : IAsyncDisposable
{
    public const string ClientSecret = "a-secret-of-tests";
    public const string Id = "urn:ff:jobs:epo1:9d";
    private readonly LocalServer server;
    private int given;

    private FireflyServer(LocalServer server) => this.server = server;

    /// <summary>What was asked for: method and path, after the key's own.</summary>
    public List<string> Asked { get; } = [];

    /// <summary>Orders as they came.</summary>
    public List<JsonObject> Orders { get; } = [];

    /// <summary>The headers of the last request to the API.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; private set; } = new Dictionary<string, string>();

    /// <summary>The last form that asked for a token.</summary>
    public IReadOnlyDictionary<string, string> Form { get; private set; } = new Dictionary<string, string>();

    /// <summary>What is answered to orders, looks and cancels.</summary>
    public (int Status, string Body) Answer { get; set; } = (202, Taken("https://firefly-epo1.adobe.io"));

    /// <summary>What is answered to who asks for a token; null: one.</summary>
    public (int Status, string Body)? Refusal { get; set; }

    /// <summary>How long a token is good; null: nothing is told.</summary>
    public int? TokenSeconds { get; set; } = 86_399;

    /// <summary>True where no token is accepted but the newest.</summary>
    public bool TakesNewestAlone { get; set; }

    /// <summary>How many tokens were given.</summary>
    public int Tokens => given;

    public static async Task<FireflyServer> StartAsync()
    {
        FireflyServer? mine = null;
        mine = new FireflyServer(await LocalServer.StartAsync(context => mine!.AnswerAsync(context)));
        return mine;
    }

    public static string Taken(string host) =>
        $$"""{"jobId":"{{Id}}","statusUrl":"{{host}}/v3/status/{{Id}}","cancelUrl":"{{host}}/v3/cancel/{{Id}}"}""";

    /// <summary>Takes back the tokens that were given.</summary>
    public void Revoke() => given += 100;

    public ProviderServices Services(TimeProvider? time = null, string key = "a-client:" + ClientSecret, decimal? operationUsd = null) =>
        Services(server.Origin, time, key, operationUsd);

    public static ProviderServices Services(Uri origin, TimeProvider? time, string key, decimal? operationUsd) =>
        FireflyRegistration.Descriptor.Create(
            new ProviderOptions
            {
                Name = "firefly",
                KeyVariable = "KEY",
                ApiKey = new Secret(key),
                BaseUrl = origin,
                OwnSettings = new FireflySettings { OperationUsd = operationUsd },
                PollEvery = TimeSpan.FromMilliseconds(10),
            },
            time ?? TimeProvider.System);

    /// <summary>The program's row.</summary>
    public static ModelEntry Row(decimal? operationUsd = null) =>
        Services(new Uri("http://127.0.0.1:1"), null, "a:b", operationUsd).Models.Rows().Single();

    /// <summary>Five seconds from a still, upright, at 720p.</summary>
    public static GenerationOrder Order(OrderInput image) => TestOrder.Of(Row()) with
    {
        Image = image,
        Settings = new ModelSettings { DurationSeconds = 5, Resolution = "720p", AspectRatio = "9:16" },
    };

    public ValueTask DisposeAsync() => server.DisposeAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        var (request, path) = (context.Request, context.Request.Path.Value!);
        var (status, body) = path == "/ims/token/v3" ? await TokenAsync(request) : await OfApiAsync(request, path);
        context.Response.StatusCode = status;
        await context.Response.WriteAsync(body);
    }

    private async Task<(int Status, string Body)> TokenAsync(HttpRequest request)
    {
        Assert.Equal("", request.Headers.Authorization.ToString());
        var form = await request.ReadFormAsync();
        Form = form.ToDictionary(f => f.Key, f => f.Value.ToString(), StringComparer.Ordinal);
        if (Refusal is { } refusal)
        {
            return refusal;
        }
        given++;
        var life = TokenSeconds is { } seconds ? $",\"expires_in\":{seconds}" : "";
        return (200, $$"""{"access_token":"token-number-{{given}}","token_type":"bearer"{{life}}}""");
    }

    private async Task<(int Status, string Body)> OfApiAsync(HttpRequest request, string path)
    {
        Headers = request.Headers.ToDictionary(h => h.Key, h => h.Value.ToString(), StringComparer.OrdinalIgnoreCase);
        // The secret is for the identity service alone.
        Assert.DoesNotContain(Headers, h => h.Value.Contains(ClientSecret, StringComparison.Ordinal));
        if (TakesNewestAlone && Headers["Authorization"] != $"Bearer token-number-{given}")
        {
            return (401, """{"error_code":"401013","message":"Oauth token is not valid"}""");
        }
        if (path == "/v3/status/none")
        {
            return (404, """{"error_code":"unknown_job_id"}""");
        }
        Asked.Add($"{request.Method} {path}");
        if (path == "/v2/storage/image")
        {
            using var reader = new StreamReader(request.Body);
            return (200, $$"""{"images":[{"id":"upload of {{await reader.ReadToEndAsync()}}"}]}""");
        }
        if (request.Method == "POST")
        {
            Orders.Add((await JsonNode.ParseAsync(request.Body))!.AsObject());
        }
        return Answer;
    }
}
