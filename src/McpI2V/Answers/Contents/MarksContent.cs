using McpI2V.Answers.Writing;
using McpI2V.Engine.Library;

namespace McpI2V.Answers.Contents;

/// <summary>What people have said of an asset, for programs.</summary>
internal sealed record MarksContent
{
    /// <summary>True if it was starred.</summary>
    [Core]
    public bool? Starred { get; init; }

    /// <summary>keep or reject, if it was judged.</summary>
    public string? Verdict { get; init; }

    /// <summary>A note of the user's.</summary>
    public string? Note { get; init; }

    /// <summary>True if lists leave it out.</summary>
    public bool? Hidden { get; init; }

    /// <summary>True if it is in the bin, or was.</summary>
    public bool? Deleted { get; init; }

    /// <summary>Marks; null if there are none.</summary>
    public static MarksContent? FromMarks(AssetMarks marks) => marks == AssetMarks.None ? null : new()
    {
        Starred = marks.IsStarred ? true : null,
        Verdict = marks.Verdict,
        Note = marks.Note,
        Hidden = marks.HiddenAt is null ? null : true,
        Deleted = marks.DeletedAt is null ? null : true,
    };
}
