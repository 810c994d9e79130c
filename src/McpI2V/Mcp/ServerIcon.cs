using ModelContextProtocol.Protocol;

namespace McpI2V.Mcp;

/// <summary>The server's icon. Tools have none: every client would read them all with the list of tools.</summary>
internal static class ServerIcon
{
    /// <summary>It as SVG, for pages.</summary>
    public const string Svg = "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0,0,9,9'><path d='M1,0v9l8-4z'/></svg>";

    /// <summary>It as a client is told of it.</summary>
    public static Icon Drawn { get; } = new() { Source = "data:image/svg+xml," + Uri.EscapeDataString(Svg) };
}
