namespace McpI2V.EndToEnd;

/// <summary>What a process writes to its standard error, to be looked at while it comes.</summary>
internal sealed class StandardError
{
    private readonly List<string> lines = [];
    private readonly Task read;

    public StandardError(TextReader reader) => read = ReadAsync(reader);

    public bool Holds(string words)
    {
        lock (lines)
        {
            return lines.Any(l => l.Contains(words, StringComparison.Ordinal));
        }
    }

    /// <summary>Everything, once the process has ended.</summary>
    public async Task<string> WholeAsync()
    {
        await read;
        return string.Join('\n', lines);
    }

    private async Task ReadAsync(TextReader reader)
    {
        while (await reader.ReadLineAsync() is { } line)
        {
            lock (lines)
            {
                lines.Add(line);
            }
        }
    }
}
