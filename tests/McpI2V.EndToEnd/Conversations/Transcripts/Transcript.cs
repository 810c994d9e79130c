namespace McpI2V.EndToEnd.Conversations.Transcripts;

/// <summary>A conversation from the user's sentence to its end.</summary>
/// <param name="Number">Its number among the asks, or a letter and a number.</param>
/// <param name="Sentence">What the user says.</param>
/// <param name="Turns">The calls, in order.</param>
/// <param name="Verdict">How it ended.</param>
/// <param name="Ideal">The fewest calls that it needs.</param>
internal sealed record Transcript(string Number, string Sentence, IReadOnlyList<Turn> Turns, string Verdict, int Ideal)
{
    /// <summary>The line over it.</summary>
    public string Heading => $"## {Number}. {Sentence}";

    /// <summary>How many calls the assistant made of it.</summary>
    public int Calls => Turns.Count(t => !t.IsBefore);
}
