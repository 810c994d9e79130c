using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using McpI2V.Engine.Storage.Sql;
using McpI2V.Media;
using McpI2V.Media.Colours;
using McpI2V.Media.Formats;
using McpI2V.Media.Geometry;

namespace McpI2V.Engine.Library;

/// <summary>The rows of assets.</summary>
public sealed class AssetStore(LibraryDatabase database)
{
    // What was made at one moment has an order too, which no database keeps by itself.
    private const string NewestFirst = "ORDER BY created_at DESC, number DESC, kind";

    private const string Columns = "handle, file, mime_type, width, height, orientation, has_alpha, duration_ms, fps, has_audio, bytes, " +
        "sha256, title, parent, seen_before, operation, model, prompt, seed, inputs, master, recipe, checks, cost_micros, job, thread, " +
        "created_at, owner, starred, note, verdict, hidden_at, deleted_at, purged_at, colours, colour_tags";

    /// <summary>The asset with this handle.</summary>
    /// <exception cref="I2VException">There is none (<see cref="ErrorCode.NotFound"/>).</exception>
    public Asset Get(AssetHandle handle, string argument = "handle") => Find(handle) ?? throw new I2VException(
        ErrorCode.NotFound,
        $"{argument} names {handle}, but there is no such asset in this library. find_assets lists what there is. Nothing was spent.",
        argument);

    /// <summary>The asset with this handle; null if there is none.</summary>
    public Asset? Find(AssetHandle handle) =>
        database
            .Read(s => s.Query($"SELECT {Columns} FROM assets WHERE handle = @handle", Map, ("@handle", handle.ToString())))
            .FirstOrDefault();

    /// <summary>The imported or made asset with these bytes; null if there is none.</summary>
    public Asset? FindBySha(string sha256) => database.Read(s => FindBySha(s, sha256));

    /// <summary>The asset whose file has this name in the media folder; null if there is none.</summary>
    public Asset? FindByFile(string file) =>
        database.Read(s => s.Query($"SELECT {Columns} FROM assets WHERE file = @file", Map, ("@file", file))).FirstOrDefault();

    // What was purged has no file any more.
    internal static Asset? FindBySha(SqlSession session, string sha256) =>
        session
            .Query(
                $"SELECT {Columns} FROM assets WHERE sha256 = @sha AND purged_at IS NULL ORDER BY created_at LIMIT 1",
                Map,
                ("@sha", sha256))
            .FirstOrDefault();

    /// <summary>An asset whose bytes somebody brings in again: it is not in the bin any more.</summary>
    internal Asset TakeOutOfBin(Asset asset)
    {
        if (asset.Marks.DeletedAt is null)
        {
            return asset;
        }
        database.Write(s => s.Execute(
            "UPDATE assets SET deleted_at = NULL, hidden_at = NULL WHERE handle = @handle AND purged_at IS NULL",
            ("@handle", asset.Handle.ToString())));
        return Get(asset.Handle);
    }

    /// <summary>Every file that a row names, with what it holds.</summary>
    internal IReadOnlyList<(string Handle, string File, string Sha256)> Files() => database.Read(s => s.Query(
        "SELECT handle, file, sha256 FROM assets WHERE purged_at IS NULL ORDER BY kind, number",
        r => (r.Text("handle"), r.Text("file"), r.Text("sha256"))));

    /// <summary>What a job made and is not in the bin, in order.</summary>
    public IReadOnlyList<Asset> OfJob(long job) =>
        database.Read(s => s.Query(
            $"SELECT {Columns} FROM assets WHERE job = @job AND deleted_at IS NULL ORDER BY number",
            Map,
            ("@job", job)));

    /// <summary>What a query asks for, newest first. What is hidden or in the bin is not shown.</summary>
    public IReadOnlyList<Asset> Search(AssetQuery query) => database.Read(s => s.Query(
        $"SELECT {Columns} FROM assets WHERE {Conditions(s, query)} {NewestFirst} LIMIT @limit OFFSET @offset",
        Map,
        Parameters(query)));

    /// <summary>How many assets a query asks for, whatever its limit.</summary>
    public long Count(AssetQuery query) =>
        database.Read(s => s.Number($"SELECT COUNT(*) FROM assets WHERE {Conditions(s, query)}", Parameters(query)) ?? 0);

    /// <summary>Handles that begin with a text, newest first, for completion.</summary>
    public IReadOnlyList<string> HandlesStartingWith(string prefix, int limit) => database.Read(s => s.Query(
        $"SELECT handle FROM assets WHERE deleted_at IS NULL AND handle {s.Dialect.Like} @prefix || '%' ESCAPE '\\' {NewestFirst} " +
            "LIMIT @limit",
        r => r.Text("handle"),
        ("@prefix", SqlDialect.Literally(prefix)),
        ("@limit", limit)));

    /// <summary>How many assets there are.</summary>
    public long Count() => database.Read(s => s.Number("SELECT COUNT(*) FROM assets") ?? 0);

    /// <summary>Takes the next number of a kind; a number is never given twice: the statement itself holds the row it counts on.</summary>
    internal static AssetHandle NextHandle(SqlSession session, MediaKind kind) => new(
        kind,
        (int)session.Number(
            "INSERT INTO numbers (kind, last) VALUES (@kind, 1) ON CONFLICT (kind) DO UPDATE SET last = numbers.last + 1 RETURNING last",
            ("@kind", SnakeCase.From(kind)))!.Value);

    /// <summary>Adds an asset's row.</summary>
    internal static void Insert(SqlSession session, Asset asset) => session.Execute(
        """
        INSERT INTO assets (handle, file, mime_type, width, height, orientation, has_alpha, duration_ms, fps, has_audio, bytes, sha256, title, parent,
          seen_before, operation, model, prompt, seed, inputs, master, recipe, checks, cost_micros, job, thread, created_at, kind, number, owner, texts, colours, colour_tags) VALUES (@handle, @file, @mime, @width, @height, @orientation, @alpha, @duration, @fps, @audio,
          @bytes, @sha, @title, @parent, @before, @operation, @model, @prompt, @seed, @inputs, @master, @recipe, @checks, @cost, @job, @thread, @created, @kind, @number, @owner, @texts, @colours, @tags)
        """,
        ("@handle", asset.Handle.ToString()),
        ("@file", asset.File),
        ("@mime", asset.Format.MimeType),
        ("@width", asset.Size.Width),
        ("@height", asset.Size.Height),
        ("@orientation", asset.Orientation),
        ("@alpha", asset.HasAlpha ? 1 : 0),
        ("@duration", (long)Math.Round(asset.Duration.TotalMilliseconds)),
        ("@fps", asset.FramesPerSecond),
        ("@audio", asset.HasAudio ? 1 : 0),
        ("@bytes", asset.Bytes),
        ("@sha", asset.Sha256),
        ("@title", asset.Title),
        ("@parent", asset.Parent?.ToString()),
        ("@before", asset.Before?.ToString()),
        ("@operation", asset.Operation),
        ("@model", asset.Model),
        ("@prompt", asset.Prompt),
        ("@seed", asset.Seed),
        ("@inputs", JsonSerializer.Serialize([.. asset.Inputs], LibraryJson.Default.StringArray)),
        ("@master", asset.Master?.ToString()),
        ("@recipe", asset.Recipe.ToJsonString()),
        ("@checks", JsonSerializer.Serialize([.. asset.Checks], LibraryJson.Default.CheckArray)),
        ("@cost", SqlRow.Micros(asset.CostUsd)),
        ("@job", asset.Job),
        ("@thread", asset.Thread),
        ("@created", asset.CreatedAt.ToUnixTimeMilliseconds()),
        ("@kind", SnakeCase.From(asset.Handle.Kind)),
        ("@number", asset.Handle.Number),
        ("@owner", asset.Owner),
        ("@texts", string.Join(' ', RecipeTexts.Of(asset.Recipe))),
        ("@colours", asset.Colours is { } colours ? ColourShare.Write(colours) : null),
        ("@tags", asset.Tags.Write()));

    // Of a batch what it is for: not the masters and stills that its variants are made of.
    // A word is found in an asset, or in what it was made from, however far back. Looked for row by row, newest first: whoever asks for
    // twenty is not kept waiting for all that a large library has.
    private static string Conditions(SqlSession session, AssetQuery query)
    {
        var text = new StringBuilder(
            """
            (CAST(@kind AS TEXT) IS NULL OR kind = @kind)
              AND (CAST(@parent AS TEXT) IS NULL OR parent = @parent OR master = @parent)
              AND (CAST(@batch AS BIGINT) IS NULL OR job IN (SELECT id FROM jobs WHERE batch = @batch AND (variant IS NOT NULL
                OR id NOT IN (SELECT after FROM jobs WHERE batch = @batch AND after IS NOT NULL))))
              AND (CAST(@since AS BIGINT) IS NULL OR created_at >= @since)
              AND (CAST(@until AS BIGINT) IS NULL OR created_at < @until)
            """);
        text.Append(query.InBin
            ? " AND (deleted_at IS NOT NULL OR hidden_at IS NOT NULL) AND purged_at IS NULL"
            : " AND deleted_at IS NULL AND hidden_at IS NULL");
        text.Append(query.OnlyStarred ? " AND starred = 1" : "");
        for (var i = 0; i < query.Words.Count; i++)
        {
            var pattern = string.Create(null, $"{session.Dialect.Like} '%' || @word{i} || '%' ESCAPE '\\'");
            text.Append(null,
                $"""
                 AND ({Words("assets")} {pattern} OR EXISTS (
                  WITH RECURSIVE origin (handle) AS (
                    SELECT assets.parent UNION SELECT older.parent FROM assets older JOIN origin ON older.handle = origin.handle)
                  SELECT 1 FROM origin JOIN assets older ON older.handle = origin.handle WHERE {Words("older")} {pattern}))
                """);
        }
        return text.ToString();
    }

    private static string Words(string table) =>
        $"{table}.handle || ' ' || {table}.title || ' ' || {table}.operation || ' ' || COALESCE({table}.prompt, '') || ' ' || " +
            $"COALESCE({table}.model, '') || ' ' || COALESCE({table}.note, '') || ' ' || {table}.texts";

    private static (string, object?)[] Parameters(AssetQuery query) =>
    [
        ("@kind", query.Kind is { } kind ? SnakeCase.From(kind) : null),
        ("@parent", query.Parent?.ToString()),
        ("@batch", query.Batch),
        ("@since", query.Since?.ToUnixTimeMilliseconds()),
        ("@until", query.Until?.ToUnixTimeMilliseconds()),
        ("@limit", query.Limit),
        ("@offset", query.Offset),
        .. query.Words.Select((word, i) => (string.Create(null, $"@word{i}"), (object?)SqlDialect.Literally(word.Trim()))),
    ];

    private static AssetHandle? Handle(string? text) => AssetHandle.TryParse(text, out var handle) ? handle : null;

    private static Asset Map(SqlRow row) => new()
    {
        Handle = Handle(row.Text("handle"))!.Value,
        File = row.Text("file"),
        Format = MediaFormat.OfMimeType(row.Text("mime_type")),
        Size = new PixelSize((int)row.Number("width"), (int)row.Number("height")),
        Orientation = (int)row.Number("orientation"),
        HasAlpha = row.Flag("has_alpha"),
        Duration = TimeSpan.FromMilliseconds(row.Number("duration_ms")),
        FramesPerSecond = row.Real("fps"),
        HasAudio = row.Flag("has_audio"),
        Bytes = row.Number("bytes"),
        Sha256 = row.Text("sha256"),
        Title = ForeignText.Line(row.Text("title")),
        Parent = Handle(row.TextOrNull("parent")),
        Before = Handle(row.TextOrNull("seen_before")),
        Operation = row.Text("operation"),
        Model = row.TextOrNull("model"),
        Prompt = row.TextOrNull("prompt"),
        Seed = row.NumberOrNull("seed"),
        Inputs = JsonSerializer.Deserialize(row.Text("inputs"), LibraryJson.Default.StringArray)!,
        Master = Handle(row.TextOrNull("master")),
        Recipe = JsonNode.Parse(row.Text("recipe"))!.AsArray(),
        Checks = JsonSerializer.Deserialize(row.Text("checks"), LibraryJson.Default.CheckArray)!,
        CostUsd = row.Usd("cost_micros"),
        Job = row.NumberOrNull("job"),
        Thread = row.TextOrNull("thread"),
        CreatedAt = row.Time("created_at"),
        Owner = row.Text("owner"),
        Colours = ColourShare.Read(row.TextOrNull("colours")),
        Tags = ColourTags.Read(row.TextOrNull("colour_tags")),
        Marks = new AssetMarks
        {
            IsStarred = row.Flag("starred"),
            Note = row.TextOrNull("note"),
            Verdict = row.TextOrNull("verdict"),
            HiddenAt = row.TimeOrNull("hidden_at"),
            DeletedAt = row.TimeOrNull("deleted_at"),
            IsPurged = row.NumberOrNull("purged_at") is not null,
        },
    };
}
