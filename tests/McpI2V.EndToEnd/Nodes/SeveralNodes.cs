using System.Globalization;
using McpI2V.Servers;

namespace McpI2V.EndToEnd.Nodes;

/// <summary>
/// Processes as nodes on one library at a PostgreSQL server: they share what is to be done, and what one leaves another carries on.
/// <c>I2V_NODE_JOBS=500</c> makes them five hundred.
/// </summary>
public sealed class SeveralNodes
{
    private static readonly int Jobs = int.Parse(
        Environment.GetEnvironmentVariable("I2V_NODE_JOBS") ?? "60",
        CultureInfo.InvariantCulture);

    [Fact]
    public async Task Nothing_is_lost_or_paid_twice_while_nodes_die_and_sleep_and_the_database_restarts()
    {
        using var database = new PostgresServer();
        await using var simulators = await PaidOrders.StartVendorAsync();
        using var library = new TestLibrary(server: database);
        var photo = await TestMedia.StillAsync(library, width: 360, height: 640);
        (string, string)[] faults = [("submit", "lost"), ("submit", "503"), ("status", "500"), ("download", "cut"), ("task", "fail")];
        foreach (var (step, kind) in faults)
        {
            await simulators.FaultAsync("Fal", step, kind, times: Jobs / 20, every: 20, retryAfter: kind == "503" ? 0.2 : null);
        }
        var settings = PaidOrders.Settings(simulators);
        List<Assistant> nodes = [];
        try
        {
            for (var i = 0; i < 3; i++)
            {
                nodes.Add(await Assistant.StartAsync(library, settings));
            }
            await PaidOrders.PlaceAsync(nodes[0], photo, Jobs);
            (await nodes[0].CallAsync("batch_variants", new
            {
                name = "rendered",
                images = new[] { photo },
                cameras = new[] { "push_in", "pull_out", "pan_left", "pan_right" },
                duration_seconds = 1,
                resolution = "480p",
                models = new[] { "local-camera" },
                wait_seconds = 0,
            })).ShouldSucceed();
            await PaidOrders.EndedAsync(library, Jobs / 6);
            await ReplaceAsync(0);
            await PaidOrders.EndedAsync(library, Jobs / 3);
            var asleep = nodes[1];
            await asleep.SignalAsync("STOP");
            await PaidOrders.EndedAsync(library, Jobs / 2);
            database.Stop();
            database.Start();
            await ReplaceAsync(2);
            await Task.Delay(TimeSpan.FromSeconds(25));
            await asleep.SignalAsync("CONT");

            await ThreeWitnesses.UntilOverAsync(library);

            // Each sees what every other made.
            var seen = await Task.WhenAll(nodes.Select(async n => (await n.CallAsync("find_assets", new { kind = "clip" })).Text));
            Assert.Single(seen.Distinct());
            await ThreeWitnesses.AgreeAsync(simulators, library, PaidOrders.Vendor, Jobs);
        }
        finally
        {
            foreach (var node in nodes)
            {
                await node.DisposeAsync();
            }
        }

        async Task ReplaceAsync(int node)
        {
            await nodes[node].KillAsync();
            await nodes[node].DisposeAsync();
            nodes[node] = await Assistant.StartAsync(library, settings);
        }
    }

    [Fact]
    public async Task One_that_slept_before_it_sent_does_not_send_when_it_wakes()
    {
        await using var simulators = await SimulatedProviders.StartAsync();
        using var library = new TestLibrary(onServer: true);
        var photo = await TestMedia.StillAsync(library, width: 360, height: 640);
        await using var asleep = await Assistant.StartAsync(library, [.. simulators.Settings("Fal"), ("I2V__Jobs__PauseAt", "sending")]);
        await asleep.CallAsync("animate_image", new { image = photo, prompt = "slow push in", model = "kling-3", wait_seconds = 0 });
        var sign = Path.Combine(library.Home, ".paused");
        await Eventually.IsSoAsync(() => File.Exists(sign), "it is about to send");
        await asleep.SignalAsync("STOP");

        await using var other = await Assistant.StartAsync(library, simulators.Settings("Fal"));
        await Eventually.IsSoAsync(() => LibraryAudit.Jobs(library)[0].State == "unconfirmed", "another took the job up");
        File.Delete(sign);
        await asleep.SignalAsync("CONT");
        await Eventually.IsSoAsync(() => asleep.HasLogged("belongs to another term"), "it noticed");

        Assert.Empty(await simulators.TasksAsync());
        Assert.Equal("unconfirmed", LibraryAudit.Jobs(library)[0].State);
    }

    [Fact]
    public async Task Renders_are_spread_over_the_nodes_and_a_cancel_reaches_the_one_that_renders()
    {
        using var library = new TestLibrary(onServer: true);
        var photo = await TestMedia.StillAsync(library, width: 360, height: 640);
        await using var first = await Assistant.StartAsync(library, ("I2V__Jobs__MaxRenders", "1"));
        await using var second = await Assistant.StartAsync(library, ("I2V__Jobs__MaxRenders", "1"));

        (await first.CallAsync("batch_variants", new
        {
            images = new[] { photo },
            cameras = new[] { "push_in", "pull_out", "pan_left", "pan_right", "tilt_up", "tilt_down", "orbit_left", "orbit_right" },
            duration_seconds = 4,
            models = new[] { "local-camera" },
            wait_seconds = 0,
        })).ShouldSucceed();
        await Eventually.IsSoAsync(() => LibraryAudit.Terms(library) > 2, "both render");
        await second.CallAsync("cancel_job", new { id = "batch-1" });

        await ThreeWitnesses.UntilOverAsync(library);
        Assert.Contains(LibraryAudit.Jobs(library), j => j.State == "canceled");
        Assert.Empty(library.TemporaryFiles);
        Assert.False(first.HasLogged("met something unexpected") || second.HasLogged("met something unexpected"));
    }

    [Fact]
    public async Task A_render_that_three_nodes_died_of_is_not_begun_again()
    {
        using var library = new TestLibrary(onServer: true);
        var photo = await TestMedia.StillAsync(library, width: 360, height: 640);
        var sign = Path.Combine(library.Home, ".paused");
        for (var death = 1; death <= 3; death++)
        {
            await using var dying = await Assistant.StartAsync(library, ("I2V__Jobs__PauseAt", "running"));
            if (death == 1)
            {
                await dying.CallAsync("animate_image", new
                {
                    image = photo,
                    camera = new { move = "push_in" },
                    duration_seconds = 1,
                    wait_seconds = 0,
                });
            }
            await Eventually.IsSoAsync(() => File.Exists(sign), "it is rendered");
            await dying.KillAsync();
            File.Delete(sign);
        }

        await using var next = await Assistant.StartAsync(library);
        var job = await next.CallAsync("check_job", new { id = "job-1", wait_seconds = 60 });

        job.ShouldBe("provider_failed", "3 servers ended while they rendered this", "Nothing was spent");
        Assert.Equal(0, LibraryAudit.Reserved(library));
    }

    [Fact]
    public async Task Machines_that_share_nothing_but_the_servers_work_on_one_library()
    {
        using var library = new TestLibrary(onServer: true, inStore: true);
        using var other = library.OnAnotherMachine();
        var photo = await TestMedia.StillAsync(library, width: 360, height: 640);
        var first = await Assistant.StartAsync(library);
        var made = (await first.CallAsync("animate_image", new
        {
            image = photo,
            camera = new { move = "push_in" },
            duration_seconds = 1,
            resolution = "480p",
            wait_seconds = 60,
        })).ShouldSucceed();
        Assert.Empty(library.FilesHere);
        await first.CallAsync("edit_clip", new
        {
            clip = made.Handle,
            operations = new object[] { new { op = "speed", factor = 0.25, interpolate = true } },
            wait_seconds = 0,
        });
        await using var second = await Assistant.StartAsync(other, ("I2V__Jobs__MaxRenders", "1"));
        await Eventually.IsSoAsync(() => LibraryAudit.Jobs(library).Any(j => j.State == "running"), "it is rendered");
        await first.KillAsync();
        await first.DisposeAsync();

        // The clip and its preview are the other's as well, and so is what the dead one left.
        var edited = (await second.CallAsync("edit_clip", new
        {
            clip = made.Handle,
            operations = new object[] { new { op = "text", text = "New" } },
            wait_seconds = 60,
        })).ShouldSucceed();
        Assert.NotEqual(made.Handle, edited.Handle);
        Assert.True(edited.ImageBytes > 0, "it is shown");
        var left = await second.CallAsync("check_job", new { id = "job-2", wait_seconds = 90 });
        Assert.Equal("succeeded", left.State);
        Assert.Empty(other.FilesHere);
        Assert.StartsWith("s3://library/", left.Assets[0]!["path"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Contains("files: 127.0.0.1", await SaidAsync(other, "doctor"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_token_that_is_made_or_revoked_on_one_machine_counts_on_every_other()
    {
        using var library = new TestLibrary(onServer: true);
        using var other = library.OnAnotherMachine();
        await using var server = await HttpServer.StartAsync(library);
        Task<string> TokenAsync(string command) => SaidAsync(other, "token " + command);
        async Task<int> StatusAsync(string token) => (await server.SendAsync(
            HttpMethod.Post,
            "mcp",
            """{"jsonrpc":"2.0","id":1,"method":"ping"}""",
            ("Authorization", "Bearer " + token))).Status;

        var made = await TokenAsync("create anna");
        var before = await StatusAsync(made);
        await TokenAsync("revoke anna");

        Assert.NotEqual(401, before);
        Assert.Equal(401, await StatusAsync(made));
        Assert.DoesNotContain(Directory.EnumerateFiles(other.Home), f => f.Contains("token", StringComparison.Ordinal));
    }

    private static async Task<string> SaidAsync(TestLibrary library, string command) => (await Shell.RunAsync(
        Assistant.ProgramPath,
        command,
        new Dictionary<string, string> { ["I2V_HOME"] = library.Home })).Output.Trim();
}
