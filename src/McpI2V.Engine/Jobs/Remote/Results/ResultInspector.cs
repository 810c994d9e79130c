using System.Globalization;
using McpI2V.Engine.Catalogue;
using McpI2V.Engine.Library;
using McpI2V.Engine.Library.Checking;
using McpI2V.Engine.Providers;
using McpI2V.Media;
using McpI2V.Media.Formats;
using McpI2V.Media.Probing;
using McpI2V.Media.Processes;

namespace McpI2V.Engine.Jobs.Remote.Results;

/// <summary>
/// Examines what a provider delivered and makes it ready for the library. Duration alone proves nothing: kind, structure and packets are
/// checked.
/// </summary>
internal sealed class ResultInspector(MediaProbe probe, ClipChecks checks, MediaLibrary library, ProcessPlaces places)
{
    private const double DurationTolerance = 0.25;
    private const double SameRatio = 0.03;

    /// <summary>The result as a file for the library.</summary>
    /// <exception cref="MediaException">It is cut short or can't be decoded (<see cref="MediaFault.Unreadable"/>), is whole and of another
    /// kind (<see cref="MediaFault.OutOfRange"/>), or could not be examined.</exception>
    public Task<ProducedFile> ExamineAsync(
        Job job,
        GenerationOrder order,
        RemoteStatus status,
        RemoteOutput output,
        string path,
        MediaWork work,
        CancellationToken cancellationToken) =>
        places.TogetherAsync(() => LookAsync(job, order, status, output, path, work, cancellationToken), cancellationToken);

    private async Task<ProducedFile> LookAsync(
        Job job,
        GenerationOrder order,
        RemoteStatus status,
        RemoteOutput output,
        string path,
        MediaWork work,
        CancellationToken cancellationToken)
    {
        var format = FormatSniffer.Sniff(await FormatSniffer.HeadOfAsync(path, cancellationToken));
        if (format.Kind != output.Kind)
        {
            throw new MediaException(MediaFault.OutOfRange, $"it is {format.Name}, and a {SnakeCase.From(output.Kind)} was expected");
        }
        var request = JobRequests.Of(job, library);
        var inputs = request.Inputs.All;
        var file = new ProducedFile
        {
            Path = path,
            Format = format,
            Size = default,
            Title = job.Title,
            Operation = OperationOf(order.Capability),
            Parent = inputs.Count > 0 && AssetHandle.TryParse(inputs[0], out var parent) ? parent : null,
            Before = AssetHandle.TryParse(request.Before, out var before) ? before : null,
            Inputs = inputs,
            Prompt = order.Prompt,
            Seed = status.Seed ?? order.Seed,
            Thread = status.Thread,
            Subtitles = File.Exists(RemoteOutput.WordsBeside(path)) ? RemoteOutput.WordsBeside(path) : null,
        };
        if (format.Kind == MediaKind.Still)
        {
            var still = await probe.StillAsync(path, format, work, cancellationToken);
            return file with
            {
                Size = still.Size,
                HasAlpha = still.HasAlpha,
                Checks = StillAdvice.Checks(still),
                Colours = still.Colours,
            };
        }
        var clip = await probe.ClipAsync(path, format, cancellationToken);
        return file with
        {
            Size = clip.Size,
            Duration = clip.Duration,
            FramesPerSecond = clip.FramesPerSecond,
            HasAudio = clip.AudioCodec is not null,
            Tags = clip.Tags,
            Checks = format.Kind == MediaKind.Clip ? await ChecksAsync(order, file, clip, work, cancellationToken) : [],
        };
    }

    private async Task<IReadOnlyList<Check>> ChecksAsync(
        GenerationOrder order,
        ProducedFile file,
        ClipFacts clip,
        MediaWork work,
        CancellationToken cancellationToken)
    {
        var found = await checks.LookAsync(file.Path, file.Format, clip, work, cancellationToken);
        var isSilent = order.Settings.NativeAudio && (clip.AudioCodec is null || found?.IsSilent == true);
        List<Check> all = [LengthCheck(order, clip.Duration), .. OrderChecks.Of(order, clip, isSilent)];
        if (found is null)
        {
            return all;
        }
        all.AddRange(ClipChecks.Judge(found, clip, shouldMove: true));
        if (order.Capability == Capability.ImageToVideo
            && file.Parent is { Kind: MediaKind.Still } handle
            && library.Assets.Find(handle) is { } still
            && Math.Abs((still.Size.Ratio / clip.Size.Ratio) - 1) <= SameRatio
            && await checks.OfLikenessAsync(still, found, work, cancellationToken) is { } likeness)
        {
            all.Add(likeness);
        }
        return all;
    }

    private static Check LengthCheck(GenerationOrder order, TimeSpan duration)
    {
        var wanted = order.Settings.DurationSeconds;
        var off = wanted > 0 ? Math.Abs(duration.TotalSeconds - wanted) : 0;
        var ok = wanted <= 0 || order.Capability != Capability.ImageToVideo || off <= Math.Max(0.5, wanted * DurationTolerance);
        return new Check(
            "duration",
            ok,
            Math.Round(duration.TotalSeconds, 3),
            wanted,
            ok
                ? null
                : string.Create(CultureInfo.InvariantCulture, $"it lasts {duration.TotalSeconds:0.#} s, though {wanted:0.#} s " +
                    $"were ordered and paid. edit_clip can slow or loop it for free; ordering again costs again"));
    }

    private static string OperationOf(Capability capability) => capability switch
    {
        Capability.TextToImage or Capability.ImageEdit => "generate",
        Capability.ImageToVideo or Capability.LipSync => "animate",
        Capability.TextToSpeech => "speak",
        Capability.SoundEffect or Capability.Music => "sound",
        Capability.SpeechToText => "transcribe",
        Capability.Dubbing => "dub",
        Capability.Upscale => "upscale",
        Capability.VideoExtend => "extend",
        _ => "edit",
    };
}
