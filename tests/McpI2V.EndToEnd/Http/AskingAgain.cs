using ModelContextProtocol.Client;

namespace McpI2V.EndToEnd.Http;

/// <summary>The same call again over HTTP: the same answer while nothing has changed, and never an old one.</summary>
public sealed class AskingAgain
{
    // Addresses are signed by the second: an answer that is composed anew has others.
    private static readonly TimeSpan MoreThanASecond = TimeSpan.FromSeconds(1.2);

    [Fact]
    public async Task An_answer_is_given_again_until_anybody_changes_the_library_or_a_file_goes()
    {
        using var library = new TestLibrary(inStore: false);
        var photo = await TestMedia.StillAsync(library);
        await using var server = await HttpServer.StartAsync(library);
        await using var client = await server.ConnectAsync("2025-11-25");
        async Task<ToolAnswer> AskAsync(string tool, string name, object value) =>
            ToolAnswer.FromResult(await client.CallToolAsync(tool, new Dictionary<string, object?> { [name] = value })).ShouldSucceed();
        await MakeAsync(client, photo);

        var (found, job) = (await AskAsync("find_assets", "limit", 5), await AskAsync("check_job", "id", "job-1"));
        await Task.Delay(MoreThanASecond);
        var (same, sameJob) = (await AskAsync("find_assets", "limit", 5), await AskAsync("check_job", "id", "job-1"));
        var other = await AskAsync("find_assets", "limit", 4);
        await using (var elsewhere = await Assistant.StartAsync(library))
        {
            (await elsewhere.CallAsync("organize_assets", new { items = new[] { "still-2" }, action = "rename", value = "amber dawn" }))
                .ShouldSucceed();
        }
        var renamed = await AskAsync("find_assets", "limit", 5);
        TestLibrary.Lose(ToolAnswer.FileOf(renamed.Assets.Single(a => a!["handle"]!.GetValue<string>() == "still-2")!));
        await Task.Delay(MoreThanASecond);
        var gone = await AskAsync("find_assets", "limit", 5);

        Assert.Equal((found.Text, job.Text), (same.Text, sameJob.Text));
        Assert.NotEqual(found.Text, other.Text);
        Assert.Contains("amber dawn", renamed.Text, StringComparison.Ordinal);
        Assert.NotEqual(renamed.Text, gone.Text);
    }

    [Fact]
    public async Task Each_answer_is_composed_anew_where_none_is_to_be_kept()
    {
        using var library = new TestLibrary();
        var photo = await TestMedia.StillAsync(library);
        await using var server = await HttpServer.StartAsync(library, "", ("I2V__Http__KeepAnswersSeconds", "0"));
        await using var client = await server.ConnectAsync("2025-11-25");
        await MakeAsync(client, photo);

        var found = ToolAnswer.FromResult(await client.CallToolAsync("find_assets"));
        await Task.Delay(MoreThanASecond);

        Assert.NotEqual(found.Text, ToolAnswer.FromResult(await client.CallToolAsync("find_assets")).Text);
    }

    private static async Task MakeAsync(McpClient client, string photo) => ToolAnswer.FromResult(await client.CallToolAsync(
        "generate_still",
        new Dictionary<string, object?>
        {
            ["prompt"] = "warm",
            ["from"] = new[] { photo },
            ["options"] = new { look = "warm" },
        })).ShouldSucceed();
}
