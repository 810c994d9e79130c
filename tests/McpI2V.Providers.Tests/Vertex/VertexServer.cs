using System.Security.Cryptography;
using System.Text.Json.Nodes;
using McpI2V.Engine.Catalogue;
using McpI2V.Engine.Providers;
using McpI2V.Providers.Contract;
using McpI2V.Providers.Vertex;
using Microsoft.AspNetCore.Http;

namespace McpI2V.Providers.Tests.Vertex;

/// <summary>Google's token services, the platform and Cloud Storage on one host, as a test sets them.</summary>
internal sealed class VertexServer : IAsyncDisposable
{
    public const string Operation = "projects/a-project/locations/us-central1/publishers/google/models/veo-3.1-generate-001/operations/9d";
    public const string RefreshToken = "a-refresh-token-of-tests";
    private static readonly RSA Signer = RSA.Create(2048);
    private readonly TestFolder folder = new();
    private readonly LocalServer server;

    private VertexServer(LocalServer server) => this.server = server;

    /// <summary>What was asked for: method, path and query, without those for tokens and the key's own.</summary>
    public List<string> Asked { get; } = [];

    /// <summary>Orders as they came.</summary>
    public List<JsonObject> Orders { get; } = [];

    /// <summary>The headers of the last request to the platform or the storage.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; private set; } = new Dictionary<string, string>();

    /// <summary>What was asked for tokens: path and body.</summary>
    public List<(string Path, string Body)> TokenRequests { get; } = [];

    /// <summary>What is answered to orders and looks.</summary>
    public (int Status, string Body) Answer { get; set; } = (200, $$"""{"name":"{{Operation}}"}""");

    /// <summary>What is answered to the question that tries the account.</summary>
    public (int Status, string Body) OfKey { get; set; } = (404, """{"error":{"code":404,"status":"NOT_FOUND"}}""");

    /// <summary>What is answered to a list of objects.</summary>
    public (int Status, string Body) Listed { get; set; } = (200, "{}");

    /// <summary>What is answered to who asks for a token; null: one.</summary>
    public (int Status, string Body)? Refusal { get; set; }

    public Uri Origin => server.Origin;

    public static async Task<VertexServer> StartAsync()
    {
        VertexServer? mine = null;
        mine = new VertexServer(await LocalServer.StartAsync(context => mine!.AnswerAsync(context)));
        return mine;
    }

    /// <summary>A service account's key, as the console writes it.</summary>
    public static JsonObject ServiceAccount() => new()
    {
        ["type"] = "service_account",
        ["project_id"] = "a-project",
        ["private_key_id"] = "0123",
        ["private_key"] = Signer.ExportPkcs8PrivateKeyPem(),
        ["client_email"] = "ads@a-project.iam.gserviceaccount.com",
        ["token_uri"] = "https://oauth2.googleapis.com/token",
    };

    /// <summary>A user's own account, as gcloud writes it.</summary>
    public static JsonObject User() => new()
    {
        ["type"] = "authorized_user",
        ["client_id"] = "an-id.apps.googleusercontent.com",
        ["client_secret"] = "a-client-secret",
        ["refresh_token"] = RefreshToken,
        ["quota_project_id"] = "a-project",
    };

    /// <summary>A workload's identity.</summary>
    public static JsonObject Workload(JsonObject source) => new()
    {
        ["type"] = "external_account",
        ["audience"] = "//iam.googleapis.com/projects/1/locations/global/workloadIdentityPools/p/providers/q",
        ["subject_token_type"] = "urn:ietf:params:oauth:token-type:jwt",
        ["token_url"] = "https://sts.googleapis.com/v1/token",
        ["credential_source"] = source,
    };

    /// <summary>Writes a file, and names it.</summary>
    public string Write(string text)
    {
        var path = Path.Combine(folder.Path, Guid.NewGuid().ToString("N") + " key.json");
        File.WriteAllText(path, text);
        return path;
    }

    public ProviderServices Services(
        string? file = null,
        string? bucket = null,
        string? project = null,
        string? location = null,
        TimeProvider? time = null) => Services(
            new ProviderOptions
            {
                Name = "vertex",
                KeyVariable = "KEY",
                ApiKey = new Secret(file ?? Write(ServiceAccount().ToJsonString())),
                BaseUrl = Origin,
                OwnSettings = location is null
                    ? new VertexSettings { Bucket = bucket, Project = project }
                    : new VertexSettings { Bucket = bucket, Project = project, Location = location },
                PollEvery = TimeSpan.FromMilliseconds(10),
            },
            time);

    public static ProviderServices Services(ProviderOptions options, TimeProvider? time = null) =>
        VertexRegistration.Descriptor.Create(options, time ?? TimeProvider.System);

    /// <summary>A row of the program.</summary>
    public static ModelEntry Row(string id = "vertex:veo-3.1-generate-001") =>
        Services(new ProviderOptions { Name = "vertex" }).Models.Rows().Single(r => r.Id == id);

    /// <summary>Eight seconds from a still, upright, at 720p, silent.</summary>
    public GenerationOrder Order(OrderInput image, string id = "vertex:veo-3.1-generate-001") => TestOrder.Of(Row(id)) with
    {
        Image = image,
        Settings = new ModelSettings { DurationSeconds = 8, Resolution = "720p", AspectRatio = "9:16" },
        AnswerFile = Path.Combine(folder.Path, "attempt1.json"),
    };

    public async ValueTask DisposeAsync()
    {
        await server.DisposeAsync();
        folder.Dispose();
    }

    private async Task AnswerAsync(HttpContext context)
    {
        var (request, path) = (context.Request, context.Request.Path.Value!);
        var isToken = path is "/token" or "/v1/token" or "/workload" || path.EndsWith(":generateAccessToken", StringComparison.Ordinal);
        var (status, body) = isToken ? await TokenAsync(request, path) : await OfApiAsync(request, path);
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        await context.Response.WriteAsync(body);
    }

    private async Task<(int Status, string Body)> TokenAsync(HttpRequest request, string path)
    {
        using var reader = new StreamReader(request.Body);
        TokenRequests.Add((path, await reader.ReadToEndAsync()));
        return Refusal
            ?? (path switch
            {
                "/workload" => (200, """{"id":"a-token-of-the-workload"}"""),
                "/token" or "/v1/token" =>
                    (200, $$"""{"access_token":"token-number-{{TokenRequests.Count}}","token_type":"Bearer","expires_in":3600}"""),
                _ => (200, """{"accessToken":"token-of-the-account","expireTime":"2099-01-01T00:00:00Z"}"""),
            });
    }

    private async Task<(int Status, string Body)> OfApiAsync(HttpRequest request, string path)
    {
        Headers = request.Headers.ToDictionary(h => h.Key, h => h.Value.ToString(), StringComparer.OrdinalIgnoreCase);
        using var reader = new StreamReader(request.Body);
        var text = await reader.ReadToEndAsync();
        if (text.Contains("operations/00000000", StringComparison.Ordinal))
        {
            return OfKey;
        }
        Asked.Add($"{request.Method} {path}{request.QueryString}");
        if (path.StartsWith("/upload/", StringComparison.Ordinal))
        {
            return (200, $$"""{"name":"{{request.Query["name"]}}","bucket":"ads"}""");
        }
        if (path.StartsWith("/storage/", StringComparison.Ordinal))
        {
            return request.Query.ContainsKey("alt") ? (200, "a clip") : Listed;
        }
        if (path.EndsWith(":predictLongRunning", StringComparison.Ordinal))
        {
            Orders.Add(JsonNode.Parse(text)!.AsObject());
        }
        return Answer;
    }
}
