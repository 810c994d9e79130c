using System.Net;
using McpI2V.Engine;
using McpI2V.Engine.Providers;
using McpI2V.Providers.Http;

namespace McpI2V.Providers.Tests.Http;

public sealed class ReadingAnAnswer
{
    private static readonly DateTimeOffset Now = new(2026, 11, 21, 9, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(401, Acceptance.No, false)]
    [InlineData(402, Acceptance.No, false)]
    [InlineData(422, Acceptance.No, false)]
    [InlineData(429, Acceptance.No, true)]
    [InlineData(408, Acceptance.Unknown, true)]
    [InlineData(409, Acceptance.Unknown, true)]
    [InlineData(500, Acceptance.Unknown, true)]
    [InlineData(502, Acceptance.Unknown, true)]
    // A gateway says these of a request that the vendor behind it may have taken.
    [InlineData(503, Acceptance.Unknown, true)]
    [InlineData(504, Acceptance.Unknown, true)]
    [InlineData(520, Acceptance.Unknown, true)]
    [InlineData(527, Acceptance.Unknown, true)]
    [InlineData(302, Acceptance.Unknown, true)]
    public void A_status_says_whether_a_paid_request_was_taken(int status, Acceptance acceptance, bool isPassing)
    {
        var fault = HttpFaults.Of("vendor", "VENDOR_KEY", Answer(status), "", Now)!;

        Assert.Equal((acceptance, isPassing), (fault.Acceptance, fault.IsPassing));
    }

    [Theory]
    [InlineData("retry-after", "7", 7.0)]
    [InlineData("retry-after-ms", "1500", 1.5)]
    [InlineData("retry-after", "Sat, 21 Nov 2026 09:00:30 GMT", 30.0)]
    [InlineData("retry-after", "99999999", 600.0)]
    [InlineData("retry-after", "-5", null)]
    [InlineData("retry-after", "soon", null)]
    [InlineData("retry-after", "1e-37", null)]
    [InlineData("retry-after", "NaN", null)]
    [InlineData("retry-after", "-1e999", null)]
    [InlineData("retry-after", "1e999", 600.0)]
    [InlineData("retry-after", "1e18", 600.0)]
    [InlineData("retry-after-ms", "NaN", null)]
    [InlineData("retry-after-ms", "1e308", 600.0)]
    public void How_long_to_wait_is_believed_within_reason(string header, string value, double? seconds) =>
        Assert.Equal(seconds, HttpFaults.RetryAfter(Answer(429, (header, value)), Now)?.TotalSeconds);

    [Fact]
    public void A_clock_that_is_an_hour_off_makes_no_wait_longer()
    {
        var answer = Answer(429, ("retry-after", "Sat, 21 Nov 2026 10:00:30 GMT"), ("date", "Sat, 21 Nov 2026 10:00:00 GMT"));

        Assert.Equal(30, HttpFaults.RetryAfter(answer, Now)?.TotalSeconds);
    }

    [Fact]
    public void A_connection_that_was_never_made_took_nothing_and_one_that_broke_may_have()
    {
        Assert.Equal(Acceptance.No, HttpFaults.Of("vendor", new HttpRequestException(HttpRequestError.ConnectionError)).Acceptance);
        Assert.Equal(Acceptance.No, HttpFaults.Of("vendor", new HttpRequestException(HttpRequestError.NameResolutionError)).Acceptance);
        Assert.Equal(Acceptance.Unknown, HttpFaults.Of("vendor", new HttpRequestException(HttpRequestError.ResponseEnded)).Acceptance);
        Assert.Equal(Acceptance.Unknown, HttpFaults.Of("vendor", new IOException("reset")).Acceptance);
        Assert.Equal(ErrorCode.ProviderFailed, HttpFaults.NotJson("vendor", Answer(200)).Code);
    }

    [Theory]
    [InlineData("""{"id": "old", "status": "x", "id": "new"}""", "new")]
    [InlineData("\uFEFF{\"id\": \"marked\"}", "marked")]
    [InlineData("""{"id": "task-1", "note": "\ud800 half", "\udc00": 1}""", "task-1")]
    [InlineData("""{"id": "\ud83d\ude00"}""", "😀")]
    [InlineData("""{"id": "a\\ud800"}""", @"a\ud800")]
    [InlineData("""["no object"]""", null)]
    [InlineData("""{"id": "cut""", null)]
    public void An_answer_is_read_as_vendors_and_gateways_write_it(string body, string? id) =>
        Assert.Equal(
            id,
            new ProviderAnswer(
                HttpStatusCode.OK,
                new Dictionary<string, string>(),
                System.Text.Encoding.UTF8.GetBytes(body)).Json?["id"]?.ToString());

    [Fact]
    public void An_answer_in_another_encoding_or_of_any_depth_breaks_nothing()
    {
        var latin = new ProviderAnswer(
            HttpStatusCode.OK,
            new Dictionary<string, string>(),
            System.Text.Encoding.Latin1.GetBytes("""{"id": "task-1", "note": "café"}"""));
        var deep = new ProviderAnswer(
            HttpStatusCode.OK,
            new Dictionary<string, string>(),
            System.Text.Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("{\"a\":", 100_000))));

        Assert.Equal("task-1", latin.Json?["id"]?.ToString());
        Assert.Null(deep.Json);
    }

    private static ProviderAnswer Answer(int status, params (string Name, string Value)[] headers) =>
        new((HttpStatusCode)status, headers.ToDictionary(h => h.Name, h => h.Value, StringComparer.OrdinalIgnoreCase), []);
}
