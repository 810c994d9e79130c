using System.Text.Json;
using McpI2V.Media.Processes;
using McpI2V.Media.Text.Native;

namespace McpI2V.Media.Text.Setting;

/// <summary>
/// Has text drawn. Pango, HarfBuzz and FreeType are C that reads typefaces and anybody's words: they run in a process of their own, with
/// the bounds and without the network of ffmpeg's, so that a fault in them costs a text its looks and not the server its life. Starting
/// the process takes a tenth of a second.
/// </summary>
public sealed class TextDrawer(DrawingProgram program)
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(5);
    private static readonly ChildLimits Limits = new(3_000_000_000, 8_000_000_000);

    /// <summary>The library that is missing for drawing text; null if none is.</summary>
    public static string? Missing => TypographyLibraries.Missing;

    /// <summary>Draws an order.</summary>
    /// <param name="order">What is to be set.</param>
    /// <param name="work">Where the layer goes, and where the small pictures are.</param>
    /// <param name="cancellationToken">Ends the drawing.</param>
    /// <returns>What was set; null if it can't be done here, so that ffmpeg's own text has to do.</returns>
    public async Task<TextResult?> DrawAsync(TextOrder order, MediaWork work, CancellationToken cancellationToken)
    {
        if (Missing is not null)
        {
            return null;
        }
        order = order with { Fonts = program.Fonts };
        if (program.FileName is not { } file)
        {
            return await Task.Run(() => TextLayers.Draw(order, work.Folder), cancellationToken);
        }
        var name = order.Output + ".json";
        var written = JsonSerializer.SerializeToUtf8Bytes(order, TextJson.Default.TextOrder);
        await File.WriteAllBytesAsync(work.At(name), written, cancellationToken);
        var ended = await ChildProcess.RunAsync(
            new ChildProcessRequest
            {
                FileName = file,
                Arguments = [.. program.Arguments, name],
                WorkingDirectory = work.Folder,
                Limits = Limits,
                Timeout = Longest,
            },
            cancellationToken);
        var answer = work.At(name + ".done");
        return ended.ExitCode == 0 && File.Exists(answer)
            ? JsonSerializer.Deserialize(await File.ReadAllBytesAsync(answer, cancellationToken), TextJson.Default.TextResult)
            : null;
    }

    /// <summary>What the process does that is started for an order: it reads the file and writes the answer beside it.</summary>
    public static void Answer(string orderFile)
    {
        var order = JsonSerializer.Deserialize(File.ReadAllBytes(orderFile), TextJson.Default.TextOrder)
            ?? throw new MediaException(MediaFault.Unreadable, "the order is empty");
        var result = TextLayers.Draw(order, Path.GetDirectoryName(Path.GetFullPath(orderFile))!);
        File.WriteAllBytes(orderFile + ".done", JsonSerializer.SerializeToUtf8Bytes(result, TextJson.Default.TextResult));
    }
}
