using McpI2V.Servers;
using ModelContextProtocol.Client;
using Npgsql;

namespace McpI2V.EndToEnd.Nodes;

/// <summary>Nodes whose clocks, lines and servers fail as machines do, while paid jobs are under way.</summary>
public sealed class NodesInTrouble
{
    private const int Jobs = 30;

    // Of Debian's package libfaketime.
    private static readonly string? FakeTime = Directory.Exists("/usr/lib")
        ? Directory.EnumerateDirectories("/usr/lib")
            .Select(d => Path.Combine(d, "faketime", "libfaketime.so.1"))
            .FirstOrDefault(File.Exists)
        : null;

    [Fact]
    public async Task Clocks_that_are_five_minutes_apart_lose_nothing_and_pay_nothing_twice()
    {
        Assert.SkipWhen(FakeTime is null, "needs Debian's package libfaketime");
        await using var simulators = await PaidOrders.StartVendorAsync();
        using var library = new TestLibrary(onServer: true);
        var photo = await TestMedia.StillAsync(library, width: 360, height: 640);
        await using var early = await StartAtAsync("-300");
        await using var right = await Assistant.StartAsync(library, PaidOrders.Settings(simulators));
        var late = await StartAtAsync("+300");
        await PaidOrders.PlaceAsync(early, photo, 10);
        await PaidOrders.PlaceAsync(late, photo, Jobs - 10, from: 1000);
        await PaidOrders.EndedAsync(library, Jobs / 4);

        // What it had is carried on by those whose clocks say that it was alive in the future.
        await late.KillAsync();
        await late.DisposeAsync();

        await ThreeWitnesses.UntilOverAsync(library);
        await ThreeWitnesses.AgreeAsync(simulators, library, PaidOrders.Vendor, Jobs);
        // A term each, and one more for what the dead one had: nobody took another for dead by its clock.
        Assert.InRange(LibraryAudit.Terms(library), 1, 6);

        Task<Assistant> StartAtAsync(string seconds) => Assistant.StartAsync(
            library,
            [
                .. PaidOrders.Settings(simulators),
                ("LD_PRELOAD", FakeTime!),
                ("FAKETIME", seconds),
                ("FAKETIME_DONT_FAKE_MONOTONIC", "1"),
                ("FAKETIME_FORCE_MONOTONIC_FIX", "0"),
                ("I2V__Node__Name", "at " + seconds),
            ]);
    }

    [Theory]
    [InlineData("database", true)]
    [InlineData("database", false)]
    [InlineData("store", true)]
    [InlineData("store", false)]
    public async Task A_line_that_is_cut_one_way_for_a_while_loses_nothing_and_pays_nothing_twice(string server, bool isSent)
    {
        using var host = NetworkHost.TryCreate();
        Assert.SkipWhen(host is null, "needs the rights of root, iproute2 and nftables");
        await using var simulators = await PaidOrders.StartVendorAsync();
        using var vendor = new CutLine(new Uri(simulators.Origin).Port, host.Outside);
        using var database = new CutLine(PostgresServer.Shared.Port, host.Outside);
        using var store = new CutLine(S3Server.Shared.Port, host.Outside);
        using var library = new TestLibrary(onServer: true, inStore: true);
        using var cut = library.OnAnotherMachine();
        var photo = await TestMedia.StillAsync(library, width: 360, height: 640);
        var origin = new Uri(simulators.Origin).Authority;
        await using var node = await Assistant.StartAsync(
            cut,
            new McpClientOptions(),
            host.Command,
            [
                .. PaidOrders.Settings(simulators).Select(
                    s => (s.Item1, s.Item2.Replace(origin, $"{host.Outside}:{vendor.Port}", StringComparison.Ordinal))),
                ("I2V__Inputs__Roots", library.Inputs),
                ("I2V__Storage__Postgres", library.Database!
                    .Replace("Host=127.0.0.1", $"Host={host.Outside}", StringComparison.Ordinal)
                    .Replace($"Port={PostgresServer.Shared.Port}", $"Port={database.Port}", StringComparison.Ordinal)),
                ("I2V__Storage__S3__Endpoint", $"http://{host.Outside}:{store.Port}"),
            ]);
        await PaidOrders.PlaceAsync(node, photo, Jobs);
        await PaidOrders.EndedAsync(library, 1);

        host.Cut(server == "database" ? database.Port : store.Port, isSent);
        await using var other = await Assistant.StartAsync(library, PaidOrders.Settings(simulators));
        if (server == "database")
        {
            // It counts as gone.
            await PaidOrders.EndedAsync(library, Jobs / 2);
        }
        else
        {
            // It lives, and holds what the vendor made until it can be kept.
            await Task.Delay(TimeSpan.FromSeconds(40));
        }
        host.Mend();

        await ThreeWitnesses.UntilOverAsync(library);
        await ThreeWitnesses.AgreeAsync(simulators, library, PaidOrders.Vendor, Jobs);
        // It is a node as before.
        await Eventually.IsSoAsync(async () => !(await node.CallAsync("find_assets", new { kind = "clip" })).IsError, "it answers");
    }

    [Fact]
    public async Task A_database_whose_disk_is_full_is_told_and_is_gone_on_with_when_there_is_room()
    {
        var folder = Directory.CreateTempSubdirectory("i2v-small-").FullName;
        using var disk = await SmallDisk.MountAsync(folder, megabytes: 250);
        using var database = new PostgresServer(folder: folder);
        using var library = new TestLibrary(server: database);
        await using var simulators = await PaidOrders.StartVendorAsync();
        var photo = await TestMedia.StillAsync(library, width: 360, height: 640);
        await using var node = await Assistant.StartAsync(library, PaidOrders.Settings(simulators));
        await PaidOrders.PlaceAsync(node, photo, Jobs);
        await PaidOrders.EndedAsync(library, Jobs / 4);

        disk.Fill();
        var more = 0;
        await Eventually.IsSoAsync(
            async () => (await node.CallAsync(
                "animate_image",
                new { image = photo, prompt = $"pan left {more++}", model = "fal:fal-ai/wan-i2v", wait_seconds = 0 }))
                .Code == "storage_full",
            "an order is refused");
        disk.Empty();
        // A server that could not write its log has ended; an administrator starts it.
        database.StartIfEnded();

        await ThreeWitnesses.UntilOverAsync(library);
        await ThreeWitnesses.AgreeAsync(simulators, library, PaidOrders.Vendor, LibraryAudit.Jobs(library).Count);
    }

    [Fact]
    public async Task A_standby_that_takes_over_is_gone_on_with()
    {
        using var primary = new PostgresServer();
        using var standby = primary.StartStandby();
        using var library = new TestLibrary(server: primary, standby: standby);
        await using var simulators = await PaidOrders.StartVendorAsync();
        var photo = await TestMedia.StillAsync(library, width: 360, height: 640);
        await using var first = await Assistant.StartAsync(library, PaidOrders.Settings(simulators));
        await using var second = await Assistant.StartAsync(library, PaidOrders.Settings(simulators));
        await PaidOrders.PlaceAsync(first, photo, Jobs);
        await PaidOrders.EndedAsync(library, Jobs / 4);

        primary.Crash();
        await Task.Delay(TimeSpan.FromSeconds(5));
        standby.Promote();

        await ThreeWitnesses.UntilOverAsync(library);
        await ThreeWitnesses.AgreeAsync(simulators, library, PaidOrders.Vendor, Jobs);
        (await second.CallAsync("find_assets", new { kind = "clip", limit = 1 })).ShouldSucceed();
    }

    [Fact]
    public async Task A_database_that_has_no_connection_left_for_a_while_loses_nothing()
    {
        using var database = new PostgresServer("-c max_connections=40");
        using var library = new TestLibrary(server: database);
        await using var simulators = await PaidOrders.StartVendorAsync();
        var photo = await TestMedia.StillAsync(library, width: 360, height: 640);
        await using var node = await Assistant.StartAsync(library, PaidOrders.Settings(simulators));
        await PaidOrders.PlaceAsync(node, photo, Jobs);
        await PaidOrders.EndedAsync(library, Jobs / 8);

        var taken = await TakeAllAsync(database.Connection + ";Pooling=false");
        (await node.CallAsync("find_assets", new { kind = "clip" })).ShouldBe("storage_full", "no connection left", "max_connections");
        taken.ForEach(c => c.Dispose());

        await ThreeWitnesses.UntilOverAsync(library);
        await ThreeWitnesses.AgreeAsync(simulators, library, PaidOrders.Vendor, Jobs);
    }

    [Fact]
    public async Task The_doctor_says_of_a_database_that_is_away_what_to_do_and_goes_on()
    {
        using var database = new PostgresServer();
        using var library = new TestLibrary(server: database);
        database.Stop();

        var (code, said, errors) = await Shell.RunAsync(
            Assistant.ProgramPath,
            "doctor",
            new Dictionary<string, string> { ["I2V_HOME"] = library.Home });

        Assert.Equal(1, code);
        Assert.Contains("FAULT PostgreSQL at 127.0.0.1 can't be reached", said, StringComparison.Ordinal);
        Assert.Contains("ffmpeg", said, StringComparison.Ordinal);
        Assert.DoesNotContain("nhandled", said + errors, StringComparison.Ordinal);
    }

    // Closes those that nodes have, and takes their places.
    private static async Task<List<NpgsqlConnection>> TakeAllAsync(string server)
    {
        List<NpgsqlConnection> taken = [];
        while (true)
        {
            var connection = new NpgsqlConnection(server);
            try
            {
                await connection.OpenAsync();
                taken.Add(connection);
            }
            catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.TooManyConnections)
            {
                await connection.DisposeAsync();
                await using var end = new NpgsqlCommand(
                    "SELECT COUNT(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE application_name = 'mcp-i2v'",
                    taken[0]);
                if (await end.ExecuteScalarAsync() is 0L)
                {
                    return taken;
                }
            }
        }
    }
}
