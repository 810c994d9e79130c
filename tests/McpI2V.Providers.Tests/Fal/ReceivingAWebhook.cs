using System.Text;
using McpI2V.Engine;
using McpI2V.Engine.Providers;
using McpI2V.Providers.Contract;
using McpI2V.Providers.Fal;
using McpI2V.Providers.Http;
using Microsoft.AspNetCore.Http;

namespace McpI2V.Providers.Tests.Fal;

/// <summary>Messages of fal, signed by Node's Ed25519 with a key of thirty-two sevens.</summary>
public sealed class ReceivingAWebhook
{
    private const string Keys = """{"keys":[{"kty":"OKP","crv":"Ed25519","x":"AAAA"},{"kty":"OKP","crv":"Ed25519","x":"6kpsY-KcUgq-9VB7Ey7F-ZVHdq6-vnuSQh7qaRRG0iw"}]}""";
    private const string Signature =
        "c7d963d81e606a390f078841f3e47b6190c7deaea5430953b7c0031eeb79e84ee10984164afa9a9701bf672b6ec80295a5c09362b2b0d6e00c20d9a448366c03";
    private static readonly DateTimeOffset SentAt = DateTimeOffset.FromUnixTimeSeconds(1_795_251_600);
    private static readonly byte[] Body = Encoding.UTF8.GetBytes("""{"request_id":"made-1","status":"OK"}""");

    [Fact]
    public async Task One_that_fal_signed_names_its_task_however_often_it_comes()
    {
        await using var fal = await LocalServer.StartAsync(c => c.Response.WriteAsync(Keys));
        using var webhooks = Webhooks(fal, SentAt.AddMinutes(4));

        Assert.Equal("made-1", await webhooks.TaskOfAsync(Headers(), Body, CancellationToken.None));
        Assert.Equal("made-1", await webhooks.TaskOfAsync(Headers(), Body, CancellationToken.None));
        Assert.Equal(1, fal.Requests);
    }

    [Fact]
    public async Task Forged_ones_are_refused()
    {
        await using var fal = await LocalServer.StartAsync(c => c.Response.WriteAsync(Keys));
        using var webhooks = Webhooks(fal, SentAt);
        var other = Encoding.UTF8.GetBytes("""{"request_id":"made-2","status":"OK"}""");

        await RefusedAsync(webhooks, Headers(), other);
        await RefusedAsync(webhooks, Headers(("x-fal-webhook-user-id", "user-2")), Body);
        await RefusedAsync(webhooks, Headers(("x-fal-webhook-signature", Signature.Replace('c', 'd'))), Body);
        await RefusedAsync(webhooks, Headers(("x-fal-webhook-signature", "not hex")), Body);
        await RefusedAsync(webhooks, new Dictionary<string, string>(), Body);
        Assert.True(fal.Requests <= 2, "forged messages do not make us ask for keys each time");
    }

    [Theory]
    [InlineData(-61)]
    [InlineData(61)]
    public async Task One_sent_at_another_hour_is_refused(int minutes)
    {
        await using var fal = await LocalServer.StartAsync(c => c.Response.WriteAsync(Keys));
        using var webhooks = Webhooks(fal, SentAt.AddMinutes(minutes));

        var e = await Assert.ThrowsAsync<I2VException>(() => webhooks.TaskOfAsync(Headers(), Body, CancellationToken.None));

        Assert.Contains("clock", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_fals_keys_nothing_is_believed()
    {
        await using var fal = await LocalServer.StartAsync(c => c.Response.WriteAsync("<html>busy</html>"));
        using var webhooks = Webhooks(fal, SentAt);

        await RefusedAsync(webhooks, Headers(), Body);
    }

    private static async Task RefusedAsync(FalWebhooks webhooks, Dictionary<string, string> headers, byte[] body)
    {
        var e = await Assert.ThrowsAsync<I2VException>(() => webhooks.TaskOfAsync(headers, body, CancellationToken.None));
        Assert.Equal(ErrorCode.InputForbidden, e.Code);
    }

    private static FalWebhooks Webhooks(LocalServer fal, DateTimeOffset now)
    {
        var time = new FixedTime(now);
        var options = new ProviderOptions { Name = "fal", BaseUrl = fal.Origin, PollEvery = TimeSpan.FromMilliseconds(10) };
        return new FalWebhooks(
            new ProviderHttp(
                options,
                FalProvider.Queue,
                new ProviderLimits { PollEvery = TimeSpan.FromMilliseconds(10) },
                (_, _) => { },
                TimeProvider.System),
            time);
    }

    private static Dictionary<string, string> Headers(params (string Name, string Value)[] other)
    {
        Dictionary<string, string> headers = new()
        {
            ["x-fal-webhook-request-id"] = "delivery-1",
            ["x-fal-webhook-user-id"] = "user-1",
            ["x-fal-webhook-timestamp"] = "1795251600",
            ["x-fal-webhook-signature"] = Signature,
        };
        foreach (var (name, value) in other)
        {
            headers[name] = value;
        }
        return headers;
    }
}
