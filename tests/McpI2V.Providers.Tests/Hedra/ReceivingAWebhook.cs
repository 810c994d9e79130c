using System.Text;
using McpI2V.Engine;
using McpI2V.Providers.Contract;
using McpI2V.Providers.Hedra;
using Microsoft.AspNetCore.Http;

namespace McpI2V.Providers.Tests.Hedra;

/// <summary>Messages of Hedra, signed by Node's Ed25519 with a key of thirty-two sevens.</summary>
public sealed class ReceivingAWebhook
{
    private const string Key = """{"algorithm":"ed25519","public_key":"6kpsY+KcUgq+9VB7Ey7F+ZVHdq6+vnuSQh7qaRRG0iw="}""";
    private const string Signature =
        "fecb11ba87d00562d687434fedc2263b347ed9518fcbb1a6eee92ddfee13ecd59c2f5bb35dcc6bea88c09144e3d07d1d68ee747f4d295df02f1faf3ea47cc00f";
    private static readonly DateTimeOffset SentAt = DateTimeOffset.FromUnixTimeSeconds(1_795_251_600);
    private static readonly byte[] Body = Encoding.UTF8.GetBytes("""{"job_id":"job_made-1","model":"hedra-avatar","status":"COMPLETED"}""");

    [Fact]
    public async Task One_that_hedra_signed_names_its_job_and_the_key_is_asked_for_once()
    {
        await using var hedra = await LocalServer.StartAsync(c => c.Response.WriteAsync(Key));

        Assert.Equal("job_made-1", await Read(hedra, Headers(), Body, SentAt.AddMinutes(4)));
    }

    [Theory]
    [InlineData("id", "job_made-2")]
    [InlineData("event", "job.failed")]
    [InlineData("redelivery", "true")]
    [InlineData("timestamp", "1795251601")]
    [InlineData("signature", "not hex")]
    [InlineData("signature", "")]
    public async Task One_with_any_other_header_is_refused(string name, string value)
    {
        await using var hedra = await LocalServer.StartAsync(c => c.Response.WriteAsync(Key));
        var headers = Headers();
        headers["x-hedra-webhook-" + name] = value;

        var e = await Assert.ThrowsAsync<I2VException>(() => Read(hedra, headers, Body, SentAt));

        Assert.Equal(ErrorCode.InputForbidden, e.Code);
    }

    [Theory]
    [InlineData("""{"job_id":"job_made-2","status":"COMPLETED"}""", 0, Key, "did not sign")]
    [InlineData("""{"request_id":"of another vendor"}""", 0, Key, "did not sign")]
    [InlineData(null, 6, Key, "clock")]
    [InlineData(null, -6, Key, "clock")]
    [InlineData(null, 0, """{"public_key":"c2hvcnQ="}""", "no key")]
    [InlineData(null, 0, """{"public_key":"%%%"}""", "no key")]
    [InlineData(null, 0, "<html>busy</html>", "can't be had")]
    public async Task Another_body_another_hour_and_another_key_are_refused(string? body, int minutes, string key, string words)
    {
        await using var hedra = await LocalServer.StartAsync(c => c.Response.WriteAsync(key));

        var e = await Assert.ThrowsAsync<I2VException>(() => Read(
            hedra,
            Headers(),
            body is null ? Body : Encoding.UTF8.GetBytes(body),
            SentAt.AddMinutes(minutes)));

        Assert.Contains(words, e.Message, StringComparison.Ordinal);
    }

    private static async Task<string> Read(LocalServer hedra, Dictionary<string, string> headers, byte[] body, DateTimeOffset now)
    {
        var options = new ProviderOptions
        {
            Name = "hedra",
            BaseUrl = hedra.Origin,
            PollEvery = TimeSpan.FromMilliseconds(10),
        };
        return await HedraRegistration.Descriptor.Create(options, new FixedTime(now)).Webhooks!.TaskOfAsync(
            headers,
            body,
            CancellationToken.None);
    }

    private static Dictionary<string, string> Headers() => new()
    {
        ["x-hedra-webhook-id"] = "job_made-1",
        ["x-hedra-webhook-timestamp"] = "1795251600",
        ["x-hedra-webhook-event"] = "job.completed",
        ["x-hedra-webhook-redelivery"] = "false",
        ["x-hedra-webhook-attempt"] = "1",
        ["x-hedra-webhook-signature"] = Signature,
    };
}
