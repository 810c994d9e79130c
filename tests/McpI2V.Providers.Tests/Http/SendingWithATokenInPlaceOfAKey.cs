using System.Net.Http.Headers;
using McpI2V.Engine;
using McpI2V.Engine.Providers;
using McpI2V.Providers.Contract;
using McpI2V.Providers.Http;
using Microsoft.AspNetCore.Http;

namespace McpI2V.Providers.Tests.Http;

/// <summary>Requests that carry a token which is given for credentials and does not last.</summary>
public sealed class SendingWithATokenInPlaceOfAKey : IAsyncLifetime
{
    private const string OfTests = "token-of-tests-";
    private readonly FixedTime time = new(new DateTimeOffset(2026, 12, 1, 9, 0, 0, TimeSpan.Zero));
    private readonly List<string> seen = [];
    private LocalServer vendor = null!;
    private TimeSpan goodFor = TimeSpan.FromHours(1);
    private int given;
    private int fewest;
    private Func<CancellationToken, Task>? before;

    public async ValueTask InitializeAsync() => vendor = await LocalServer.StartAsync(c =>
    {
        var token = c.Request.Headers.Authorization.ToString();
        lock (seen)
        {
            seen.Add(token);
        }
        // A token below the fewest that count has been called back.
        c.Response.StatusCode = int.TryParse(token.Split('-')[^1], out var number) && number > fewest ? 200 : 401;
        return c.Response.WriteAsync("{}");
    });

    public ValueTask DisposeAsync() => vendor.DisposeAsync();

    [Fact]
    public async Task Twenty_that_need_one_at_once_ask_for_one()
    {
        var all = new TaskCompletionSource();
        before = _ => all.Task;
        using var http = Http();

        var asked = Enumerable.Range(0, 20).Select(_ => AskAsync(http)).ToList();
        all.SetResult();
        await Task.WhenAll(asked);

        Assert.Equal(1, given);
        Assert.Equal(Enumerable.Repeat("Bearer " + OfTests + 1, 20), seen);
    }

    [Theory]
    [InlineData(3600, 3299, 3301)]
    [InlineData(60, 53, 55)]
    public async Task It_is_kept_until_shortly_before_its_end(int lasts, int still, int notAnyMore)
    {
        goodFor = TimeSpan.FromSeconds(lasts);
        using var http = Http();
        var begun = time.Now;

        await AskAsync(http);
        time.Now = begun.AddSeconds(still);
        await AskAsync(http);
        Assert.Equal(1, given);
        time.Now = begun.AddSeconds(notAnyMore);
        await AskAsync(http);

        Assert.Equal(2, given);
    }

    [Fact]
    public async Task A_paid_request_whose_token_was_called_back_goes_again_with_another_and_only_once()
    {
        using var http = Http();
        await AskAsync(http);
        fewest = 1;

        await SendAsync(http);
        Assert.Equal([1, 1, 2], seen.Select(s => int.Parse(s.Split('-')[^1], null)));

        fewest = 100;
        var e = await Assert.ThrowsAsync<ProviderException>(() => SendAsync(http));

        Assert.Equal((ErrorCode.ProviderAuth, Acceptance.No), (e.Code, e.Acceptance));
        Assert.Equal([2, 3], seen[3..].Select(s => int.Parse(s.Split('-')[^1], null)));
    }

    [Fact]
    public async Task Without_a_token_nothing_has_left_whatever_became_of_the_question_for_it()
    {
        using var http = Http();
        before = _ => throw new ProviderException(ErrorCode.ProviderFailed, "the connection broke", Acceptance.Unknown)
        {
            IsPassing = true,
        };
        var broken = await Assert.ThrowsAsync<ProviderException>(() => SendAsync(http));
        before = _ => throw new FormatException("no token");
        var odd = await Assert.ThrowsAsync<ProviderException>(() => SendAsync(http));
        before = stop => Task.Delay(Timeout.Infinite, stop);
        var late = await Assert.ThrowsAsync<ProviderException>(() => SendAsync(http, TimeSpan.FromMilliseconds(50)));

        Assert.Equal((Acceptance.No, true), (broken.Acceptance, broken.IsPassing));
        Assert.Equal((Acceptance.No, false), (odd.Acceptance, odd.IsPassing));
        Assert.Equal((Acceptance.No, true), (late.Acceptance, late.IsPassing));
        Assert.Empty(seen);
    }

    [Fact]
    public async Task A_download_has_it_and_a_request_without_authority_has_not()
    {
        using var folder = new TestFolder();
        using var http = Http();

        await http.DownloadAsync(http.At("clip"), Path.Combine(folder.Path, "clip"), withKey: true, CancellationToken.None);
        await Assert.ThrowsAsync<ProviderException>(() => http.AskAsync(
            () => new HttpRequestMessage(HttpMethod.Get, http.At("x")),
            Judge,
            CancellationToken.None));

        Assert.Equal(["Bearer " + OfTests + 1, ""], seen[..2]);
    }

    [Fact]
    public async Task It_is_taken_out_of_what_the_vendor_says()
    {
        using var http = Http();
        await AskAsync(http);

        Assert.Equal("no such token: ***", http.Safe($"no such token: {OfTests}1"));
    }

    private ProviderHttp Http() => new(
        new ProviderOptions { Name = "vendor", BaseUrl = vendor.Origin },
        new Uri("https://vendor.example"),
        new ProviderLimits { PollEvery = TimeSpan.FromMilliseconds(10) },
        (headers, token) => headers.Authorization = new AuthenticationHeaderValue("Bearer", token.Reveal()),
        TimeProvider.System,
        new AccessTokens("vendor", GiveAsync, time));

    private async Task<AccessToken> GiveAsync(CancellationToken stop)
    {
        if (before is { } first)
        {
            await first(stop);
        }
        return new AccessToken(new Secret(OfTests + Interlocked.Increment(ref given)), goodFor);
    }

    private static Task<ProviderAnswer> AskAsync(ProviderHttp http) =>
        http.AskAsync(() => http.Request(HttpMethod.Get, http.At("x")), Judge, CancellationToken.None);

    private static Task<ProviderAnswer> SendAsync(ProviderHttp http, TimeSpan? timeout = null) => http.SendOnceAsync(
        () => http.Request(HttpMethod.Post, http.At("paid"), new StringContent("{}")),
        Judge,
        timeout ?? TimeSpan.FromSeconds(30),
        null,
        CancellationToken.None);

    private static ProviderException? Judge(ProviderAnswer answer) =>
        HttpFaults.Of("vendor", "VENDOR_KEY", answer, "", TimeProvider.System.GetUtcNow());
}
