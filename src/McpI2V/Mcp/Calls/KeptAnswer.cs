using McpI2V.Answers;

namespace McpI2V.Mcp.Calls;

/// <summary>An answer, and the JSON that was sent of it.</summary>
/// <param name="Version">The library's version that it was made of.</param>
/// <param name="Answer">The answer.</param>
/// <param name="Json">As <see cref="ComposedAnswer"/> wrote it.</param>
internal sealed record KeptAnswer(long Version, Answer Answer, byte[] Json)
{
    /// <summary>The files that it links and that were there when it was made.</summary>
    public IReadOnlyList<string> Files { get; } = [.. Answer.Links.Select(l => l.Path).Where(File.Exists)];
}
