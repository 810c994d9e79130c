using ModelContextProtocol.Client;

namespace McpI2V.EndToEnd.Nodes;

/// <summary>Nodes that only answer, nodes that only do jobs, and nodes that leave while they have some.</summary>
public sealed class RolesOfNodes
{
    [Fact]
    public async Task A_front_without_ffmpeg_takes_orders_that_a_node_without_an_address_does()
    {
        await using var simulators = await SimulatedProviders.StartAsync(jobSeconds: 1, shortSide: 96, longestSeconds: 0.5);
        using var library = new TestLibrary(onServer: true);
        var photo = await TestMedia.StillAsync(library, width: 360, height: 640);
        // Nothing is on its PATH.
        await using var front = await HttpServer.StartAsync(
            library,
            "--role front",
            [.. simulators.Settings("Fal"), ("PATH", library.Inputs)]);
        await using var client = await front.ConnectAsync("2025-11-25");
        Task<ToolAnswer> AskAsync(string tool, object arguments) => CallAsync(client, tool, arguments);
        var rendered = (await AskAsync("animate_image", new
        {
            image = photo,
            camera = new { move = "push_in" },
            model = "local-camera",
            duration_seconds = 1,
            resolution = "480p",
            wait_seconds = 0,
        })).ShouldSucceed();
        var paid = (await AskAsync(
            "animate_image",
            new { image = photo, prompt = "slow push in", model = "fal:fal-ai/wan-i2v", wait_seconds = 0 })).ShouldSucceed();
        var waiting = await AskAsync("check_job", new { id = "job-1", wait_seconds = 1 });
        (await AskAsync("list_models", new { kind = "image_to_video" })).ShouldSucceed();
        Assert.Contains("photo", (await AskAsync("find_assets", new { })).ShouldSucceed().Text, StringComparison.Ordinal);

        await using var render = await RenderNode.StartAsync(library, simulators.Settings("Fal"));
        var clip = await AskAsync("check_job", new { id = "job-1", wait_seconds = 120 });
        var bought = await AskAsync("check_job", new { id = "job-2", wait_seconds = 120 });

        Assert.Equal(("queued", "queued"), (rendered.State, paid.State));
        Assert.Contains("no node is on that does jobs of local", waiting.Text, StringComparison.Ordinal);
        Assert.Equal(("succeeded", "succeeded"), (clip.State, bought.State));
        Assert.Single(await simulators.TasksAsync());
        Assert.Equal("ready, role front", await front.Http.GetStringAsync(new Uri(front.Origin, "readyz")));
        // What it can't look at it says.
        var refused = await AskAsync(
            "animate_image",
            new { image = await TestMedia.CutOutAsync(library), prompt = "turns", wait_seconds = 0 });
        Assert.True(refused.IsError, refused.Text);
        Assert.Contains("ffmpeg", refused.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("serve --http http://127.0.0.1:1 --role front", "front")]
    [InlineData("serve --role render", "render")]
    public async Task A_library_of_one_machine_has_no_roles(string command, string role)
    {
        using var library = new TestLibrary(onServer: false);

        var (code, _, error) = await Shell.RunAsync(
            Assistant.ProgramPath,
            command,
            new Dictionary<string, string> { ["I2V_HOME"] = library.Home });

        Assert.Equal(1, code);
        Assert.Contains($"The role of this node is {role}", error, StringComparison.Ordinal);
        Assert.Contains("I2V__Storage__Postgres", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_node_that_is_told_to_leave_hands_over_all_it_has_and_nothing_is_paid_twice()
    {
        const int Paid = 5;
        await using var simulators = await SimulatedProviders.StartAsync(
            jobSeconds: 15,
            shortSide: 96,
            longestSeconds: 0.5,
            burnsWords: false);
        using var library = new TestLibrary(onServer: true);
        var photo = await TestMedia.StillAsync(library, width: 360, height: 640);
        (string, string)[] settings =
        [
            .. simulators.Settings("Fal"), ("I2V__Providers__Fal__PollSeconds", "0.2"), ("I2V__Jobs__MaxRenders", "1"),
        ];
        await using var leaving = await HttpServer.StartAsync(library, "", settings);
        await using var client = await leaving.ConnectAsync("2025-11-25");
        (await CallAsync(client, "batch_variants", new
        {
            images = new[] { photo },
            prompts = new[] { "slow push in" },
            takes = Paid,
            models = new[] { "fal:fal-ai/wan-i2v" },
            wait_seconds = 0,
        })).ShouldSucceed();
        // One that no machine renders within the time that it is given.
        (await CallAsync(client, "animate_image", new
        {
            image = photo,
            camera = new { move = "orbit_left" },
            model = "local-camera",
            duration_seconds = 10,
            resolution = "2160p",
            wait_seconds = 0,
        })).ShouldSucceed();
        await Eventually.IsSoAsync(
            () => LibraryAudit.Jobs(library).Count(j => j.State == "running") == Paid + 1,
            "all are under way");
        await using var staying = await RenderNode.StartAsync(library, settings);

        long Term() => LibraryAudit.Number(library, "SELECT MIN(term) FROM jobs WHERE batch IS NOT NULL");
        var term = Term();

        // A call that waits is answered when its node leaves.
        var waiting = CallAsync(client, "check_job", new { id = "batch-1", wait_seconds = 250 });
        var exit = leaving.EndAsync();
        await Eventually.IsSoAsync(async () => await ReadinessAsync(leaving) == (503, "draining, role all"), "it says that it leaves");
        // Its waits are another's before its render is given up.
        await Eventually.IsSoAsync(() => Term() != term, "another polls");
        Assert.Equal(2, LibraryAudit.Nodes(library));
        (await waiting).ShouldSucceed();
        Assert.Equal(0, await exit);
        await ThreeWitnesses.UntilOverAsync(library);

        Assert.All(LibraryAudit.Jobs(library), j => Assert.Equal("succeeded", j.State));
        Assert.Equal(1, LibraryAudit.Nodes(library));
        await ThreeWitnesses.AgreeAsync(simulators, library, "Fal", Paid);
    }

    private static async Task<(int, string)> ReadinessAsync(HttpServer server)
    {
        using var answer = await server.Http.GetAsync(new Uri(server.Origin, "readyz"));
        return ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    private static async Task<ToolAnswer> CallAsync(McpClient client, string tool, object arguments) => ToolAnswer.FromResult(
        await client.CallToolAsync(tool, arguments.GetType().GetProperties().ToDictionary(p => p.Name, p => p.GetValue(arguments))));
}
