using System.Security.Cryptography;
using System.Text;
using McpI2V.Engine;
using McpI2V.Providers.Contract;
using McpI2V.Providers.ElevenLabs;

namespace McpI2V.Providers.Tests.ElevenLabs;

/// <summary>Messages of ElevenLabs, signed as its SDK reads them (tests/node/sdk/elevenlabs.mjs signs the same way).</summary>
public sealed class ReceivingAWebhook
{
    private static readonly DateTimeOffset SentAt = DateTimeOffset.FromUnixTimeSeconds(1_795_251_600);
    private const string Body = """{"id":"made-1","status":"completed"}""";

    [Theory]
    [InlineData(Body)]
    [InlineData("""{"type":"flows","data":{"id":"made-1"}}""")]
    [InlineData("""{"type":"dubbing","data":{"dubbing_id":"made-1"}}""")]
    public async Task One_that_is_signed_names_its_task_however_often_it_comes(string body)
    {
        var reader = At(SentAt.AddMinutes(20));

        Assert.Equal("made-1", await reader.TaskOfAsync(Signed(body), Encoding.UTF8.GetBytes(body), CancellationToken.None));
        Assert.Equal("made-1", await reader.TaskOfAsync(Signed(body), Encoding.UTF8.GetBytes(body), CancellationToken.None));
    }

    [Theory]
    [InlineData("a-secret", """{"id":"made-2","status":"completed"}""", 0, "did not sign")]
    [InlineData("another", Body, 0, "did not sign")]
    [InlineData("a-secret", Body, 31, "clock")]
    [InlineData("a-secret", Body, -31, "clock")]
    public async Task Forged_and_stale_ones_are_refused(string secret, string arrived, int minutes, string why)
    {
        var e = await Assert.ThrowsAsync<I2VException>(() => At(SentAt.AddMinutes(minutes)).TaskOfAsync(
            Signed(Body, secret),
            Encoding.UTF8.GetBytes(arrived),
            CancellationToken.None));

        Assert.Equal(ErrorCode.InputForbidden, e.Code);
        Assert.Contains(why, e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("t=,v0=")]
    [InlineData("t=1795251600")]
    [InlineData("t=1795251600,v0=zz")]
    [InlineData("t=99999999999999999999,v0=00")]
    [InlineData("t=-1,v0=00")]
    public async Task Another_vendors_shape_is_refused(string header)
    {
        var e = await Assert.ThrowsAsync<I2VException>(() => At(SentAt).TaskOfAsync(
            new Dictionary<string, string> { ["elevenlabs-signature"] = header },
            Encoding.UTF8.GetBytes(Body),
            CancellationToken.None));

        Assert.Equal(ErrorCode.InputForbidden, e.Code);
    }

    [Fact]
    public async Task One_that_names_no_task_is_refused()
    {
        var e = await Assert.ThrowsAsync<I2VException>(
            () => At(SentAt).TaskOfAsync(Signed("[]"), "[]"u8.ToArray(), CancellationToken.None));

        Assert.Contains("no task", e.Message, StringComparison.Ordinal);
    }

    private static ElevenLabsWebhooks At(DateTimeOffset now) => new(new Secret("a-secret"), new FixedTime(now));

    private static Dictionary<string, string> Signed(string body, string secret = "a-secret")
    {
        var time = SentAt.ToUnixTimeSeconds();
        var signature = HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes($"{time}.{body}"));
        return new() { ["elevenlabs-signature"] = $"t={time},v0={Convert.ToHexStringLower(signature)}" };
    }
}
