using ModelContextProtocol;

namespace McpI2V.Commands;

/// <summary>Shows progress in one line of a terminal, or in a few lines of a log.</summary>
internal sealed class ConsoleBar
{
    private const int Width = 28;
    private readonly Lock gate = new();
    private int shown = -1;
    private bool ended;

    /// <summary>Shows how far it is.</summary>
    public void Show(ProgressNotificationValue value)
    {
        lock (gate)
        {
            var filled = (int)Math.Round(Math.Clamp(value.Progress, 0, 1) * Width);
            if (ended || filled <= shown || (Console.IsOutputRedirected && filled < shown + (Width / 4)))
            {
                return;
            }
            shown = filled;
            var line = $"           [{new string('#', filled)}{new string('.', Width - filled)}] {value.Message}";
            Console.Write(Console.IsOutputRedirected ? line + "\n" : "\r" + line.PadRight(100)[..100]);
        }
    }

    /// <summary>Ends the line.</summary>
    public void End()
    {
        lock (gate)
        {
            ended = true;
            if (shown >= 0 && !Console.IsOutputRedirected)
            {
                Console.WriteLine();
            }
        }
    }
}
