using System.Text;
using System.Text.Json.Nodes;
using McpI2V.Engine;
using McpI2V.Engine.Providers;
using McpI2V.Providers.Contract;

namespace McpI2V.Providers.Tests.Vertex;

/// <summary>Tokens of Google's: for a service account, for a user's own account, for a workload; what is told without one.</summary>
public sealed class ATokenForAnAccount : IDisposable
{
    private const string Impersonate = "https://iamcredentials.googleapis.com/v1/projects/-/serviceAccounts/ads:generateAccessToken";
    private const string Scope = "https://www.googleapis.com/auth/cloud-platform";
    private readonly TestFolder folder = new();

    [Fact]
    public async Task A_service_account_signs_for_one_token_that_serves_until_shortly_before_its_end()
    {
        await using var server = await VertexServer.StartAsync();
        var clock = new FixedTime(new DateTimeOffset(2026, 12, 2, 9, 0, 0, TimeSpan.Zero));
        var provider = server.Services(time: clock).Provider;

        await LookAsync(server, provider);
        clock.Now += TimeSpan.FromMinutes(54);
        await LookAsync(server, provider);
        var before = server.TokenRequests.Count;
        clock.Now += TimeSpan.FromMinutes(2);
        await LookAsync(server, provider);

        Assert.Equal((1, 2), (before, server.TokenRequests.Count));
        Assert.Equal("Bearer token-number-2", server.Headers["Authorization"]);
        Assert.False(server.Headers.ContainsKey("x-goog-user-project"));
        var asked = server.TokenRequests[0].Body;
        Assert.Contains("grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Ajwt-bearer", asked, StringComparison.Ordinal);
        var claims = Claims(asked);
        Assert.Equal(
            ("ads@a-project.iam.gserviceaccount.com", "https://oauth2.googleapis.com/token", Scope),
            (claims["iss"]!.ToString(), claims["aud"]!.ToString(), claims["scope"]!.ToString()));
    }

    [Fact]
    public async Task A_users_own_account_names_the_project_that_pays_in_each_request()
    {
        await using var server = await VertexServer.StartAsync();

        await LookAsync(server, server.Services(server.Write(VertexServer.User().ToJsonString())).Provider);

        Assert.Contains("grant_type=refresh_token", server.TokenRequests.Single().Body, StringComparison.Ordinal);
        Assert.Equal(("Bearer token-number-1", "a-project"), (server.Headers["Authorization"], server.Headers["x-goog-user-project"]));
    }

    [Fact]
    public async Task A_workload_exchanges_its_own_token_from_a_file()
    {
        await using var server = await VertexServer.StartAsync();
        var source = new JsonObject { ["file"] = server.Write("a-token-of-the-workload") };
        var file = server.Write(VertexServer.Workload(source).ToJsonString());

        await LookAsync(server, server.Services(file, project: "a-project").Provider);

        Assert.Equal("/v1/token", server.TokenRequests.Single().Path);
        Assert.Contains("a-token-of-the-workload", server.TokenRequests.Single().Body, StringComparison.Ordinal);
        Assert.Equal("Bearer token-number-1", server.Headers["Authorization"]);
    }

    [Fact]
    public async Task A_workload_asks_for_its_own_token_and_stands_in_for_an_account()
    {
        await using var server = await VertexServer.StartAsync();
        var workload = VertexServer.Workload(new JsonObject
        {
            ["url"] = new Uri(server.Origin, "workload").AbsoluteUri,
            ["format"] = new JsonObject { ["type"] = "json", ["subject_token_field_name"] = "id" },
        });
        workload["service_account_impersonation_url"] = Impersonate;

        await LookAsync(server, server.Services(server.Write(workload.ToJsonString()), project: "a-project").Provider);

        Assert.Equal(
            ["/workload", "/v1/token", "/v1/projects/-/serviceAccounts/ads:generateAccessToken"],
            server.TokenRequests.Select(r => r.Path));
        Assert.Contains("a-token-of-the-workload", server.TokenRequests[1].Body, StringComparison.Ordinal);
        Assert.Equal("Bearer token-of-the-account", server.Headers["Authorization"]);
    }

    [Theory]
    [InlineData("not JSON", "is not JSON")]
    [InlineData("[1]", "is not JSON")]
    [InlineData("""{"installed":{"client_id":"a-secret-thing"}}""", "names no type")]
    [InlineData("""{"type":"gdch_service_account"}""", "of the type \"gdch_service_account\"")]
    [InlineData("""{"type":"service_account","client_email":"a-secret-thing","project_id":"p"}""", "(service_account) without private_key")]
    [InlineData("""{"type":"authorized_user","client_id":"a","client_secret":"a-secret-thing"}""", "without refresh_token")]
    [InlineData(
        """{"type":"authorized_user","client_id":"a","client_secret":"a-secret-thing","refresh_token":"b"}""",
        "name no project. Set I2V__Providers__Vertex__Project")]
    [InlineData("""{"type":"service_account","client_email":"a","private_key":"a-secret-thing"}""", "name no project")]
    [InlineData(
        """{"type":"service_account","client_email":"a","private_key":"a-secret-thing","project_id":"p"}""",
        "can't be used")]
    public async Task A_file_that_is_no_credentials_is_told_before_anything_leaves_and_nothing_of_it_is_repeated(string text, string told)
    {
        await using var server = await VertexServer.StartAsync();
        var file = server.Write(text);

        var why = await server.Services(file).Provider.CheckKeyAsync(CancellationToken.None);

        Assert.Contains(told, why, StringComparison.Ordinal);
        Assert.Contains("KEY", why, StringComparison.Ordinal);
        Assert.DoesNotContain("a-secret-thing", why, StringComparison.Ordinal);
        Assert.DoesNotContain(file, why, StringComparison.Ordinal);
        Assert.Equal((0, 0), (server.TokenRequests.Count, server.Asked.Count));
    }

    [Theory]
    [InlineData("""{"executable":{"command":"/bin/steal"}}""")]
    [InlineData("""{"environment_id":"aws1","url":"https://169.254.169.254/latest"}""")]
    [InlineData("""{"url":"http://169.254.169.254/latest"}""")]
    [InlineData("""{"certificate":{}}""")]
    public async Task A_workload_that_starts_a_program_or_asks_a_clouds_own_service_is_not_taken(string source)
    {
        await using var server = await VertexServer.StartAsync();
        var file = server.Write(VertexServer.Workload(JsonNode.Parse(source)!.AsObject()).ToJsonString());

        var why = await server.Services(file, project: "a-project").Provider.CheckKeyAsync(CancellationToken.None);

        Assert.Contains("neither in a file nor at an https address", why, StringComparison.Ordinal);
        Assert.Empty(server.TokenRequests);
    }

    [Theory]
    [InlineData("token_url", "https://sts.evil.example/v1/token")]
    [InlineData("service_account_impersonation_url", "https://iamcredentials.evil.example/v1/a:generateAccessToken")]
    public async Task A_workloads_token_goes_to_Google_alone(string member, string address)
    {
        await using var server = await VertexServer.StartAsync();
        var workload = VertexServer.Workload(new JsonObject { ["file"] = server.Write("a-token-of-the-workload") });
        workload[member] = address;

        var e = await Assert.ThrowsAsync<ProviderException>(() =>
            LookAsync(server, server.Services(server.Write(workload.ToJsonString()), project: "a-project").Provider));

        Assert.Contains("another host", e.Message, StringComparison.Ordinal);
        Assert.Empty(server.Asked);
    }

    [Fact]
    public async Task A_file_that_is_not_there_is_told()
    {
        await using var server = await VertexServer.StartAsync();

        var why = await server.Services("/nowhere/a key.json").Provider.CheckKeyAsync(CancellationToken.None);

        Assert.StartsWith("KEY names a file that is not there. Set it to the path of a service", why, StringComparison.Ordinal);
        Assert.DoesNotContain("nowhere", why, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(400, """{"error":"invalid_grant","error_description":"Invalid JWT Signature."}""", "Invalid JWT Signature")]
    [InlineData(401, """{"error":{"code":401,"message":"disabled","status":"UNAUTHENTICATED"}}""", "disabled")]
    public async Task An_account_that_gets_no_token_uploads_nothing(int status, string body, string told)
    {
        await using var server = await VertexServer.StartAsync();
        server.Refusal = (status, body);

        var e = await Assert.ThrowsAsync<ProviderException>(() =>
            server.Services(bucket: "ads").Provider.PrepareAsync(server.Order(folder.Input("still-1")), CancellationToken.None));

        Assert.Equal((ErrorCode.ProviderAuth, Acceptance.No), (e.Code, e.Acceptance));
        Assert.Contains(told, e.Message, StringComparison.Ordinal);
        Assert.Empty(server.Asked);
    }

    [Fact]
    public async Task A_token_service_that_is_out_says_nothing_of_the_account()
    {
        await using var server = await VertexServer.StartAsync();
        server.Refusal = (503, "{}");

        var e = await Assert.ThrowsAsync<ProviderException>(() => LookAsync(server, server.Services().Provider));

        Assert.Equal((ErrorCode.ProviderFailed, true), (e.Code, e.IsPassing));
    }

    [Theory]
    [InlineData("a -----BEGIN PRIVATE KEY-----\nMIIEvQ+/=\n-----END PRIVATE KEY-----\n b", "MIIEvQ")]
    [InlineData("a ya29.c.c0ASRK0Gabcdefghijklmnop b", "c0ASRK0G")]
    public void A_key_or_a_token_is_recognised_wherever_it_turns_up(string text, string secret) =>
        Assert.DoesNotContain(
            secret,
            McpI2V.Providers.Vertex.VertexRegistration.Descriptor.KeyShape!().Replace(text, "***"),
            StringComparison.Ordinal);

    public void Dispose() => folder.Dispose();

    private async Task LookAsync(VertexServer server, IProvider provider) => await provider.GetStatusAsync(
        new RemoteTask(VertexServer.Operation),
        server.Order(folder.Input("still-1")),
        CancellationToken.None);

    private static JsonObject Claims(string form)
    {
        var part = Uri.UnescapeDataString(form.Split("assertion=")[1].Split('&')[0]).Split('.')[1].Replace('-', '+').Replace('_', '/');
        return JsonNode.Parse(Encoding.UTF8.GetString(Convert.FromBase64String(part.PadRight((part.Length + 3) / 4 * 4, '='))))!.AsObject();
    }
}
