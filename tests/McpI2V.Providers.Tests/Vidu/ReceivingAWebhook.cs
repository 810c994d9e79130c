using System.Text;
using McpI2V.Engine;
using McpI2V.Providers.Contract;
using McpI2V.Providers.Vidu;

namespace McpI2V.Providers.Tests.Vidu;

/// <summary>Callbacks of Vidu; the signature was made by Node by the words of the page on callbacks (tests/node/sdk/vidu.mjs).</summary>
public sealed class ReceivingAWebhook
{
    private const string Signature = "nP8GI3Gzet5xlFS8aTPeBuXk8Ee6hb5wlQGOkX81Bo0=";
    private static readonly DateTimeOffset SentAt = new(2026, 11, 18, 9, 0, 0, TimeSpan.Zero);
    private static readonly byte[] Body = """{"id":"t1","state":"success"}"""u8.ToArray();

    [Theory]
    [InlineData("""{"id":"t1","state":"success"}""")]
    [InlineData("""{"task_id":"t1","state":"processing"}""")]
    public async Task One_that_Vidu_signed_names_its_task(string body)
    {
        var webhooks = Webhooks(SentAt.AddMinutes(4));

        Assert.Equal("t1", await webhooks.TaskOfAsync(Headers(), Encoding.UTF8.GetBytes(body), CancellationToken.None));
    }

    [Theory]
    [InlineData("x-hmac-signature", "AAAA")]
    [InlineData("x-hmac-signature", "not base64")]
    [InlineData("x-hmac-signature", "")]
    [InlineData("x-hmac-algorithm", "none")]
    [InlineData("x-hmac-access-key", "somebody")]
    [InlineData("x-hmac-signed-headers", "")]
    [InlineData("x-request-nonce", "n-2")]
    [InlineData("date", "Wed, 18 Nov 2026 09:01:00 GMT")]
    [InlineData("date", "yesterday")]
    public async Task What_anybody_changed_is_refused(string header, string value)
    {
        var headers = Headers();
        headers[header] = value;

        await RefusedAsync(Webhooks(SentAt), headers, Body);
    }

    [Fact]
    public async Task Those_of_another_key_another_address_or_another_vendors_shape_are_refused()
    {
        await RefusedAsync(Webhooks(SentAt, "another-key"), Headers(), Body);
        await RefusedAsync(Webhooks(SentAt, path: "webhooks/other"), Headers(), Body);
        await RefusedAsync(
            Webhooks(SentAt),
            new Dictionary<string, string>
            {
                ["webhook-id"] = "msg_1",
                ["webhook-timestamp"] = "1794992400",
                ["webhook-signature"] = "v1,AAAA",
            },
            Body);
        await RefusedAsync(Webhooks(SentAt), Headers(), "<html>"u8.ToArray());
        await RefusedAsync(Webhooks(SentAt), Headers(), """{"state":"success"}"""u8.ToArray());
    }

    [Theory]
    [InlineData(-6)]
    [InlineData(6)]
    [InlineData(60)]
    public async Task One_by_another_clock_is_refused_although_it_is_signed(int minutes)
    {
        var e = await RefusedAsync(Webhooks(SentAt.AddMinutes(minutes)), Headers(), Body);

        Assert.Contains("clock", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_a_key_or_an_address_nobody_reads_any()
    {
        ProviderServices Of(Secret? key, Uri? address) => ViduRegistration.Descriptor.Create(
            new ProviderOptions { Name = "vidu", ApiKey = key, WebhookUrl = address },
            TimeProvider.System);

        Assert.Null(Of(null, new Uri("https://ads.example/webhooks/vidu")).Webhooks);
        Assert.Null(Of(new Secret(ViduServer.Key), null).Webhooks);
        Assert.Equal("vidu", Of(new Secret(ViduServer.Key), new Uri("https://ads.example/webhooks/vidu")).Webhooks!.Provider);
    }

    private static async Task<I2VException> RefusedAsync(ViduWebhooks webhooks, Dictionary<string, string> headers, byte[] body)
    {
        var e = await Assert.ThrowsAsync<I2VException>(() => webhooks.TaskOfAsync(headers, body, CancellationToken.None));
        Assert.Equal(ErrorCode.InputForbidden, e.Code);
        return e;
    }

    private static ViduWebhooks Webhooks(DateTimeOffset now, string key = ViduServer.Key, string path = "webhooks/vidu") =>
        new(new Secret(key), new Uri("https://ads.example/" + path), new FixedTime(now));

    private static Dictionary<string, string> Headers() => new()
    {
        ["date"] = "Wed, 18 Nov 2026 09:00:00 GMT",
        ["x-hmac-algorithm"] = "hmac-sha256",
        ["x-hmac-access-key"] = "vidu",
        ["x-hmac-signed-headers"] = "x-request-nonce",
        ["x-request-nonce"] = "n-1",
        ["x-hmac-signature"] = Signature,
    };
}
