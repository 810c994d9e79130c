using System.Text;
using McpI2V.Engine;
using McpI2V.Engine.Providers;
using McpI2V.Providers.Contract;
using McpI2V.Providers.Http;
using McpI2V.Providers.Replicate;
using Microsoft.AspNetCore.Http;

namespace McpI2V.Providers.Tests.Replicate;

/// <summary>Messages of Replicate; the signature was made by Node and accepted by `replicate` 1.4.0's own validateWebhook.</summary>
public sealed class ReceivingAWebhook
{
    private const string Secret = """{"key":"whsec_dGhpcnR5LXR3byBieXRlcyBvZiBhIHRlc3Qgc2VjcmV0"}""";
    private const string Signature = "v1,25IMGuVLk95MJjS9W9aDZlF0kEjignXR5Sk1XXHMT1E=";
    private static readonly DateTimeOffset SentAt = DateTimeOffset.FromUnixTimeSeconds(1_795_251_600);
    private static readonly byte[] Body = """{"id":"made1","status":"succeeded"}"""u8.ToArray();

    [Theory]
    [InlineData(Signature)]
    [InlineData("v1,AAAA " + Signature)]
    public async Task One_that_Replicate_signed_names_its_prediction_however_often_it_comes(string signature)
    {
        await using var server = await LocalServer.StartAsync(c => c.Response.WriteAsync(Secret));
        using var webhooks = Webhooks(server, SentAt.AddMinutes(4));

        Assert.Equal("made1", await webhooks.TaskOfAsync(Headers(("webhook-signature", signature)), Body, CancellationToken.None));
        Assert.Equal("made1", await webhooks.TaskOfAsync(Headers(("webhook-signature", signature)), Body, CancellationToken.None));
        Assert.Equal(1, server.Requests);
    }

    [Fact]
    public async Task Forged_ones_and_those_of_another_vendors_shape_are_refused()
    {
        await using var server = await LocalServer.StartAsync(c => c.Response.WriteAsync(Secret));
        using var webhooks = Webhooks(server, SentAt);

        await RefusedAsync(webhooks, Headers(), Encoding.UTF8.GetBytes("""{"id":"made2","status":"succeeded"}"""));
        await RefusedAsync(webhooks, Headers(("webhook-id", "msg_2")), Body);
        await RefusedAsync(webhooks, Headers(("webhook-signature", Signature.Replace("v1,", "v2,", StringComparison.Ordinal))), Body);
        await RefusedAsync(webhooks, Headers(("webhook-signature", "v1,not base64")), Body);
        await RefusedAsync(
            webhooks,
            new Dictionary<string, string>
            {
                ["x-fal-webhook-request-id"] = "delivery-1",
                ["x-fal-webhook-timestamp"] = "1795251600",
                ["x-fal-webhook-signature"] = new string('a', 128),
            },
            Body);
        Assert.True(server.Requests <= 2, "forged messages do not make us ask for the secret each time");
    }

    [Theory]
    [InlineData(-6)]
    [InlineData(6)]
    [InlineData(60)]
    public async Task One_by_another_clock_is_refused_although_it_is_signed(int minutes)
    {
        await using var server = await LocalServer.StartAsync(c => c.Response.WriteAsync(Secret));
        using var webhooks = Webhooks(server, SentAt.AddMinutes(minutes));

        var e = await Assert.ThrowsAsync<I2VException>(() => webhooks.TaskOfAsync(Headers(), Body, CancellationToken.None));

        Assert.Contains("clock", e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("<html>busy</html>")]
    [InlineData("{}")]
    [InlineData("""{"key":"whsec_"}""")]
    public async Task Without_the_secret_nothing_is_believed(string answer)
    {
        await using var server = await LocalServer.StartAsync(c => c.Response.WriteAsync(answer));
        using var webhooks = Webhooks(server, SentAt);

        await RefusedAsync(webhooks, Headers(), Body);
    }

    private static async Task RefusedAsync(ReplicateWebhooks webhooks, Dictionary<string, string> headers, byte[] body)
    {
        var e = await Assert.ThrowsAsync<I2VException>(() => webhooks.TaskOfAsync(headers, body, CancellationToken.None));
        Assert.Equal(ErrorCode.InputForbidden, e.Code);
    }

    private static ReplicateWebhooks Webhooks(LocalServer server, DateTimeOffset now)
    {
        var options = new ProviderOptions { Name = "replicate", BaseUrl = server.Origin, PollEvery = TimeSpan.FromMilliseconds(10) };
        var http = new ProviderHttp(
            options,
            ReplicateProvider.Api,
            new ProviderLimits { PollEvery = TimeSpan.FromMilliseconds(10) },
            (_, _) => { },
            TimeProvider.System);
        return new ReplicateWebhooks(http, new ReplicateErrors(http, "KEY", TimeProvider.System), new FixedTime(now));
    }

    private static Dictionary<string, string> Headers(params (string Name, string Value)[] other)
    {
        Dictionary<string, string> headers = new()
        {
            ["webhook-id"] = "msg_1",
            ["webhook-timestamp"] = "1795251600",
            ["webhook-signature"] = Signature,
        };
        foreach (var (name, value) in other)
        {
            headers[name] = value;
        }
        return headers;
    }
}
