namespace McpI2V.EndToEnd.Conversations.Transcripts;

/// <summary>A call and what was answered.</summary>
/// <param name="Tool">The tool.</param>
/// <param name="Arguments">What it was called with, as JSON.</param>
/// <param name="Answer">The answer's text.</param>
/// <param name="IsBefore">True for what had been made before the sentence was said.</param>
internal sealed record Turn(string Tool, string Arguments, string Answer, bool IsBefore);
