using System.Globalization;

namespace McpI2V.Engine.Batches;

/// <summary>A named set of jobs from one matrix.</summary>
/// <param name="Id">Its number; <c>batch-2</c> is 2.</param>
/// <param name="Title">What the user calls it.</param>
/// <param name="Matrix">The axes, as JSON.</param>
/// <param name="CreatedAt">When it was asked for.</param>
/// <param name="Request">The arguments that it was asked for with, as JSON with handles for what they refer to; null where they were not
/// kept.</param>
public sealed record Batch(long Id, string Title, string Matrix, DateTimeOffset CreatedAt, string? Request = null)
{
    /// <summary>True if it was starred.</summary>
    public bool IsStarred { get; init; }

    /// <summary>A note; null: none.</summary>
    public string? Note { get; init; }

    /// <summary>Its name in the public face.</summary>
    public string Name => NameOf(Id);

    /// <summary>The name of a batch.</summary>
    public static string NameOf(long id) => string.Create(CultureInfo.InvariantCulture, $"batch-{id}");

    /// <summary>Reads <c>batch-2</c>, also inside <c>i2v://batches/</c>.</summary>
    public static bool TryParse(string? text, out long id) => PrefixedId.TryParse(text, "batch-", "i2v://batches/", out id);
}
