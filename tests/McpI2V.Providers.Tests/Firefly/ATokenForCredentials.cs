using McpI2V.Engine;
using McpI2V.Engine.Providers;

namespace McpI2V.Providers.Tests.Firefly;

/// <summary>Tokens of Adobe's identity service: asked for once, used until shortly before their end, told where none is given.</summary>
public sealed class ATokenForCredentials : IDisposable
{
    private readonly TestFolder folder = new();
    private readonly FixedTime clock = new(new DateTimeOffset(2026, 11, 21, 9, 0, 0, TimeSpan.Zero));

    [Fact]
    public async Task One_token_serves_until_shortly_before_its_end()
    {
        await using var server = await FireflyServer.StartAsync();
        var provider = server.Services(clock).Provider;

        await LookAsync(provider);
        clock.Now += TimeSpan.FromHours(23);
        await LookAsync(provider);
        var before = server.Tokens;
        clock.Now += TimeSpan.FromMinutes(59);
        await LookAsync(provider);

        Assert.Equal((1, 2), (before, server.Tokens));
        Assert.Equal("Bearer token-number-2", server.Headers["Authorization"]);
        Assert.Equal(
            ("client_credentials", "a-client", FireflyServer.ClientSecret),
            (server.Form["grant_type"], server.Form["client_id"], server.Form["client_secret"]));
        Assert.Contains("firefly_api,ff_apis", server.Form["scope"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null)]
    [InlineData(0)]
    public async Task A_token_without_an_end_serves_for_minutes_alone(int? seconds)
    {
        await using var server = await FireflyServer.StartAsync();
        server.TokenSeconds = seconds;
        var provider = server.Services(clock).Provider;

        await LookAsync(provider);
        clock.Now += TimeSpan.FromMinutes(10);
        await LookAsync(provider);

        Assert.Equal(2, server.Tokens);
    }

    [Fact]
    public async Task A_token_that_was_taken_back_is_asked_for_anew_and_the_order_goes_once()
    {
        await using var server = await FireflyServer.StartAsync();
        server.TakesNewestAlone = true;
        var provider = server.Services().Provider;
        var request = await provider.PrepareAsync(FireflyServer.Order(folder.Input("still-1")), CancellationToken.None);

        server.Revoke();
        await provider.SubmitAsync(request, CancellationToken.None);

        Assert.Single(server.Orders);
        Assert.Equal("Bearer token-number-102", server.Headers["Authorization"]);
    }

    [Theory]
    [InlineData("just-one-thing", "two things where one is set")]
    [InlineData(":a-secret", "two things where one is set")]
    [InlineData("a-client:", "two things where one is set")]
    public async Task Half_of_the_credentials_is_told_before_anything_leaves(string key, string told)
    {
        await using var server = await FireflyServer.StartAsync();

        var why = await server.Services(key: key).Provider.CheckKeyAsync(CancellationToken.None);

        Assert.Contains(told, why, StringComparison.Ordinal);
        Assert.Contains("Set KEY", why, StringComparison.Ordinal);
        Assert.Equal((0, 0), (server.Tokens, server.Asked.Count));
    }

    [Theory]
    [InlineData(400, "invalid_client")]
    [InlineData(401, "invalid_client")]
    [InlineData(400, "invalid_scope")]
    public async Task Credentials_that_get_no_token_upload_nothing_and_are_not_repeated(int status, string error)
    {
        await using var server = await FireflyServer.StartAsync();
        server.Refusal = (status, $$"""{"error":"{{error}}","error_description":"no {{FireflyServer.ClientSecret}} here"}""");
        var provider = server.Services().Provider;

        var e = await Assert.ThrowsAsync<ProviderException>(() =>
            provider.PrepareAsync(FireflyServer.Order(folder.Input("still-1")), CancellationToken.None));

        Assert.Equal((ErrorCode.ProviderAuth, Acceptance.No), (e.Code, e.Acceptance));
        Assert.Contains(error, e.Message, StringComparison.Ordinal);
        Assert.Contains("KEY", e.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(FireflyServer.ClientSecret, e.Message, StringComparison.Ordinal);
        Assert.Empty(server.Asked);
    }

    [Fact]
    public async Task An_identity_service_that_is_out_says_nothing_of_the_credentials()
    {
        await using var server = await FireflyServer.StartAsync();
        server.Refusal = (503, "{}");

        var e = await Assert.ThrowsAsync<ProviderException>(() => LookAsync(server.Services().Provider));

        Assert.Equal((ErrorCode.ProviderFailed, true), (e.Code, e.IsPassing));
    }

    public void Dispose() => folder.Dispose();

    private async Task LookAsync(IProvider provider) => await provider.GetStatusAsync(
        new RemoteTask(FireflyServer.Id),
        FireflyServer.Order(folder.Input("still-1")),
        CancellationToken.None);
}
