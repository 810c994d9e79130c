using McpI2V.Engine.Jobs;
using McpI2V.Engine.Jobs.Lanes;
using McpI2V.Engine.Jobs.Queueing;
using McpI2V.Engine.Jobs.States;
using McpI2V.Engine.Spending;
using McpI2V.Engine.Storage.Postgres;
using McpI2V.Engine.Storage.Sql;
using McpI2V.Servers;

namespace McpI2V.Engine.Tests.Storage;

/// <summary>Nodes on one database are told what the others change, instead of looking.</summary>
public sealed class HearingOfChanges
{
    [Fact]
    public async Task A_waiting_call_is_woken_by_what_another_node_writes_while_no_time_passes()
    {
        var (connection, time) = (PostgresServer.Shared.NewLibrary(), new StandingTime());
        using var own = TestDatabase.Reached(connection);
        using var other = TestDatabase.Reached(connection);
        var (here, there) = (new LibraryDatabase(own), new LibraryDatabase(other));
        var queue = new JobQueue(there, new BudgetOptions(), TestDatabase.Lanes, new JobSignal(), TimeProvider.System);
        var (id, _) = queue.Submit(TestDatabase.Paid(1), new Approval(1, 1), fresh: false);
        var signal = new JobSignal(new(() => here));
        signal.Listen();
        await UntilAsync(() => here.IsListening);
        var looks = 0;

        var waiting = new JobWaiter(new JobStore(here, TimeProvider.System), signal, time).WaitAsync(
            "job-1",
            jobs =>
            {
                looks++;
                return [jobs.Get(id)];
            },
            TimeSpan.FromMinutes(1),
            _ => Task.CompletedTask,
            CancellationToken.None);
        Assert.False(waiting.IsCompleted);
        new JobStore(there, TimeProvider.System).RequestCancel(id);

        Assert.Equal(JobState.Canceled, (await waiting)[0].State);
        // One that listens is told once that it does.
        Assert.InRange(looks, 2, 3);
    }

    [Fact]
    public async Task A_change_is_told_to_every_node_and_a_beat_to_none()
    {
        var connection = PostgresServer.Shared.NewLibrary();
        using var own = TestDatabase.Reached(connection);
        using var other = TestDatabase.Reached(connection);
        var (here, there) = (new LibraryDatabase(own), new LibraryDatabase(other));
        var heard = 0;
        here.Listen(() => Interlocked.Increment(ref heard));
        await UntilAsync(() => here.IsListening && heard > 0);
        foreach (var (database, node) in new[] { (here, "own"), (there, "other") })
        {
            var (before, version) = (heard, here.Version());
            new TermStore(database).Enter(node, node);
            await UntilAsync(() => heard > before);
            Assert.NotEqual(version, here.Version());
        }

        var (told, known) = (heard, here.Version());
        new TermStore(here).Beat("own");
        new TermStore(there).Beat("other");
        Assert.Equal(known, here.Version());
        new PostgresDocuments(there).Write("any", "1"u8);
        await UntilAsync(() => here.Version() != known);

        // What is told comes in order: a beat would have been told before.
        Assert.Equal(told + 1, heard);
    }

    [Fact]
    public async Task A_line_that_breaks_is_opened_again_and_what_was_missed_counts_as_changed()
    {
        var connection = PostgresServer.Shared.NewLibrary();
        using var own = TestDatabase.Reached(connection + ";Application Name=heard");
        using var other = TestDatabase.Reached(connection);
        var database = new LibraryDatabase(own);
        database.Listen(() => { });
        await UntilAsync(() => database.IsListening);
        var before = database.Version();

        new LibraryDatabase(other).Read(s => s.Number(
            "SELECT COUNT(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE application_name = 'heard'"));
        await UntilAsync(() => database.Version() is { } now && now != before);

        before = database.Version();
        new TermStore(new LibraryDatabase(other)).Enter("other", "other");
        await UntilAsync(() => database.Version() != before);
    }

    [Fact]
    public async Task Whether_a_shared_document_was_written_is_asked_only_after_a_change()
    {
        var connection = PostgresServer.Shared.NewLibrary();
        using var own = TestDatabase.Reached(connection);
        using var other = TestDatabase.Reached(connection);
        var (database, there) = (new LibraryDatabase(own), new LibraryDatabase(other));
        var (documents, elsewhere) = (new PostgresDocuments(database), new PostgresDocuments(there));
        elsewhere.Write("any", "1"u8);
        database.Listen(() => { });
        await UntilAsync(() => database.IsListening);
        var before = documents.VersionOf("any");

        // What nobody was told of is not seen: nothing was asked.
        there.WriteUnheard(s => s.Execute("UPDATE documents SET version = version + 1"));
        Assert.Equal(before, documents.VersionOf("any"));
        elsewhere.Write("any", "2"u8);
        await UntilAsync(() => documents.VersionOf("any") == before + 2);
    }

    private static async Task UntilAsync(Func<bool> isSo)
    {
        while (!isSo())
        {
            await Task.Yield();
        }
    }

    // Nothing that waits for time ever goes on.
    private sealed class StandingTime : TimeProvider
    {
        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) => new Stopped();

        public override long GetTimestamp() => 0;

        private sealed class Stopped : ITimer
        {
            public bool Change(TimeSpan dueTime, TimeSpan period) => true;

            public void Dispose()
            {
            }

            public ValueTask DisposeAsync() => ValueTask.CompletedTask;
        }
    }
}
