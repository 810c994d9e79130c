using System.Text;
using System.Text.Json.Nodes;
using McpI2V.Engine.Catalogue;
using McpI2V.Engine.Providers;
using McpI2V.Providers.Contract;
using McpI2V.Providers.Vidu;
using Microsoft.AspNetCore.Http;

namespace McpI2V.Providers.Tests.Vidu;

/// <summary>Vidu as one answer, and orders for it.</summary>
internal sealed class ViduServer : IDisposable
{
    public const string Key = "a-key-of-tests";
    private readonly TestFolder folder = new();

    /// <summary>What was asked: method, path with query, body as text.</summary>
    public List<(string Method, string Path, string Body)> Asked { get; } = [];

    /// <summary>What is answered to what, but for the key.</summary>
    public Func<HttpRequest, (int Status, string Body)> Answers { get; set; } = _ => (200, """{"task_id":"t1","state":"created"}""");

    /// <summary>What is answered to the question about the key.</summary>
    public (int Status, string Body) Account { get; set; } = (200, """{"remains":[{"credit_remain":4000},{"credit_remain":"200"}]}""");

    /// <summary>Where callbacks go; null: nowhere.</summary>
    public Uri? Webhooks { get; set; }

    /// <summary>An order for a row.</summary>
    public static GenerationOrder Order(string id) => TestOrder.Of(Row(id));

    /// <summary>A row.</summary>
    public static ModelEntry Row(string id) => ViduRegistration.Descriptor
        .Create(new ProviderOptions { Name = "vidu" }, TimeProvider.System)
        .Models.Rows().Single(m => m.Id == "vidu:" + id);

    /// <summary>A picture of a size.</summary>
    public OrderInput Input(string handle, int width = 720, int height = 1280) => folder.Input(handle) with { Size = new(width, height) };

    /// <summary>Does something with the provider while the server is there.</summary>
    public async Task<T> WithAsync<T>(Func<IProvider, Task<T>> work)
    {
        await using var server = await LocalServer.StartAsync(AnswerAsync);
        return await work(ViduRegistration.Descriptor.Create(
            new ProviderOptions
            {
                Name = "vidu",
                KeyVariable = "VIDU_API_KEY",
                ApiKey = new Secret(Key),
                BaseUrl = server.Origin,
                WebhookUrl = Webhooks,
            },
            TimeProvider.System).Provider);
    }

    /// <summary>Sends an order; where it went, and its body.</summary>
    public async Task<(string Path, JsonObject Body)> SentAsync(GenerationOrder order)
    {
        await WithAsync(async p => await p.SubmitAsync(await p.PrepareAsync(order, default), default));
        return (Asked[^1].Path, JsonNode.Parse(Asked[^1].Body)!.AsObject());
    }

    /// <summary>Looks at a task that an answer tells of.</summary>
    public Task<RemoteStatus> LookAsync(string body)
    {
        Answers = _ => (200, body);
        return WithAsync(p => p.GetStatusAsync(new RemoteTask("t1"), Order("viduq3-turbo"), default));
    }

    public void Dispose() => folder.Dispose();

    private async Task AnswerAsync(HttpContext context)
    {
        var request = context.Request;
        using var reader = new StreamReader(request.Body, Encoding.UTF8);
        var body = await reader.ReadToEndAsync();
        Asked.Add((request.Method, $"{request.Path}{request.QueryString}", body));
        var (status, text) = request.Headers.Authorization != $"Token {Key}" ? (401, """{"reason":"Unauthorized"}""")
            : request.Path == "/ent/v2/credits" ? Account
            : Answers(request);
        context.Response.StatusCode = status;
        await context.Response.WriteAsync(text);
    }
}
