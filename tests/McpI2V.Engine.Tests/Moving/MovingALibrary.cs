using McpI2V.Engine.Jobs;
using McpI2V.Engine.Jobs.Lanes;
using McpI2V.Engine.Library;
using McpI2V.Engine.Moving;
using McpI2V.Engine.Spending;
using McpI2V.Engine.Storage.LocalFiles;
using McpI2V.Engine.Storage.Postgres;
using McpI2V.Engine.Storage.Sql;

namespace McpI2V.Engine.Tests.Moving;

/// <summary>An embedded library that moves to a database server with everything that is in it.</summary>
public sealed class MovingALibrary : IDisposable
{
    private readonly TestStudio studio = new(onServer: false);
    private readonly PostgresSource server = TestDatabase.NewLibrary();

    private LibraryDatabase There => new(server);

    private LibraryMove Move => new(
        studio.Test.Options,
        There,
        (new HomeDocuments(studio.Test.Options), new PostgresDocuments(There)),
        MediaFolder.StoresOf(studio.Test.Options).Assets);

    [Fact]
    public async Task Assets_jobs_money_and_documents_are_there_and_work_goes_on()
    {
        var still = await studio.StillAsync(64, 64);
        await studio.AddAsync(still, a => a with { Parent = still.Handle, Title = "a title with 'quotes' and 字" });
        studio.Test.Queue.Submit(TestDatabase.Paid(1.25m), new Approval(null, null), fresh: false);
        new HomeDocuments(studio.Test.Options).Write("a.key", "signed with"u8);
        var assets = studio.Library.Assets.Count();
        var before = studio.Library.Assets.Get(still.Handle).ToString();

        var moved = await Move.MoveAsync(["a.key", "none.key"], CancellationToken.None);

        Assert.Equal((assets, 1, 1), (moved.Rows["assets"], moved.Rows["jobs"], moved.Rows["ledger"]));
        Assert.Equal((0m, 1.25m), (moved.SpentUsd, moved.ReservedUsd));
        Assert.Empty(moved.Faults);
        var there = new AssetStore(There);
        Assert.Equal(before, there.Get(still.Handle).ToString());
        Assert.Equal("a title with 'quotes' and 字", there.Get(new AssetHandle(still.Handle.Kind, 2)).Title);
        Assert.Equal("signed with"u8.ToArray(), new PostgresDocuments(There).Read("a.key"));
        var jobs = new JobStore(There, TimeProvider.System);
        Assert.Equal(1, jobs.TakeNext(new TermStore(There).Begin("vendor", "vendor"), "vendor", 1)?.Id);
        // What comes after has numbers of its own.
        var queue = new Engine.Jobs.Queueing.JobQueue(
            There,
            new BudgetOptions(),
            TestDatabase.Lanes,
            new JobSignal(),
            TimeProvider.System);
        Assert.Equal(2, queue.Submit(TestDatabase.Paid(1, seed: 7), new Approval(null, null), fresh: false).Id);
        Assert.Equal(3, There.Write(s => AssetStore.NextHandle(s, still.Handle.Kind)).Number);
    }

    [Fact]
    public async Task The_file_is_put_aside_so_that_nobody_goes_on_with_jobs_that_have_moved()
    {
        await studio.StillAsync(64, 64);

        await Move.MoveAsync([], CancellationToken.None);

        Assert.False(File.Exists(studio.Test.Options.Database));
        var e = await Assert.ThrowsAsync<I2VException>(() => Move.MoveAsync([], CancellationToken.None));
        Assert.Contains("has moved already", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_move_that_was_cut_off_before_its_end_is_ended_by_the_next()
    {
        await studio.StillAsync(64, 64);
        var first = await Move.MoveAsync([], CancellationToken.None);
        File.Move(Move.PutAside, studio.Test.Options.Database);

        var again = await Move.MoveAsync([], CancellationToken.None);

        Assert.Equal(first.Rows, again.Rows);
    }

    [Fact]
    public async Task Another_library_there_is_left_alone()
    {
        await studio.StillAsync(64, 64);
        new ElementStore(There, TimeProvider.System).Save(new Element("Anna", "a person", []), "local", mayChangeOthers: true);

        var e = await Assert.ThrowsAsync<I2VException>(() => Move.MoveAsync([], CancellationToken.None));

        Assert.Contains("another library already (1 rows)", e.Message, StringComparison.Ordinal);
        Assert.True(File.Exists(studio.Test.Options.Database));
        Assert.Equal(0, new AssetStore(There).Count());
    }

    [Fact]
    public async Task A_file_that_is_missing_or_changed_is_named()
    {
        var (lost, changed) = (await studio.StillAsync(64, 64, "a.png"), await studio.StillAsync(128, 64, "b.png"));
        File.Delete(studio.Library.PathOf(lost));
        await File.AppendAllTextAsync(studio.Library.PathOf(changed), "more");

        var moved = await Move.MoveAsync([], CancellationToken.None);

        Assert.Equal(
            [$"{lost.Handle}: {lost.File} is missing", $"{changed.Handle}: {changed.File} holds something else than was put there"],
            moved.Faults);
    }

    [Fact]
    public async Task A_library_that_a_server_works_on_is_not_moved()
    {
        await studio.StillAsync(64, 64);
        await using var held = new FileStream(
            Path.Combine(studio.Test.Options.Home, ".runner"),
            FileMode.OpenOrCreate,
            FileAccess.ReadWrite,
            FileShare.None);

        var e = await Assert.ThrowsAsync<I2VException>(() => Move.MoveAsync([], CancellationToken.None));

        Assert.Contains("A server still works", e.Message, StringComparison.Ordinal);
        Assert.Equal(0, new AssetStore(There).Count());
    }

    public void Dispose()
    {
        server.Dispose();
        studio.Dispose();
    }
}
