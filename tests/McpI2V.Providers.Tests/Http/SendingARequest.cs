using McpI2V.Engine.Providers;
using McpI2V.Providers.Contract;
using McpI2V.Providers.Http;
using Microsoft.AspNetCore.Http;

namespace McpI2V.Providers.Tests.Http;

/// <summary>The one HTTP room over real connections.</summary>
public sealed class SendingARequest
{
    private static readonly ProviderLimits Quick = new() { PollEvery = TimeSpan.FromMilliseconds(10) };

    [Fact]
    public async Task A_paid_request_is_sent_once_whatever_comes_back()
    {
        foreach (var status in new[] { 429, 500, 502, 503 })
        {
            await using var vendor = await LocalServer.StartAsync(c =>
            {
                c.Response.StatusCode = status;
                return Task.CompletedTask;
            });
            using var http = Http(vendor.Origin);

            await Assert.ThrowsAsync<ProviderException>(() => http.SendOnceAsync(
                () => Post(http),
                Judge,
                TimeSpan.FromSeconds(5),
                null,
                CancellationToken.None));

            Assert.Equal(1, vendor.Requests);
        }
    }

    [Fact]
    public async Task A_question_is_asked_again_and_an_answer_that_never_comes_is_an_unknown()
    {
        var calls = 0;
        await using var vendor = await LocalServer.StartAsync(async c =>
        {
            if (++calls < 3)
            {
                c.Abort();
                return;
            }
            await c.Response.WriteAsync("{}");
        });
        using var http = Http(vendor.Origin);
        await http.AskAsync(() => new HttpRequestMessage(HttpMethod.Get, http.At("x")), Judge, CancellationToken.None);
        Assert.Equal(3, calls);

        await using var silent = await LocalServer.StartAsync(c => Task.Delay(Timeout.Infinite, c.RequestAborted));
        using var waiting = Http(silent.Origin);
        var e = await Assert.ThrowsAsync<ProviderException>(() => waiting.SendOnceAsync(
            () => Post(waiting),
            Judge,
            TimeSpan.FromMilliseconds(300),
            null,
            CancellationToken.None));
        Assert.Equal(Acceptance.Unknown, e.Acceptance);
    }

    [Fact]
    public async Task An_endless_answer_is_cut()
    {
        await using var vendor = await LocalServer.StartAsync(async c =>
        {
            var megabyte = new byte[1_000_000];
            for (var i = 0; i < 500 && !c.RequestAborted.IsCancellationRequested; i++)
            {
                await c.Response.Body.WriteAsync(megabyte, c.RequestAborted);
            }
        });
        using var http = Http(vendor.Origin);
        var before = GC.GetTotalAllocatedBytes();

        var e = await Assert.ThrowsAsync<ProviderException>(() => http.SendOnceAsync(
            () => Post(http),
            Judge,
            TimeSpan.FromSeconds(20),
            null,
            CancellationToken.None));

        Assert.Contains("MB", e.Message, StringComparison.Ordinal);
        Assert.True(GC.GetTotalAllocatedBytes() - before < 200_000_000, "it is not read whole");
    }

    [Fact]
    public async Task Private_addresses_are_not_connected_to_unless_the_user_named_them()
    {
        await using var inside = await LocalServer.StartAsync(c => c.Response.WriteAsync("{}"));
        using var http = Http(null, home: inside.Origin);

        var e = await Assert.ThrowsAsync<ProviderException>(() => http.AskAsync(
            () => new HttpRequestMessage(HttpMethod.Get, http.At("x")),
            Judge,
            CancellationToken.None));

        Assert.Contains("private", e.Message, StringComparison.Ordinal);
        Assert.Equal(0, inside.Requests);
    }

    [Fact]
    public async Task The_key_never_follows_a_redirect_to_another_host()
    {
        string? seen = "nothing came";
        await using var other = await LocalServer.StartAsync(c =>
        {
            seen = c.Request.Headers.Authorization.ToString();
            return c.Response.WriteAsync("stolen");
        });
        await using var vendor = await LocalServer.StartAsync(c =>
        {
            c.Response.StatusCode = 302;
            c.Response.Headers.Location = new Uri(other.Origin, "file").AbsoluteUri;
            return Task.CompletedTask;
        });
        using var http = Http(vendor.Origin);
        var path = Path.GetTempFileName();

        // The other one is on loopback too and not the user's: it is not connected to at all.
        await Assert.ThrowsAsync<ProviderException>(() => http.DownloadAsync(
            new Uri(vendor.Origin, "result"),
            path,
            withKey: true,
            CancellationToken.None));

        Assert.Equal("nothing came", seen);
        File.Delete(path);
    }

    [Fact]
    public async Task A_download_goes_on_where_it_broke_off()
    {
        var whole = Enumerable.Range(0, 100_000).Select(i => (byte)i).ToArray();
        List<string> ranges = [];
        await using var vendor = await LocalServer.StartAsync(async c =>
        {
            ranges.Add(c.Request.Headers.Range.ToString());
            c.Response.Headers.ETag = "\"a\"";
            if (ranges.Count == 1)
            {
                c.Response.ContentLength = whole.Length;
                // Fewer than were promised: the connection is closed behind them.
                await c.Response.Body.WriteAsync(whole.AsMemory(0, 60_000));
                return;
            }
            c.Response.StatusCode = 206;
            c.Response.Headers.ContentRange = $"bytes 60000-99999/{whole.Length}";
            c.Response.ContentLength = 40_000;
            await c.Response.Body.WriteAsync(whole.AsMemory(60_000));
        });
        using var http = Http(vendor.Origin);
        var path = Path.Combine(Path.GetTempPath(), Guid.NewGuid().ToString("n"));

        await Assert.ThrowsAsync<ProviderException>(() => http.DownloadAsync(
            new Uri(vendor.Origin, "clip"),
            path,
            withKey: false,
            CancellationToken.None));
        await http.DownloadAsync(new Uri(vendor.Origin, "clip"), path, withKey: false, CancellationToken.None);

        Assert.Equal(["", "bytes=60000-"], ranges);
        Assert.Equal(whole, await File.ReadAllBytesAsync(path));
        File.Delete(path);
    }

    [Fact]
    public async Task The_same_picture_is_uploaded_once_for_many_jobs()
    {
        var memory = new UploadMemory(TimeProvider.System, TimeSpan.FromHours(1));
        var uploads = 0;
        var allHaveAsked = new TaskCompletionSource();

        var asked = Enumerable.Range(0, 50).Select(_ => memory.OnceAsync("same", async () =>
        {
            await allHaveAsked.Task;
            return $"name-{Interlocked.Increment(ref uploads)}";
        }, CancellationToken.None)).ToList();
        allHaveAsked.SetResult();
        var names = await Task.WhenAll(asked);
        await Assert.ThrowsAsync<IOException>(() => memory.OnceAsync(
            "bad",
            () => Task.FromException<string>(new IOException()),
            CancellationToken.None));

        Assert.Equal("name-1", Assert.Single(names.Distinct()));
        Assert.Equal("later", await memory.OnceAsync("bad", () => Task.FromResult("later"), CancellationToken.None));
    }

    private static ProviderHttp Http(Uri? baseUrl, Uri? home = null) => new(
        new ProviderOptions { Name = "vendor", BaseUrl = baseUrl, ApiKey = new Secret("a-secret-key") },
        home ?? new Uri("https://vendor.example"),
        Quick,
        (headers, key) => headers.Authorization = new System.Net.Http.Headers.AuthenticationHeaderValue("Bearer", key.Reveal()),
        TimeProvider.System);

    private static HttpRequestMessage Post(ProviderHttp http) => new(HttpMethod.Post, http.At("paid"))
    {
        Content = new StringContent("{}"),
    };

    private static ProviderException? Judge(ProviderAnswer answer) =>
        HttpFaults.Of("vendor", "VENDOR_KEY", answer, "", TimeProvider.System.GetUtcNow());
}
