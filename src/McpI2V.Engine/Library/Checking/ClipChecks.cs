using System.Globalization;
using McpI2V.Media;
using McpI2V.Media.Examining;
using McpI2V.Media.Formats;
using McpI2V.Media.Probing;

namespace McpI2V.Engine.Library.Checking;

/// <summary>Looks at a finished clip before a person does, and says what is broken in it. It never holds a clip back.</summary>
public sealed class ClipChecks(ClipExaminer examiner, MediaLibrary library)
{
    // A quarter of a second without a picture is seen as a fault, less as a cut.
    private const double BlackSeconds = 0.25;
    private const double FrozenSeconds = 1;

    // A lamp that flickers in a photographed clip stays below half of it.
    private const double MostFlicker = 0.006;
    private const double SoftestLufs = -30;
    private const double HighestPeakDb = 0;

    // The same product turned or lit otherwise stays above it, another product does not.
    private const double LeastLikeness = 0.5;
    private const string Loudness = "loudness";
    private const string TruePeak = "true_peak";
    private volatile LastSquare? last;

    /// <summary>What is found in a clip; null where it can't be looked at, for it is made, and perhaps paid.</summary>
    /// <param name="path">Where it lies.</param>
    /// <param name="format">Its format.</param>
    /// <param name="facts">What probing told.</param>
    /// <param name="work">Where the looking works.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<ClipFindings?> LookAsync(
        string path,
        MediaFormat format,
        ClipFacts facts,
        MediaWork work,
        CancellationToken cancellationToken)
    {
        try
        {
            return await examiner.ExamineAsync(path, format, facts, work, cancellationToken);
        }
        catch (MediaException)
        {
            return null;
        }
    }

    /// <summary>The checks of a clip whose picture is that of another: its sound is heard, and what was seen is believed.</summary>
    /// <param name="seen">The checks of the other clip.</param>
    /// <param name="path">Where it lies.</param>
    /// <param name="format">Its format.</param>
    /// <param name="facts">What probing told.</param>
    /// <param name="work">Where the listening works.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<IReadOnlyList<Check>> HearAsync(
        IReadOnlyList<Check> seen,
        string path,
        MediaFormat format,
        ClipFacts facts,
        MediaWork work,
        CancellationToken cancellationToken)
    {
        var picture = seen.Where(c => c.Name is not (Loudness or TruePeak));
        try
        {
            return [.. picture, .. OfSound(await examiner.HearAsync(path, format, facts, work, cancellationToken))];
        }
        catch (MediaException)
        {
            return [.. picture];
        }
    }

    /// <summary>Whether the subject of a still is still there as a clip made from it goes on; null where that can't be told.</summary>
    /// <param name="still">The still, of the clip's ratio.</param>
    /// <param name="found">What was found in the clip.</param>
    /// <param name="work">Where the looking works.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<Check?> OfLikenessAsync(Asset still, ClipFindings found, MediaWork work, CancellationToken cancellationToken)
    {
        try
        {
            return OfLikeness(Likeness.BySecond(await SquareAsync(still, work, cancellationToken), found.Seconds), still.Handle);
        }
        catch (Exception e) when (e is MediaException or I2VException)
        {
            return null;
        }
    }

    // Takes and variants are made of one still.
    private async Task<byte[]> SquareAsync(Asset still, MediaWork work, CancellationToken cancellationToken)
    {
        if (last is { } known && known.Of == still.Handle)
        {
            return known.Square;
        }
        await using var opened = await library.OpenAsync(still, cancellationToken);
        var square = await examiner.SquareAsync(opened.Path, still.Format, work, cancellationToken);
        last = new LastSquare(still.Handle, square);
        return square;
    }

    /// <summary>How alike it is by second, against what is another thing.</summary>
    internal static Check? OfLikeness(IReadOnlyList<double> bySecond, AssetHandle of)
    {
        if (bySecond.Count == 0)
        {
            return null;
        }
        var lost = bySecond.Index().Where(s => s.Item < LeastLikeness).Select(s => (int?)s.Index).FirstOrDefault();
        return Rate("likeness", bySecond.Min(), LeastLikeness, lost is null, lost switch
        {
            null => "",
            0 => $"what is in the middle of {of} is not in it from the beginning; look at it before anything is made of it",
            var second => $"what is in the middle of {of} is lost from second {second} on; edit_clip with trim ends it there, or animate " +
                $"{of} again with less motion",
        });
    }

    /// <summary>What was found, against what anybody would mind.</summary>
    public static IEnumerable<Check> Judge(ClipFindings found, ClipFacts facts, bool shouldMove)
    {
        var black = found.Black is { } run && run.Seconds > BlackSeconds ? found.Black : null;
        yield return Rate("black", found.Black?.Seconds ?? 0, BlackSeconds, black is null, black is { } at
            ? Said($"it is black from {at.At:0.0} to {at.At + at.Seconds:0.0} s; edit_clip with trim cuts that out")
            : "");
        yield return Rate("first_frame", found.BeginsEmpty ? 0 : 1, 1, !found.BeginsEmpty,
            "its first frame is empty, and feeds show that one before it plays; begin without a fade in, or trim the beginning");
        yield return Rate("flicker", found.Flicker, MostFlicker, found.Flicker <= MostFlicker,
            "its light flickers from frame to frame; make it again, with another seed");
        if (shouldMove)
        {
            var frozen = Math.Min(found.FrozenSeconds, facts.Duration.TotalSeconds);
            yield return Rate("frozen", frozen, FrozenSeconds, frozen < FrozenSeconds,
                Said($"nothing moves for {frozen:0.0} of its {facts.Duration.TotalSeconds:0.0} s; say what moves, and how, in the prompt"));
        }
        foreach (var check in OfSound(found))
        {
            yield return check;
        }
    }

    private static IEnumerable<Check> OfSound(ClipFindings found)
    {
        if (found.Lufs is { } lufs)
        {
            var isSilent = found.IsSilent;
            yield return Rate(Loudness, double.IsInfinity(lufs) ? -99 : lufs, SoftestLufs, isSilent || lufs >= SoftestLufs,
                Said($"its sound is very soft ({lufs:0.0} LUFS); edit_clip with loudness brings it to -14, as export_clip does"));
            yield return Rate(TruePeak, found.TruePeakDb ?? 0, HighestPeakDb, isSilent || found.TruePeakDb <= HighestPeakDb,
                Said($"its sound clips ({found.TruePeakDb:0.0} dBTP); edit_clip with loudness keeps it below -1"));
        }
    }

    private static string Said(FormattableString words) => words.ToString(CultureInfo.InvariantCulture);

    private sealed record LastSquare(AssetHandle Of, byte[] Square);

    private static Check Rate(string name, double value, double limit, bool ok, string advice) =>
        new(name, ok, Math.Round(value, 4), limit, ok ? null : advice);
}
