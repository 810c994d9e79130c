using System.Net;
using System.Text.Json.Nodes;
using McpI2V.Access;
using McpI2V.Engine;
using McpI2V.Hosting;
using McpI2V.Settings;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;

namespace McpI2V.Tests;

/// <summary>Who the web server lets in, who not, and what it looks at first.</summary>
public sealed class ComingIn : IAsyncLifetime
{
    private const string Token = "i2v_a-token-of-this-test";
    private readonly LibraryOptions library = new() { Home = Directory.CreateTempSubdirectory("i2v-door-").FullName };
    private readonly HttpClient client = new();
    private WebApplication? app;
    private Uri? origin;

    public async ValueTask InitializeAsync() => await ServeAsync(needsToken: true);

    public async ValueTask DisposeAsync()
    {
        client.Dispose();
        await CloseAsync();
        Directory.Delete(library.Home, recursive: true);
    }

    [Theory]
    [InlineData("GET", "mcp")]
    [InlineData("POST", "mcp")]
    [InlineData("PUT", "mcp")]
    [InlineData("GET", "nowhere")]
    [InlineData("GET", "")]
    public async Task Without_a_token_nobody_learns_even_what_there_is(string method, string path)
    {
        using var response = await SendAsync(method, path);
        var error = await ErrorOfAsync(response);

        Assert.Equal((401, -32000), ((int)response.StatusCode, error["code"]!.GetValue<int>()));
        Assert.Equal("Bearer realm=\"mcp-i2v\"", response.Headers.WwwAuthenticate.Single().ToString());
        Assert.Equal("application/json", response.Content.Headers.ContentType!.ToString());
        Assert.Contains("./i2v token create", error["message"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("GET", "mcp", 400)]
    [InlineData("POST", "mcp", 406)]
    [InlineData("PUT", "mcp", 405)]
    [InlineData("GET", "nowhere", 404)]
    public async Task With_one_the_address_itself_answers(string method, string path, int status)
    {
        using var response = await SendAsync(method, path, ("Authorization", "bearer  " + Token), ("Accept", "text/event-stream"));

        Assert.Equal(status, (int)response.StatusCode);
    }

    [Theory]
    [InlineData("Bearer i2v_another-token-altogether")]
    [InlineData("Bearer ")]
    [InlineData("Bearer")]
    [InlineData("Basic " + Token)]
    [InlineData(Token)]
    [InlineData("Bearer " + Token + ", Bearer " + Token)]
    public async Task What_is_no_token_of_ours_opens_nothing(string authorization)
    {
        using var response = await SendAsync("POST", "mcp", ("Authorization", authorization));

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
    }

    [Theory]
    [InlineData("healthz", 200)]
    [InlineData("readyz", 200)]
    [InlineData("favicon.ico", 200)]
    [InlineData("media/clip-1", 403)]
    [InlineData("media/clip-1/preview", 403)]
    [InlineData("gallery/newest", 403)]
    [InlineData("upload/x", 403)]
    public async Task Addresses_with_a_proof_of_their_own_ask_for_no_token_and_look_at_none(string path, int status)
    {
        await File.WriteAllTextAsync(Path.Combine(library.Home, "http-tokens.json"), "[{");

        using var open = await SendAsync("GET", path, ("Authorization", "Bearer i2v_another-token-altogether"));
        using var closed = await SendAsync("GET", "mcp", ("Authorization", "Bearer i2v_another-token-altogether"));

        Assert.Equal(status, (int)open.StatusCode);
        Assert.Equal(503, (int)closed.StatusCode);
        Assert.Empty(open.Headers.WwwAuthenticate);
    }

    [Theory]
    [InlineData("Host", "evil.example", "I2V__Http__AllowedHosts")]
    [InlineData("Host", "127.0.0.1.evil.example", "I2V__Http__AllowedHosts")]
    [InlineData("Origin", "https://evil.example", "I2V__Http__AllowedOrigins")]
    [InlineData("Origin", "null", "I2V__Http__AllowedOrigins")]
    public async Task A_name_or_a_page_that_is_not_ours_is_refused_before_anything_else(string header, string value, string setting)
    {
        foreach (var path in new[] { "mcp", "favicon.ico", "nowhere" })
        {
            using var response = await SendAsync("GET", path, (header, value), ("Authorization", "Bearer " + Token));
            var error = await ErrorOfAsync(response);

            Assert.Equal((403, -32000), ((int)response.StatusCode, error["code"]!.GetValue<int>()));
            Assert.Contains(setting, error["message"]!.GetValue<string>(), StringComparison.Ordinal);
            Assert.Empty(response.Headers.WwwAuthenticate);
        }
    }

    [Theory]
    [InlineData("healthz")]
    [InlineData("readyz")]
    public async Task Who_looks_after_nodes_asks_each_by_its_own_address_and_a_page_of_others_does_not(string path)
    {
        using var probe = await SendAsync("GET", path, ("Host", "10.1.2.3:3920"));
        using var page = await SendAsync("GET", path, ("Origin", "https://evil.example"));

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.Forbidden), (probe.StatusCode, page.StatusCode));
    }

    [Theory]
    [InlineData("Host", "localhost")]
    [InlineData("Host", "shop.example:3920")]
    [InlineData("Host", "SHOP.example")]
    [InlineData("Host", "reached.example")]
    [InlineData("Origin", "https://app.example")]
    [InlineData("Origin", "http://localhost:5173")]
    public async Task Those_that_the_user_named_and_this_machine_come_in(string header, string value)
    {
        using var response = await SendAsync("GET", "favicon.ico", (header, value));

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Fact]
    public async Task Where_the_user_said_so_everybody_on_this_machine_comes_in()
    {
        await CloseAsync();
        await ServeAsync(needsToken: false);

        using var response = await SendAsync("PUT", "mcp");
        using var foreign = await SendAsync("PUT", "mcp", ("Host", "evil.example"));

        Assert.Equal((405, 403), ((int)response.StatusCode, (int)foreign.StatusCode));
    }

    private async Task ServeAsync(bool needsToken)
    {
        app = ProgramHost.Build(new ListenPolicy(new Uri("http://127.0.0.1:0"), needsToken), services => services
            .AddSingleton(library)
            .AddSingleton(new HttpOptions
            {
                Tokens = [Token],
                AllowedHosts = ["shop.example"],
                AllowedOrigins = ["https://app.example"],
                PublicUrl = new Uri("https://reached.example/"),
            }));
        await app.StartAsync();
        origin = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
    }

    private async Task CloseAsync()
    {
        await app!.StopAsync();
        await app.DisposeAsync();
    }

    private async Task<HttpResponseMessage> SendAsync(string method, string path, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), new Uri(origin!, path));
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }
        return await client.SendAsync(request);
    }

    private static async Task<JsonNode> ErrorOfAsync(HttpResponseMessage response) =>
        JsonNode.Parse(await response.Content.ReadAsStringAsync())!["error"]!;
}
