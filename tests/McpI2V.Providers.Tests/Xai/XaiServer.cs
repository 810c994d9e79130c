using System.Text;
using System.Text.Json.Nodes;
using McpI2V.Engine.Catalogue;
using McpI2V.Engine.Providers;
using McpI2V.Media.Formats;
using McpI2V.Providers.Contract;
using McpI2V.Providers.Xai;
using Microsoft.AspNetCore.Http;

namespace McpI2V.Providers.Tests.Xai;

/// <summary>xAI as one answer, and orders for it.</summary>
internal sealed class XaiServer : IDisposable
{
    private readonly TestFolder folder = new();

    /// <summary>What was asked: method, path with query, body as text.</summary>
    public List<(string Method, string Path, string Body)> Asked { get; } = [];

    /// <summary>What is answered to what; the key is always accepted.</summary>
    public Func<HttpRequest, (int Status, string Body)> Answers { get; set; } = _ => (200, """{"request_id":"r1"}""");

    /// <summary>How many hours a clip is kept.</summary>
    public int KeepHours { get; set; } = 24;

    /// <summary>What is answered to the question about the key.</summary>
    public string Key { get; set; } = """{"api_key_blocked":false,"api_key_disabled":false,"team_blocked":false}""";

    /// <summary>A file for an answer that is the result.</summary>
    public string AnswerFile => Path.Combine(folder.Path, "answer.json");

    /// <summary>An order for a row.</summary>
    public static GenerationOrder Order(string id, Capability capability = Capability.ImageToVideo) => TestOrder.Of(
        XaiRegistration.Descriptor
            .Create(new ProviderOptions { Name = "xai" }, TimeProvider.System)
            .Models.Rows().Single(m => m.Id == "xai:" + id),
        capability);

    /// <summary>What a file is in a body.</summary>
    public static string Data(string handle, string type = "image/png") =>
        $"data:{type};base64,{Convert.ToBase64String(Encoding.UTF8.GetBytes(handle))}";

    public OrderInput Input(string handle, MediaFormat? format = null) => folder.Input(handle, format ?? MediaFormat.Png);

    public string PathOf(string name) => Path.Combine(folder.Path, name);

    /// <summary>Does something with the provider while the server is there.</summary>
    public async Task<T> WithAsync<T>(Func<IProvider, Task<T>> work)
    {
        await using var server = await LocalServer.StartAsync(AnswerAsync);
        return await work(XaiRegistration.Descriptor.Create(
            new ProviderOptions
            {
                Name = "xai",
                KeyVariable = "XAI_API_KEY",
                ApiKey = new Secret("a-key-of-tests"),
                BaseUrl = server.Origin,
                OwnSettings = new XaiSettings { KeepHours = KeepHours },
            },
            TimeProvider.System).Provider);
    }

    /// <summary>Where a request goes, and its body as it arrives.</summary>
    public Task<(string Path, JsonObject Body)> SentAsync(GenerationOrder order) => WithAsync(async provider =>
    {
        await provider.SubmitAsync(await provider.PrepareAsync(order, CancellationToken.None), CancellationToken.None);
        var (_, path, body) = Asked.Last(a => a.Method == "POST");
        return (path, JsonNode.Parse(body)!.AsObject());
    });

    public void Dispose() => folder.Dispose();

    private async Task AnswerAsync(HttpContext context)
    {
        var request = context.Request;
        using var reader = new StreamReader(request.Body);
        Asked.Add((request.Method, $"{request.Path}{request.QueryString}", await reader.ReadToEndAsync()));
        var (status, text) = request.Path == "/v1/api-key" ? (200, Key) : Answers(request);
        context.Response.StatusCode = status;
        await context.Response.WriteAsync(text);
    }
}
