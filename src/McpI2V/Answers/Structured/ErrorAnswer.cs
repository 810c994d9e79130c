namespace McpI2V.Answers.Structured;

/// <summary>Nothing but an error.</summary>
internal sealed record ErrorAnswer : StructuredAnswer;
