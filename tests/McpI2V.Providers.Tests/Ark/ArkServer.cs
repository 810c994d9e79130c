using System.Text;
using System.Text.Json.Nodes;
using McpI2V.Engine.Catalogue;
using McpI2V.Engine.Providers;
using McpI2V.Media.Formats;
using McpI2V.Providers.Ark;
using McpI2V.Providers.Contract;
using Microsoft.AspNetCore.Http;

namespace McpI2V.Providers.Tests.Ark;

/// <summary>Ark as one answer, and orders for it.</summary>
internal sealed class ArkServer : IDisposable
{
    private readonly TestFolder folder = new();

    /// <summary>What was asked: method, path with query, body.</summary>
    public List<(string Method, string Path, JsonObject? Body)> Asked { get; } = [];

    /// <summary>What is answered to what; the key is always accepted.</summary>
    public Func<HttpRequest, (int Status, string Body)> Answers { get; set; } = _ => (200, """{"id":"cgt-1"}""");

    public static ModelEntry Row(string id, string? region = null) =>
        Services(new Uri("http://127.0.0.1:1"), region).Models.Rows().Single(m => m.Id == id);

    public static IReadOnlyList<ModelEntry> Rows(string? region) => [.. Services(new Uri("http://127.0.0.1:1"), region).Models.Rows()];

    public static GenerationOrder Order(string model, Capability capability) => new()
    {
        Key = "attempt1",
        Capability = capability,
        Model = Row(model),
        Settings = new ModelSettings { DurationSeconds = 5, Resolution = "720p" },
        Prompt = "push in",
    };

    public OrderInput Input(string handle, MediaFormat? format = null) => folder.Input(handle, format ?? MediaFormat.Png);

    /// <summary>A file for an answer that is the result.</summary>
    public string AnswerFile => Path.Combine(folder.Path, "answer.json");

    /// <summary>What a file is in a body.</summary>
    public static string Data(string handle, string type = "image/png") =>
        $"data:{type};base64,{Convert.ToBase64String(Encoding.UTF8.GetBytes(handle))}";

    /// <summary>Does something with the provider while the server is there.</summary>
    public async Task<T> WithAsync<T>(Func<IProvider, Task<T>> work, string? region = null)
    {
        await using var server = await LocalServer.StartAsync(AnswerAsync);
        return await work(Services(server.Origin, region).Provider);
    }

    /// <summary>The body of a request as it arrives.</summary>
    public Task<JsonObject> SentAsync(GenerationOrder order, string? region = null) => WithAsync(
        async provider =>
        {
            await provider.SubmitAsync(await provider.PrepareAsync(order, CancellationToken.None), CancellationToken.None);
            return Asked.Last(a => a.Method == "POST").Body!;
        },
        region);

    public void Dispose() => folder.Dispose();

    private static ProviderServices Services(Uri origin, string? region) => ArkRegistration.Descriptor.Create(
        new ProviderOptions
        {
            Name = "ark",
            KeyVariable = "ARK_API_KEY",
            ApiKey = new Secret("a-key-of-tests"),
            BaseUrl = origin,
            OwnSettings = region is null ? null : new ArkSettings { Region = region },
        },
        TimeProvider.System);

    private async Task AnswerAsync(HttpContext context)
    {
        var request = context.Request;
        Assert.Equal("Bearer a-key-of-tests", request.Headers.Authorization);
        var body = request.Method == "POST" ? (await JsonNode.ParseAsync(request.Body))!.AsObject() : null;
        Asked.Add((request.Method, $"{request.Path}{request.QueryString}", body));
        var (status, text) = request.QueryString.Value!.EndsWith("page_size=1", StringComparison.Ordinal)
            ? (200, """{"items":[],"total":0}""")
            : Answers(request);
        context.Response.StatusCode = status;
        await context.Response.WriteAsync(text);
    }
}
