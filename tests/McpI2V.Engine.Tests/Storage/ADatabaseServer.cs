using McpI2V.Engine.Storage.Postgres;
using McpI2V.Engine.Storage.Sql;
using McpI2V.Servers;

namespace McpI2V.Engine.Tests.Storage;

/// <summary>A database server that is shared, busy, restarted, or gone at the wrong moment.</summary>
public sealed class ADatabaseServer
{
    [Fact]
    public async Task Many_nodes_that_start_at_once_make_one_library()
    {
        var connection = PostgresServer.Shared.NewLibrary();

        var counts = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() =>
        {
            using var source = TestDatabase.Reached(connection);
            return new LibraryDatabase(source).Read(s => s.Number("SELECT COUNT(*) FROM schema_versions"));
        })));

        Assert.All(counts, c => Assert.Equal(PostgresVersions.After(0).Count(), c));
    }

    [Fact]
    public async Task Writes_go_on_over_a_restart_and_each_happens_once()
    {
        using var server = new PostgresServer();
        using var source = TestDatabase.Reached(server.NewLibrary());
        var database = new LibraryDatabase(source);
        Number(database);
        var isOver = false;
        var writers = Enumerable.Range(0, 4).Select(_ => Task.Run(() =>
        {
            List<long> got = [];
            while (!isOver)
            {
                got.Add(Number(database));
            }
            return got;
        })).ToList();

        foreach (var _ in Enumerable.Range(0, 2))
        {
            await WrittenAsync(database, 50);
            server.Crash();
            server.Start();
            await WrittenAsync(database, 50);
            server.Stop();
            server.Start();
        }
        isOver = true;
        var numbers = (await Task.WhenAll(writers)).SelectMany(n => n).Order().ToList();

        Assert.Equal(Enumerable.Range(2, numbers.Count), numbers.Select(n => (int)n));
    }

    [Fact]
    public void A_commit_whose_answer_is_lost_is_known_and_not_made_again()
    {
        using var line = new CutLine(PostgresServer.Shared.Port);
        using var source = TestDatabase.Reached($"{PostgresServer.Shared.NewLibrary()};Port={line.Port};SSL Mode=Disable");
        var database = new LibraryDatabase(source);
        Number(database);
        var times = 0;

        line.CutAfter("COMMIT\0"u8);
        var second = database.Write(s =>
        {
            times++;
            return Number(s);
        });

        Assert.Equal((1, 2, 1), (line.Cuts, second, times));
        Assert.Equal(3, Number(database));
    }

    [Fact]
    public async Task A_commit_that_arrives_long_after_its_line_broke_is_waited_for_and_not_made_again()
    {
        using var line = new CutLine(PostgresServer.Shared.Port);
        var connection = PostgresServer.Shared.NewLibrary();
        using var source = TestDatabase.Reached($"{connection};Port={line.Port};SSL Mode=Disable;Options=-c lock_timeout=100ms");
        using var beside = TestDatabase.Reached(connection);
        var database = new LibraryDatabase(source);
        Number(database);
        var times = 0;

        line.CutAndHold("COMMIT\0"u8);
        var second = Task.Run(() => database.Write(s =>
        {
            times++;
            return Number(s);
        }));
        // It asks, is put off, and asks again, until the commit is there.
        HashSet<string> asked = [];
        while (!second.IsCompleted && asked.Count < 2)
        {
            asked.UnionWith(Waiting());
            await Task.Yield();
        }
        line.Release();

        Assert.Equal((2, 1), (await second, times));
        Assert.Equal(3, Number(database));

        List<string> Waiting() => new LibraryDatabase(beside).Read(s => s.Query(
            "SELECT query_start::text AS since FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND query LIKE @asks",
            r => r.Text("since"),
            ("@asks", "INSERT INTO commits%")));
    }

    [Fact]
    public void What_was_under_way_when_the_line_broke_is_done_again_and_counts_once()
    {
        using var line = new CutLine(PostgresServer.Shared.Port);
        using var source = TestDatabase.Reached($"{PostgresServer.Shared.NewLibrary()};Port={line.Port};SSL Mode=Disable");
        var database = new LibraryDatabase(source);
        Number(database);
        var times = 0;

        line.CutAfter("INSERT INTO numbers"u8);
        var second = database.Write(s =>
        {
            times++;
            return Number(s);
        });

        Assert.Equal((1, 2, 2), (line.Cuts, second, times));
        Assert.Equal(3, Number(database));
    }

    [Fact]
    public void A_library_of_a_newer_program_is_used_as_long_as_it_can_be_read()
    {
        var connection = PostgresServer.Shared.NewLibrary();
        using (var source = TestDatabase.Reached(connection))
        {
            new LibraryDatabase(source).Write(s => s.Execute("INSERT INTO schema_versions VALUES (1000, 9)"));
        }
        using (var beside = TestDatabase.Reached(connection))
        {
            Assert.Equal(1, Number(new LibraryDatabase(beside)));
            new LibraryDatabase(beside).Write(s => s.Execute("INSERT INTO schema_versions VALUES (1001, 1000)"));
        }
        using var after = TestDatabase.Reached(connection);

        var e = Assert.Throws<I2VException>(() => Number(new LibraryDatabase(after)));

        Assert.Contains(
            $"is of version 1001, and this program knows up to {LibrarySchema.Current}. Update the program",
            e.Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_statement_that_hangs_is_ended_and_said()
    {
        using var source = TestDatabase.Reached(PostgresServer.Shared.NewLibrary() + ";Options=-c statement_timeout=200ms");
        var database = new LibraryDatabase(source);

        var e = Assert.Throws<I2VException>(() => database.Read(s => s.Query("SELECT pg_sleep(60)::text AS slept", r => r.Text("slept"))));

        Assert.Contains("too busy to answer", e.Message, StringComparison.Ordinal);
        Assert.Equal(1, Number(database));
    }

    [Theory]
    [InlineData("Database=nowhere", "has no database nowhere")]
    [InlineData("Username=nobody", "refuses the user or password")]
    [InlineData("Port=1;Timeout=1", "can't be reached")]
    public void What_is_wrong_with_the_connection_is_said_without_its_password(string wrong, string said)
    {
        using var source = TestDatabase.Reached($"{PostgresServer.Shared.NewLibrary()};Password=a-secret;{wrong}");

        var e = Assert.Throws<I2VException>(() => Number(new LibraryDatabase(source)));

        Assert.Contains(said, e.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("a-secret", e.ToString(), StringComparison.Ordinal);
        // Whatever is asked of it.
        Assert.Equal(e.Message, Assert.Throws<I2VException>(() => new LibraryDatabase(source).CheckIntegrity()).Message);
        Assert.Equal(e.Message, Assert.Throws<I2VException>(() => new LibraryDatabase(source).Describe()).Message);
    }

    [Theory]
    [InlineData("Host=here;Password=a-secret;Nonsense=1")]
    [InlineData("a-secret")]
    [InlineData("Password=a-secret")]
    public void A_text_that_is_no_connection_is_a_fault_of_the_settings(string text)
    {
        var settings = TestDatabase.Set(text);

        Assert.False(new PostgresOptions(settings).IsUsed);
        Assert.Contains("Storage:Postgres (I2V__Storage__Postgres)", Assert.Single(settings.Faults), StringComparison.Ordinal);
        Assert.DoesNotContain("a-secret", settings.Faults[0], StringComparison.Ordinal);
    }

    private static long Number(LibraryDatabase database) => database.Write(Number);

    private static long Number(SqlSession session) => session.Number(
        "INSERT INTO numbers (kind, last) VALUES ('test', 1) " +
            "ON CONFLICT (kind) DO UPDATE SET last = numbers.last + 1 RETURNING last")!.Value;

    private static async Task WrittenAsync(LibraryDatabase database, int more)
    {
        var from = Last();
        while (Last() < from + more)
        {
            await Task.Yield();
        }

        long Last() => database.Read(s => s.Number("SELECT last FROM numbers WHERE kind = 'test'")) ?? 0;
    }
}
