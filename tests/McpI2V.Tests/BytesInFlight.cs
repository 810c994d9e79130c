using McpI2V.Access;
using McpI2V.Http.Requests;
using McpI2V.Settings;
using Microsoft.AspNetCore.Http;

namespace McpI2V.Tests;

/// <summary>What callers have on its way, counted by caller and in all.</summary>
public sealed class BytesInFlight
{
    private static readonly HttpOptions Options = new()
    {
        MostBytesInFlight = 20_000_000,
        MostBytesInFlightPerCaller = 16_000_000,
        MaxConcurrent = 3,
    };
    private readonly RequestBodies bodies = new(Options);

    [Fact]
    public async Task A_message_counts_until_it_is_handled_though_its_client_has_gone()
    {
        var body = (await bodies.ReadAsync(Request("me", 8_000_000)))!;
        var handling = body.Keep();

        body.Dispose();
        Assert.Equal(BodyRefusal.OfCaller, bodies.Take("token me", 8_000_001, isNew: true));
        handling.Dispose();

        Assert.Null(bodies.Take("token me", 16_000_000, isNew: true));
    }

    [Fact]
    public async Task One_that_is_handled_late_counts_again()
    {
        var body = (await bodies.ReadAsync(Request("me", 8_000_000)))!;
        body.Dispose();

        using var handling = body.Keep();

        Assert.Equal(BodyRefusal.OfCaller, bodies.Take("token me", 8_000_001, isNew: true));
    }

    [Fact]
    public async Task Small_messages_are_counted_by_number_and_every_caller_has_a_share()
    {
        List<RequestBody> open = [];
        for (var i = 0; i < 3; i++)
        {
            open.Add((await bodies.ReadAsync(Request("many", 0)))!);
        }
        Assert.Null(await bodies.ReadAsync(Request("many", 0)));
        open[0].Dispose();
        Assert.NotNull(await bodies.ReadAsync(Request("many", 0)));

        Assert.Null(bodies.Take("a", 16_000_000, isNew: true));
        Assert.Null(bodies.Take("b", 4_000_000, isNew: true));
        Assert.Equal(BodyRefusal.OfAll, bodies.Take("c", 2_000_000, isNew: true));
        Assert.Null(bodies.Take("c", 900_000, isNew: true));
    }

    [Fact]
    public async Task A_body_of_no_said_length_is_counted_as_it_comes()
    {
        var request = Request("me", 5_000_000);
        request.Request.ContentLength = null;

        using var body = (await bodies.ReadAsync(request))!;

        Assert.Equal(5_000_000, body.Bytes.Length);
        Assert.Equal(BodyRefusal.OfCaller, bodies.Take("token me", 11_000_001, isNew: true));
        var large = Request("you", 17_000_000);
        large.Request.ContentLength = null;
        Assert.Null(await bodies.ReadAsync(large));
        Assert.Equal(429, large.Response.StatusCode);
        Assert.Null(bodies.Take("token you", 10_000_000, isNew: true));
    }

    private static DefaultHttpContext Request(string caller, int bytes)
    {
        var context = new DefaultHttpContext { User = CallerClaims.FromToken(caller, []) };
        context.Request.Body = new MemoryStream(new byte[bytes]);
        context.Request.ContentLength = bytes;
        context.Response.Body = new MemoryStream();
        return context;
    }
}
