using System.Globalization;
using McpI2V.Engine.Storage.Files;
using McpI2V.Engine.Storage.Sql;

namespace McpI2V.Engine.Housekeeping;

/// <summary>
/// What was deleted, for thirty days. Files stay where they are as long, so what hangs on them goes on working and a path that was told
/// stays right; then they are removed, unless something that lives needs their bytes. Rows of assets stay, for lineage and cost.
/// </summary>
public sealed class Bin(LibraryDatabase database, MediaStores stores, TimeProvider time)
{
    /// <summary>How long what was deleted can be brought back.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromDays(30);

    private static readonly int[] PreviewSizes = [12, 30, 60, 120];

    /// <summary>Puts items into the bin, all or none.</summary>
    /// <param name="items">What is meant.</param>
    /// <param name="assets">The assets that they stand for.</param>
    /// <param name="isAgreed">True if the user, told what hangs on them, agreed.</param>
    /// <exception cref="I2VException">An open job reads one, or something hangs on one and nobody has agreed.</exception>
    public void Put(IReadOnlyList<LibraryItem> items, IReadOnlyList<LibraryItem> assets, bool isAgreed) => database.Write(s =>
    {
        s.LockForWrite(WriteLock.Bin);
        var handles = assets.Select(a => a.Id).ToHashSet(StringComparer.Ordinal);
        var hanging = WhatHangs.Of(s);
        List<string> busy = [.. hanging.Jobs(handles), .. items.Where(i => i.Kind == ItemKind.Batch).SelectMany(b => OpenJobs(s, b))];
        if (busy.Count > 0)
        {
            throw I2VException.Invalid("items", $"items: in use by jobs that are not done: {string.Join(", ", busy.Distinct().Take(8))}. " +
                "Wait for them (check_job) or call them off (cancel_job), then delete. Nothing was deleted.");
        }
        if (!isAgreed && hanging.On(handles) is { Count: > 0 } hangs)
        {
            throw new I2VException(
                ErrorCode.ApprovalRequired,
                $"Not deleted yet: {string.Join("; ", hangs)}. These stay and go on working. Tell the user; if they agree, call again " +
                    "with value \"yes\", or delete what hangs on it too.",
                "value");
        }
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        foreach (var asset in assets)
        {
            s.Execute(
                "UPDATE assets SET deleted_at = @now WHERE handle = @id AND deleted_at IS NULL",
                ("@now", now),
                ("@id", asset.Id));
        }
        foreach (var item in items.Where(i => i.Kind != ItemKind.Asset))
        {
            Mark(s, item, now);
        }
        return true;
    });

    /// <summary>True if an asset is where it should be: neither deleted nor hidden, so that nothing brings it back.</summary>
    public bool Lacks(LibraryItem item) => item.Kind != ItemKind.Asset || database.Read(s => s.Query(
        "SELECT handle FROM assets WHERE handle = @id AND deleted_at IS NULL AND hidden_at IS NULL",
        r => r.Text("handle"),
        ("@id", item.Id)).Count == 0);

    /// <summary>Takes an item out of the bin, and shows it if it was hidden. False if its file is gone for good.</summary>
    public bool Restore(LibraryItem item) => database.Write(s =>
    {
        s.LockForWrite(WriteLock.Bin);
        if (item.Kind == ItemKind.Asset)
        {
            return s.Execute(
                "UPDATE assets SET deleted_at = NULL, hidden_at = NULL WHERE handle = @id AND purged_at IS NULL",
                ("@id", item.Id)) == 1;
        }
        if (item.Kind == ItemKind.Batch)
        {
            // What went with the batch comes back with it; what had been deleted before does not.
            s.Execute(
                "UPDATE assets SET deleted_at = NULL WHERE purged_at IS NULL AND job IN (SELECT id FROM jobs WHERE batch = @number) " +
                    "AND deleted_at = (SELECT deleted_at FROM batches WHERE id = @number)",
                ("@number", NumberOf(item)));
            s.Execute("UPDATE batches SET hidden_at = NULL WHERE id = @number", ("@number", NumberOf(item)));
        }
        Mark(s, item, null);
        return true;
    });

    /// <summary>Removes for good what has been in the bin for thirty days and nothing needs. Returns how many files.</summary>
    public async Task<int> PurgeAsync(CancellationToken cancellationToken)
    {
        var due = (time.GetUtcNow() - Kept).ToUnixTimeMilliseconds();
        // Marked before its file goes: what is cut off here is found by its mark the next time.
        var going = database.Write(s =>
        {
            s.LockForWrite(WriteLock.Bin);
            s.Execute("DELETE FROM elements WHERE deleted_at <= @due", ("@due", due));
            s.Execute("DELETE FROM presets WHERE deleted_at <= @due", ("@due", due));
            var old = s.Query(
                "SELECT handle FROM assets WHERE deleted_at <= @due AND purged_at IS NULL",
                r => r.Text("handle"),
                ("@due", due));
            if (old.Count > 0)
            {
                foreach (var handle in WhatHangs.Of(s).Free(old))
                {
                    s.Execute("UPDATE assets SET purged_at = 0 WHERE handle = @handle", ("@handle", handle));
                }
            }
            return s.Query("SELECT handle, file FROM assets WHERE purged_at = 0", r => (Handle: r.Text("handle"), File: r.Text("file")));
        });
        foreach (var (handle, file) in going)
        {
            // A row is only believed of places that are ours.
            if (stores.Assets.Holds(file))
            {
                await stores.Assets.DeleteAsync(file, cancellationToken);
                await stores.Assets.DeleteAsync(MediaNames.SubtitlesOf(file), cancellationToken);
            }
            foreach (var size in PreviewSizes)
            {
                await stores.Previews.DeleteAsync(string.Create(CultureInfo.InvariantCulture, $"{handle}-{size}.jpg"), cancellationToken);
            }
            await stores.Previews.DeleteAsync($"{handle}.look", cancellationToken);
            database.Write(s => s.Execute(
                "UPDATE assets SET purged_at = @now WHERE handle = @handle",
                ("@now", time.GetUtcNow().ToUnixTimeMilliseconds()),
                ("@handle", handle)));
        }
        return going.Count;
    }

    private static IEnumerable<string> OpenJobs(SqlSession session, LibraryItem batch) => session.Query(
        "SELECT id FROM jobs WHERE batch = @batch AND state NOT IN ('succeeded', 'failed', 'canceled')",
        r => Jobs.Job.NameOf(r.Number("id")),
        ("@batch", NumberOf(batch)));

    private static void Mark(SqlSession session, LibraryItem item, long? when)
    {
        if (item.Kind == ItemKind.Batch)
        {
            session.Execute("UPDATE batches SET deleted_at = @when WHERE id = @number", ("@when", when), ("@number", NumberOf(item)));
            return;
        }
        session.Execute(
            item.Kind == ItemKind.Element
                ? "UPDATE elements SET deleted_at = @when WHERE name = @id"
                : "UPDATE presets SET deleted_at = @when WHERE name = @id",
            ("@when", when),
            ("@id", item.Id));
    }

    private static long NumberOf(LibraryItem batch) => long.Parse(batch.Id, CultureInfo.InvariantCulture);
}
