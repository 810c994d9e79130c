using McpI2V.Engine;
using McpI2V.Media.Text.Setting;

namespace McpI2V.Hosting;

/// <summary>The process in which text is drawn, for a render that starts it.</summary>
internal static class DrawingProcess
{
    /// <summary>What it is started with.</summary>
    public const string Verb = "draw";

    /// <summary>How it is started: as a program of its own, or as a library that dotnet runs.</summary>
    public static DrawingProgram Program(LibraryOptions library)
    {
        var program = Environment.ProcessPath!;
        var isHost = Path.GetFileNameWithoutExtension(program).Equals("dotnet", StringComparison.OrdinalIgnoreCase);
        return new DrawingProgram(
            program,
            isHost ? [Path.Combine(AppContext.BaseDirectory, "mcp-i2v.dll"), Verb] : [Verb],
            Path.Combine(library.Home, "fonts"));
    }

    /// <summary>Draws one order and ends.</summary>
    public static int Run(string order)
    {
        TextDrawer.Answer(order);
        return 0;
    }
}
