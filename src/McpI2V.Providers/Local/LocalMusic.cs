using McpI2V.Engine;
using McpI2V.Engine.Generation;
using McpI2V.Engine.Jobs;
using McpI2V.Engine.Library;
using McpI2V.Media;
using McpI2V.Media.Formats;
using McpI2V.Media.Sound.Music;
using McpI2V.Media.Sound.Music.Writing;

namespace McpI2V.Providers.Local;

/// <summary>Beds of music that this program writes and plays itself.</summary>
public sealed class LocalMusic(MediaLibrary library)
{
    private const double UsualSeconds = 15;
    private const int UsualSeed = 1;

    /// <summary>Checks a request before it is written down.</summary>
    /// <returns>What is made of its words.</returns>
    /// <exception cref="I2VException">It can't be played here.</exception>
    public IReadOnlyList<string> Review(AudioRequest request)
    {
        LocalOptions.Read(request.Options, library, library, _ => true);
        var bed = Bed(request);
        var known = MoodOf(request) is null
            ? $"No mood it knows is in those words, so it is {SnakeCase.From(bed.Mood)}; mood takes {SnakeCase.All<Mood>()}. "
            : "";
        return
        [
            FormattableString.Invariant($"{known}local:music writes a bed of its own: {SnakeCase.From(bed.Mood)}, {bed.Bpm:0.#} bpm, ") +
                $"{bed.Bars} bars and a last chord, the first beat at 0 s. It hears mood, tempo, length and seed, and nothing else of " +
                "prompt. Another seed is another piece; nobody has rights in it.",
        ];
    }

    /// <summary>Plays it.</summary>
    public async Task<IReadOnlyList<ProducedFile>> PerformAsync(
        Job job,
        AudioRequest request,
        MediaWork work,
        CancellationToken jobCancelled)
    {
        var path = work.At("music.wav");
        var bed = Bed(request);
        await Task.Run(() => bed.Write(path, jobCancelled), jobCancelled);
        return
        [
            new ProducedFile
            {
                Path = path,
                Format = MediaFormat.Wav,
                Size = default,
                Duration = TimeSpan.FromSeconds(bed.Length),
                Title = job.Title,
                Operation = "sound",
                Prompt = FormattableString.Invariant($"{request.Text} ({SnakeCase.From(bed.Mood)}, {bed.Bpm:0.#} bpm)"),
                Seed = bed.Seed,
                HasAudio = true,
            },
        ];
    }

    private static MusicBed Bed(AudioRequest request)
    {
        var mood = MoodOf(request) ?? Mood.Upbeat;
        var bpm = MoodWords.TempoIn(request.Tempo ?? request.Text, mood);
        if (request.Tempo is { } said && bpm is null)
        {
            throw Refused($"tempo is {ForeignText.Quote(said, 40)}; slow, fast or beats a minute such as 96 bpm are understood");
        }
        return bpm >= MusicBed.Tempi.Slowest && bpm <= MusicBed.Tempi.Fastest || bpm is null
            ? MusicBed.Of(mood, request.DurationSeconds ?? UsualSeconds, bpm, (int)((request.Seed ?? UsualSeed) % int.MaxValue))
            : throw Refused(
                FormattableString.Invariant($"tempo is {bpm:0.#} beats a minute; {MusicBed.Tempi.Slowest} to {MusicBed.Tempi.Fastest} ") +
                    "are played here");
    }

    // What mood says counts before the prompt.
    private static Mood? MoodOf(AudioRequest request) =>
        (request.Mood is { } mood ? MoodWords.MoodIn(mood) : null) ?? MoodWords.MoodIn(request.Text);

    private static I2VException Refused(string what) => I2VException.Invalid("tempo", $"{what}. Nothing was made or spent.");
}
