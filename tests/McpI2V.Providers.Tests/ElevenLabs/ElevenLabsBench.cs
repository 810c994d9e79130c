using System.Text;
using System.Text.Json.Nodes;
using McpI2V.Engine.Catalogue;
using McpI2V.Engine.Providers;
using McpI2V.Media.Formats;
using McpI2V.Providers.Contract;
using McpI2V.Providers.ElevenLabs;
using Microsoft.AspNetCore.Http;

namespace McpI2V.Providers.Tests.ElevenLabs;

/// <summary>ElevenLabs as a test has it answer, and orders for it.</summary>
internal sealed class ElevenLabsBench : IDisposable
{
    /// <summary>A frame of an MP3, as far as it is looked at.</summary>
    public static readonly byte[] Mp3 = [0xFF, 0xFB, 0x90, 0x64, .. new byte[413]];

    private readonly TestFolder folder = new();

    /// <summary>What was asked: method, path with query, body.</summary>
    public List<(string Method, string Path, string Body)> Asked { get; } = [];

    /// <summary>What each path answers; the first whose beginning fits.</summary>
    public List<(string Path, int Status, byte[] Body)> Answers { get; } = [];

    /// <summary>The headers of answers.</summary>
    public Dictionary<string, string> Headers { get; } = [];

    public string AnswerFile => Path.Combine(folder.Path, "answer");

    public void Answer(string path, string body, int status = 200) => Answers.Add((path, status, Encoding.UTF8.GetBytes(body)));

    public static ModelEntry Row(string id) => Services(new Uri("http://127.0.0.1:1")).Models.Rows().Single(m => m.Id == id);

    public static ProviderServices Services(Uri origin) => ElevenLabsRegistration.Descriptor.Create(
        new ProviderOptions
        {
            Name = "elevenlabs",
            KeyVariable = "KEY",
            ApiKey = new Secret("a-key-of-tests"),
            BaseUrl = origin,
            WebhookUrl = new Uri("https://here.example/webhooks/elevenlabs"),
            OwnSettings = new ElevenLabsSettings { WebhookSecret = new Secret("a-secret") },
        },
        TimeProvider.System);

    public GenerationOrder Order(string model, Capability capability, string prompt = "Out on Friday.") => new()
    {
        Key = "attempt-1",
        Capability = capability,
        Model = Row("elevenlabs:" + model),
        Settings = new ModelSettings(),
        Prompt = prompt,
        AnswerFile = AnswerFile,
    };

    public OrderInput Input(string handle, MediaFormat? format = null) => folder.Input(handle, format);

    /// <summary>Does something with the provider while it answers so.</summary>
    public async Task<T> WithAsync<T>(Func<IProvider, Task<T>> work)
    {
        await using var server = await LocalServer.StartAsync(AnswerAsync);
        return await work(Services(server.Origin).Provider);
    }

    /// <summary>Prepares and sends an order.</summary>
    public Task<Submission> SendAsync(GenerationOrder order) => WithAsync(async provider =>
        await provider.SubmitAsync(await provider.PrepareAsync(order, CancellationToken.None), CancellationToken.None));

    /// <summary>The JSON body of the last request to a path.</summary>
    public JsonObject BodyTo(string path) =>
        JsonNode.Parse(Asked.Last(a => a.Path.StartsWith(path, StringComparison.Ordinal) && a.Method == "POST").Body)!.AsObject();

    public void Dispose() => folder.Dispose();

    private async Task AnswerAsync(HttpContext context)
    {
        var path = context.Request.Path.Value + context.Request.QueryString.Value;
        using var reader = new StreamReader(context.Request.Body, Encoding.Latin1);
        Asked.Add((context.Request.Method, path, await reader.ReadToEndAsync()));
        Assert.Equal("a-key-of-tests", context.Request.Headers["xi-api-key"]);
        var (_, status, body) = Answers.FirstOrDefault(a => path.StartsWith(a.Path, StringComparison.Ordinal));
        context.Response.StatusCode = body is null ? 200 : status;
        foreach (var (name, value) in Headers)
        {
            context.Response.Headers[name] = value;
        }
        await context.Response.Body.WriteAsync(body ?? "{}"u8.ToArray());
    }
}
