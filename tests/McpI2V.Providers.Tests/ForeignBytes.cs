using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using McpI2V.Engine;
using McpI2V.Fuzzing;
using McpI2V.Providers.Contract;
using McpI2V.Providers.Fal;
using McpI2V.Providers.Http;
using McpI2V.Providers.OpenAI;
using Microsoft.AspNetCore.Http;

namespace McpI2V.Providers.Tests;

/// <summary>What vendors send, in any form.</summary>
public sealed class ForeignBytes
{
    private static readonly DateTimeOffset Now = new(2026, 11, 21, 9, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Answers() => Fuzz.Run(
        "vendors' JSON",
        Texts(
            """{"request_id":"a","status":"COMPLETED","n":1.5e3,"x":[null,true,{"y":"\u00e9"}]}""",
            """{"video":{"url":"https://x/y.mp4"},"seed":42}"""),
        ["\"id\":", "{", "}", "[", "]", ",", "\\ud800", "\\udc00", "\\\\", "\\", "\"", "NaN", "1e999", "null", "\uFEFF"],
        bytes =>
    {
        var json = new ProviderAnswer(HttpStatusCode.OK, new Dictionary<string, string>(), bytes).Json;
        // Whatever was read can be looked at.
        var texts = json is null ? 0 : Walk(json);
        return $"{texts} {(json is null ? 0 : FalResults.Outputs(json, null).Count)}";
    }, _ => false);

    [Fact]
    public void Waits() => Fuzz.Run(
        "Retry-After",
        Texts("7", "Sat, 21 Nov 2026 09:00:30 GMT", "1e3"),
        ["NaN", "-", "1e999", "Infinity", "GMT", "9999-12-31T23:59:59Z", "0001-01-01", "+14:00"],
        bytes =>
    {
        var text = Encoding.UTF8.GetString(bytes);
        var wait = HttpFaults.RetryAfter(
            new ProviderAnswer(
                HttpStatusCode.TooManyRequests,
                new Dictionary<string, string> { ["retry-after"] = text, ["date"] = text, ["retry-after-ms"] = text },
                []),
            Now);
        Assert.True(wait is null || (wait > TimeSpan.Zero && wait <= TimeSpan.FromMinutes(10)));
        return (wait is null).ToString();
    }, _ => false);

    [Fact]
    public void Words() => Fuzz.Run(
        "vendors' words",
        Texts("Your request was refused: see https://x.example/?key=abc", "![x](http://y) <b>z</b>"),
        ["![", "](", "http://", "<", ">", "&lt;", "`", "\u202e", "sk-aaaaaaaaaaaa", "\ud83d"],
        bytes =>
    {
        var words = ForeignTextCleaner.Clean(Encoding.UTF8.GetString(bytes), [OpenAIRegistration.Descriptor.KeyShape!]);
        Assert.DoesNotContain("](", words, StringComparison.Ordinal);
        Assert.DoesNotContain(words, c => char.IsControl(c));
        return words.Length.ToString();
    }, _ => false);

    [Fact]
    public async Task Webhooks()
    {
        await using var fal = await LocalServer.StartAsync(
            c => c.Response.WriteAsync("""{"keys":[{"kty":"OKP","crv":"Ed25519","x":"6kpsY-KcUgq-9VB7Ey7F-ZVHdq6-vnuSQh7qaRRG0iw"}]}"""));
        using var http = new ProviderHttp(
            new ProviderOptions { Name = "fal", ApiKey = new Secret("key"), BaseUrl = fal.Origin },
            FalProvider.Queue,
            FalProvider.Usual,
            (_, _) => { },
            TimeProvider.System);
        var webhooks = new FalWebhooks(http, new FixedTime(DateTimeOffset.FromUnixTimeSeconds(1_795_251_600)));
        Fuzz.Run(
            "fal's webhooks",
            Texts("req-1 1795251600 aabbcc {\"request_id\":\"a\"}"),
            [" ", "{", "}", "0", "1e9", "-1", "99999999999999999999", "zz"],
            bytes =>
        {
            var parts = Encoding.UTF8.GetString(bytes).Split(' ', 4);
            var headers = new Dictionary<string, string>
            {
                ["x-fal-webhook-request-id"] = parts[0],
                ["x-fal-webhook-user-id"] = "user",
                ["x-fal-webhook-timestamp"] = parts.ElementAtOrDefault(1) ?? "",
                ["x-fal-webhook-signature"] = parts.ElementAtOrDefault(2) ?? "",
            };
            return webhooks
                .TaskOfAsync(headers, Encoding.UTF8.GetBytes(parts.ElementAtOrDefault(3) ?? ""), CancellationToken.None)
                .GetAwaiter()
                .GetResult();
        }, e => e is I2VException);
    }

    private static int Walk(JsonNode node) => node switch
    {
        JsonObject members => members.Sum(m => m.Key.Length + (m.Value is null ? 0 : Walk(m.Value))),
        JsonArray items => items.Sum(i => i is null ? 0 : Walk(i)),
        _ => node.ToString().Length,
    };

    private static IReadOnlyList<byte[]> Texts(params string[] texts) => [.. texts.Select(Encoding.UTF8.GetBytes)];
}
