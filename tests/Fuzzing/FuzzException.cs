namespace McpI2V.Fuzzing;

/// <summary>A parser did what it must not; the message holds the input in base64.</summary>
public sealed class FuzzException(string message, Exception? inner) : Exception(message, inner);
