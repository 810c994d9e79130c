using McpI2V.Engine.Library;
using McpI2V.Media;
using McpI2V.Media.Formats;
using McpI2V.Media.Sound;

namespace McpI2V.Engine.Generation;

/// <summary>What is heard in a clip as it is seen: all that is sent of it where a model listens, and what its words lie beside.</summary>
public sealed class HeardSound(MediaLibrary library, ClipSound sounds)
{
    /// <summary>What it is written as.</summary>
    public static MediaFormat Format => MediaFormat.M4a;

    /// <summary>Writes it.</summary>
    /// <param name="clip">The clip.</param>
    /// <param name="path">Where it goes.</param>
    /// <param name="work">Where the program that does it works.</param>
    /// <param name="jobCancelled">Ends it.</param>
    /// <exception cref="I2VException">The clip's file was deleted.</exception>
    /// <exception cref="MediaException">It has no sound that can be read.</exception>
    public async Task WriteAsync(Asset clip, string path, MediaWork work, CancellationToken jobCancelled)
    {
        await using var held = library.Hold();
        var source = await held.PlanAsync(files => files.AudioOf(clip), jobCancelled);
        await sounds.WriteAsync(source.Path, source.Format, path, work, jobCancelled);
    }
}
