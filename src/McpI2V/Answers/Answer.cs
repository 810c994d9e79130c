using McpI2V.Answers.Contents;
using McpI2V.Answers.Structured;
using McpI2V.Engine.Library;

namespace McpI2V.Answers;

/// <summary>What a tool answers: words, a structure, pictures to look at, links to files.</summary>
/// <param name="Text">Short: what was made, handles, paths, cost, warnings, what to do next.</param>
/// <param name="Structured">The same for programs.</param>
internal sealed record Answer(string Text, StructuredAnswer Structured)
{
    /// <summary>JPEGs, together at most <see cref="Previews.AnswerBytes"/>.</summary>
    public IReadOnlyList<byte[]> Pictures { get; init; } = [];

    /// <summary>The assets to link.</summary>
    public IReadOnlyList<AssetContent> Links { get; init; } = [];

    /// <summary>True if it tells of an error.</summary>
    public bool IsError { get; init; }

    /// <summary>The same, which also tells how words were understood.</summary>
    public Answer Telling(IReadOnlyList<string> notes) => notes.Count == 0 ? this : this with
    {
        Text = $"{Text}\n{string.Join('\n', notes)}",
        Structured = Structured with { Warnings = [.. Structured.Warnings ?? [], .. notes] },
    };
}
