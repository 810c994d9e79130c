using System.Diagnostics;
using System.Net;
using McpI2V.Engine.Http;
using McpI2V.Engine.Library.Import;

namespace McpI2V.Engine.Tests.Http;

/// <summary>The one way to fetch: every hop is judged, every body bounded.</summary>
public sealed class FetchingAFile : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private readonly AnsweringServer server = new();
    private readonly string folder = Directory.CreateTempSubdirectory("i2v-fetch-").FullName;

    public void Dispose()
    {
        server.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    [Theory]
    [InlineData("http://media.example:8080/a?b", true)]
    [InlineData("http://MEDIA.example:8080", true)]
    [InlineData("https://media.example:8080/a", false)]
    [InlineData("http://media.example/a", false)]
    [InlineData("http://media.example:8081/a", false)]
    [InlineData("http://other.example:8080/a", false)]
    [InlineData("http://user@media.example:8080/a", false)]
    [InlineData("http://media.example:8080@evil.example/a", false)]
    public void An_origin_is_trusted_with_its_scheme_host_and_port(string address, bool isTrusted) =>
        Assert.Equal(isTrusted, new GuardedConnections([new Uri("http://media.example:8080/base")]).IsTrusted(new Uri(address)));

    [Fact]
    public async Task A_private_address_that_nobody_named_is_not_connected_to()
    {
        using var http = new HttpMessageInvoker(new GuardedConnections([]).Handler(reuse: true));

        var e = await Assert.ThrowsAsync<HttpRequestException>(() => GetAsync(http, server.Origin));

        Assert.Equal("127.0.0.1", ForbiddenAddressException.In(e)!.Host);
        Assert.Equal(0, server.Requests);
    }

    [Fact]
    public async Task A_redirect_is_judged_before_it_is_followed()
    {
        server.Answer = context => context.Response.Redirect(new Uri(server.Origin, "/next").AbsoluteUri);
        using var http = Trusting();
        using var request = new HttpRequestMessage(HttpMethod.Get, server.Origin);

        await Assert.ThrowsAsync<InvalidOperationException>(() => new FileDownload(http, 1_000, Patience).SendAsync(
            request,
            (_, to) => throw new InvalidOperationException(to.AbsolutePath),
            TestContext.Current.CancellationToken));

        Assert.Equal(1, server.Requests);
    }

    [Fact]
    public async Task A_circle_of_redirects_ends()
    {
        server.Answer = context => context.Response.Redirect("/again");
        using var http = Trusting();

        var e = await Assert.ThrowsAsync<DownloadException>(() => GetAsync(http, server.Origin));

        Assert.Equal((DownloadFault.TooManyRedirects, 6), (e.Fault, server.Requests));
    }

    [Theory]
    [InlineData("https://xn--\uFFFD/a")]
    [InlineData("http://[::1")]
    public async Task A_redirect_to_what_is_no_address_is_told(string location)
    {
        server.Answer = context =>
        {
            context.Response.StatusCode = 302;
            context.Response.Headers["Location"] = location;
        };
        using var http = Trusting();

        var e = await Record.ExceptionAsync(() => GetAsync(http, server.Origin));

        Assert.True(e is null or DownloadException { Fault: DownloadFault.NoAddress }, e?.ToString());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task More_than_is_taken_is_refused_whether_it_was_promised_or_not(bool isPromised)
    {
        server.Answer = context =>
        {
            context.Response.SendChunked = !isPromised;
            Send(context, 2_000_000, isPromised ? 2_000_000 : null);
        };

        var e = await Assert.ThrowsAsync<DownloadException>(() => SaveAsync(1_000_000, Patience));

        Assert.Equal(DownloadFault.TooLarge, e.Fault);
        Assert.InRange(new FileInfo(Target).Length, 0, 1_000_000);
    }

    [Fact]
    public async Task What_stands_still_is_given_up()
    {
        using var held = new ManualResetEventSlim();
        server.Answer = context =>
        {
            context.Response.ContentLength64 = 10;
            context.Response.OutputStream.Write([1]);
            context.Response.OutputStream.Flush();
            held.Wait();
        };

        var e = await Assert.ThrowsAsync<DownloadException>(() => SaveAsync(1_000, TimeSpan.FromMilliseconds(200)));
        held.Set();

        Assert.Equal(DownloadFault.StoodStill, e.Fault);
    }

    [Fact]
    public async Task What_was_cut_short_is_told_and_stays()
    {
        server.Answer = context =>
        {
            context.Response.ContentLength64 = 100;
            context.Response.OutputStream.Write(new byte[60]);
            context.Response.OutputStream.Flush();
            context.Response.Abort();
        };

        var e = await Assert.ThrowsAsync<DownloadException>(() => SaveAsync(1_000, Patience));

        Assert.Equal(DownloadFault.CutShort, e.Fault);
    }

    [Fact]
    public async Task Who_is_asked_for_a_file_learns_nothing_of_our_traces()
    {
        using var fetcher = new UrlFetcher(new InputOptions { Roots = [], TrustedOrigins = [server.Origin] });
        using var listener = new ActivityListener
        {
            ShouldListenTo = _ => true,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
        };
        ActivitySource.AddActivityListener(listener);
        using var source = new ActivitySource("McpI2V.Test");
        using var call = source.StartActivity("call");
        Assert.NotNull(call);

        await fetcher.DownloadAsync(server.Origin.AbsoluteUri, "image", Target, TestContext.Current.CancellationToken);

        Assert.Empty(server.Headers.Intersect(["traceparent", "tracestate", "Request-Id", "baggage"], StringComparer.OrdinalIgnoreCase));
    }

    [Theory]
    [InlineData("http://127.0.0.1:1/")]
    [InlineData("https://127.0.0.1/")]
    [InlineData("https://localhost./")]
    [InlineData("https://user@example.com/")]
    [InlineData("https://example.com:8443/")]
    [InlineData("file:///etc/passwd")]
    public async Task A_trusted_server_can_not_send_a_user_s_address_elsewhere(string location)
    {
        server.Answer = context => context.Response.Redirect(location);
        using var fetcher = new UrlFetcher(new InputOptions { Roots = [], TrustedOrigins = [server.Origin] });

        var e = await Assert.ThrowsAsync<I2VException>(() =>
            fetcher.DownloadAsync(server.Origin.AbsoluteUri, "image", Target, TestContext.Current.CancellationToken));

        Assert.Equal((ErrorCode.InputForbidden, "image"), (e.Code, e.Argument));
        Assert.Equal(1, server.Requests);
    }

    private string Target => Path.Combine(folder, "file");

    private HttpMessageInvoker Trusting() => new(new GuardedConnections([server.Origin]).Handler(reuse: true));

    private static async Task<HttpStatusCode> GetAsync(HttpMessageInvoker http, Uri address)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        using var response = await new FileDownload(http, 1_000, Patience).SendAsync(
            request,
            (_, to) => new HttpRequestMessage(HttpMethod.Get, to),
            TestContext.Current.CancellationToken);
        return response.StatusCode;
    }

    private async Task SaveAsync(long mostBytes, TimeSpan stall)
    {
        using var http = Trusting();
        using var request = new HttpRequestMessage(HttpMethod.Get, server.Origin);
        var download = new FileDownload(http, mostBytes, stall);
        using var response = await download.SendAsync(
            request,
            (_, to) => new HttpRequestMessage(HttpMethod.Get, to),
            TestContext.Current.CancellationToken);
        await using var file = File.Create(Target);
        await download.SaveAsync(response, file, TestContext.Current.CancellationToken);
    }

    private static void Send(HttpListenerContext context, int bytes, long? promised)
    {
        if (promised is { } length)
        {
            context.Response.ContentLength64 = length;
        }
        context.Response.OutputStream.Write(new byte[bytes]);
    }
}
