using McpI2V.Engine.Library;
using McpI2V.Engine.Storage.LocalFiles;
using McpI2V.Media;
using McpI2V.Media.Sound.Beats;

namespace McpI2V.Engine.Sound;

/// <summary>The beats of sounds in the library.</summary>
public sealed class BeatGrids(MediaLibrary library, WorkFolders work, BeatListener listener)
{
    /// <summary>A sound's beats; null where there are none to be found.</summary>
    /// <exception cref="I2VException">Its file was deleted or can't be decoded.</exception>
    public async Task<BeatGrid?> OfAsync(Asset sound, CancellationToken callCancelled)
    {
        try
        {
            using var folder = work.Create();
            await using var held = library.Hold();
            var source = await held.PlanAsync(files => files.AudioOf(sound), callCancelled);
            return await listener.ListenAsync(source.Path, source.Format, folder.Work(), callCancelled);
        }
        catch (MediaException e)
        {
            throw I2VException.AboutInput(e, "audio", "audio");
        }
    }
}
