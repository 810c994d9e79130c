using McpI2V.Engine.Library;
using McpI2V.Engine.Storage.Files;
using McpI2V.Engine.Storage.LocalFiles;

namespace McpI2V.Engine.Moving;

/// <summary>
/// Copies a library's files to another store, and reads each back: it has arrived if it holds there what its row says. What has arrived
/// before is not sent again. The files here stay.
/// </summary>
public sealed class MediaMove(AssetStore assets, IMediaStore from, IMediaStore to, WorkFolders work)
{
    /// <summary>Copies them.</summary>
    /// <param name="each">Told after each file: how many of how many have arrived.</param>
    /// <param name="cancellationToken">Ends it; the next goes on from there.</param>
    /// <exception cref="I2VException">The store refuses, or does not answer.</exception>
    public async Task<MediaMoved> MoveAsync(Action<int, int> each, CancellationToken cancellationToken)
    {
        var files = assets.Files();
        List<string> faults = [];
        var (sent, before) = (0, 0);
        foreach (var (handle, file, sha) in files)
        {
            if (!to.Holds(file) || !from.Holds(file))
            {
                faults.Add($"{handle}: its row names a file that can be none of the library");
            }
            else if (await to.Sha256Async(file, cancellationToken) == sha)
            {
                before++;
            }
            else if (!await CopyAsync(file, cancellationToken))
            {
                faults.Add($"{handle}: {file} is missing");
            }
            else
            {
                sent++;
                if (await to.Sha256Async(file, cancellationToken) != sha)
                {
                    var isWellHere = await from.Sha256Async(file, cancellationToken) == sha;
                    var what = isWellHere ? "did not arrive as it was" : "holds something else than was put there";
                    faults.Add($"{handle}: {file} {what}");
                }
            }
            if (MediaNames.SubtitlesOf(file) is var words && from.Holds(words))
            {
                await CopyAsync(words, cancellationToken);
            }
            each(sent + before + faults.Count, files.Count);
        }
        return new MediaMoved(sent, before, faults);
    }

    // A store takes the file over that it is given. False: there is none.
    private async Task<bool> CopyAsync(string file, CancellationToken cancellationToken)
    {
        using var folder = work.Create();
        await using var held = await from.OpenAsync(file, cancellationToken);
        if (held is null)
        {
            return false;
        }
        var copy = Path.Combine(folder.Path, Path.GetFileName(file));
        File.Copy(held.Path, copy);
        await to.PublishAsync(copy, file, cancellationToken);
        return true;
    }
}

/// <summary>What was copied.</summary>
/// <param name="Sent">How many files were sent now.</param>
/// <param name="Before">How many had arrived before.</param>
/// <param name="Faults">Files that are missing or damaged.</param>
public sealed record MediaMoved(int Sent, int Before, IReadOnlyList<string> Faults);
