using System.Security.Cryptography;
using System.Text;
using McpI2V.Media.Ffmpeg;
using McpI2V.Media.Formats;
using McpI2V.Media.Geometry;
using McpI2V.Media.Grading;
using McpI2V.Media.Sound;
using McpI2V.Media.Sound.Graphs;
using McpI2V.Media.Text;
using McpI2V.Media.Text.Layers;
using McpI2V.Media.Text.Placing;
using McpI2V.Media.Text.Setting;

namespace McpI2V.Media.Clips;

/// <summary>Turns a master and its recipe into one filter graph, so that any number of turns costs one encode.</summary>
public sealed class RecipeGraph
{
    private const int MaxInputs = 64;
    private readonly FfmpegCommand command;
    private readonly List<string> chains = [];
    private readonly ClipAnalyses analyses;
    private readonly List<string> files = [];
    private readonly Dictionary<int, string> inputs = [];
    private int labels;

    internal RecipeGraph(FfmpegCommand command, MediaWork work, ClipAnalyses? analyses = null) =>
        (this.command, Work, this.analyses) = (command, work, analyses ?? new ClipAnalyses());

    /// <summary>Where text files for this render go.</summary>
    public MediaWork Work { get; }

    /// <summary>The name of the file in the work folder that holds what a step found out about the clip before it.</summary>
    public string AnalysisOf(IClipOperation step) => analyses.NameOf(step);

    /// <summary>Sets the words of a step over a picture: as they were drawn for it, or, where nothing draws here, by ffmpeg.</summary>
    internal string DrawText(IClipOperation step, GraphClip clip, Func<IReadOnlyList<TextCue>> cues)
    {
        if (analyses.TextOf(step) is not { } set)
        {
            return DrawText(clip, cues());
        }
        return set.Result.Place is { } place ? Lay(clip.Video, set.Layer, place) : clip.Video;
    }

    /// <summary>Where a step found its place; null if nobody has looked.</summary>
    internal TextResult? PlaceOf(IClipOperation step) => analyses.TextOf(step)?.Result;

    /// <summary>True if a step has looked at the clip before it.</summary>
    internal bool HasLooked(IClipOperation step) => analyses.Has(step);

    /// <summary>Lays a layer of our own over a picture, and keeps the picture's format.</summary>
    internal string Lay(string picture, string layer, LayerPlace place)
    {
        return Chain([picture, AddLayer(layer)], $"overlay={place.X}:{place.Y}:format=yuv420,format=yuv420p,settb=AVTB");
    }

    /// <summary>Opens a layer of our own.</summary>
    internal string AddLayer(string name)
    {
        files.Add(Work.At(name));
        return $"{command.Layer(Work.At(name))}:v:0";
    }

    /// <summary>Lays a layer of our own over a still.</summary>
    internal string LayOnStill(string picture, string layer, LayerPlace place) =>
        Chain([picture, $"{command.Layer(Work.At(layer))}:v:0"], $"overlay={place.X}:{place.Y}:format=gbrp");

    private string DrawText(GraphClip clip, IReadOnlyList<TextCue> cues)
    {
        var name = "text-" + NewLabel();
        var filter = AssDocument.WriteFilter(cues, clip.Shape.Size, Work, name);
        files.Add(Work.At(name + ".ass"));
        return Chain(clip.Video, filter);
    }

    /// <summary>Colours a picture, then lays over it what is not of colour alone.</summary>
    internal GraphClip Grade(GraphClip clip, IReadOnlyList<IColourStep> colours, GradeFinish finish)
    {
        var steps = colours.Where(c => !c.IsNeutral).ToList();
        var video = clip.Video;
        if (steps.Count > 0)
        {
            var table = GradeFilter.WriteTable(steps, Work);
            files.Add(Work.At(table));
            video = Chain(video, GradeFilter.OnClip(table));
        }
        var over = finish.Filters(moves: true);
        return clip with { Video = over.Length == 0 ? video : Chain(video, $"{over[1..]},format=yuv420p") };
    }

    /// <summary>Names what the graph decodes and does to it, by content: equal only where ffmpeg would see the same.</summary>
    /// <param name="purpose">What else is to be told apart.</param>
    /// <param name="sound">The sound that alone matters; null: all does.</param>
    /// <param name="others">Files that matter besides those of the graph.</param>
    /// <param name="cancellationToken">Ends the reading of files.</param>
    internal async Task<string> FingerprintAsync(
        string purpose,
        string? sound,
        IEnumerable<string> others,
        CancellationToken cancellationToken)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var heard = sound is null ? chains : SoundChains.LeadingTo(sound, chains);
        hash.AppendData(Encoding.UTF8.GetBytes($"{purpose}\n{string.Join(';', heard)}\n"));
        var seen = sound is null ? [.. files, .. inputs.Values] : SoundChains.Files(heard).Select(i => inputs[i]);
        foreach (var file in seen.Concat(others))
        {
            await using var content = File.OpenRead(file);
            hash.AppendData(await SHA256.HashDataAsync(content, cancellationToken));
        }
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>A master with its whole recipe.</summary>
    public GraphClip Add(ClipSource source)
    {
        var folded = source with { Recipe = FoldedGrade.Fold(source.Recipe) };
        return Until(folded, folded.Recipe.Count);
    }

    /// <summary>A master with its recipe as a few small pictures, of which no other frame is coloured.</summary>
    /// <param name="source">The master and its recipe.</param>
    /// <param name="size">Of each picture.</param>
    /// <param name="count">How many.</param>
    internal string AddSmallFrames(ClipSource source, PixelSize size, int count)
    {
        var (rest, last) = FoldedGrade.TakeLast(source.Recipe);
        var clip = Until(source with { Recipe = rest }, rest.Count);
        Drop(clip.Audio);
        clip = clip with { Video = Chain(clip.Video, SmallFrames.Moments(count, clip.Shape.Duration)) };
        clip = last.Aggregate(clip, (picture, grade) => Grade(picture, grade.Colours, grade.Finish));
        return Chain(clip.Video, SmallFrames.OfClip(size));
    }

    /// <summary>Adds a chain of filters between labels and returns the new label.</summary>
    /// <param name="inputs">Labels it takes, without brackets.</param>
    /// <param name="filters">The filters; numbers and our own labels and file names only.</param>
    public string Chain(IEnumerable<string> inputs, string filters)
    {
        var label = NewLabel();
        Raw($"{string.Concat(inputs.Select(i => $"[{i}]"))}{filters}[{label}]");
        return label;
    }

    /// <summary>Adds a chain with one input.</summary>
    public string Chain(string input, string filters) => Chain([input], filters);

    /// <summary>The same picture twice, each to be used once.</summary>
    public (string First, string Second) Twice(string video)
    {
        var (first, second) = (NewLabel(), NewLabel());
        Raw($"[{video}]split=2[{first}][{second}]");
        return (first, second);
    }

    /// <summary>Ends a sound that nobody hears; null: there is none.</summary>
    public void Drop(string? sound)
    {
        if (sound is not null)
        {
            Raw($"[{sound}]anullsink");
        }
    }

    /// <summary>Adds a chain as it is written.</summary>
    public void Raw(string chain) => chains.Add(chain);

    /// <summary>A label that nothing else uses.</summary>
    public string NewLabel() => "s" + labels++;

    /// <summary>Opens a sound file and brings it to 48 kHz stereo.</summary>
    public string AddAudio(AudioSource audio, bool looped)
    {
        var index = Input(audio.Path, audio.Format, looped ? ["-stream_loop", "-1"] : []);
        return Chain($"{index}:a:0", "aresample=48000,aformat=sample_fmts=fltp:channel_layouts=stereo,asetpts=PTS-STARTPTS");
    }

    /// <summary>A sound of 48 kHz stereo that a step has made of the clip's, from the work folder.</summary>
    public string AddMadeSound(string name, TimeSpan duration)
    {
        var index = Input(Work.At(name), MediaFormat.Wav, []);
        return Chain(
            $"{index}:a:0",
            $"aformat=sample_fmts=fltp:channel_layouts=stereo,asetpts=PTS-STARTPTS,apad,atrim=duration={Seconds(duration)}");
    }

    /// <summary>A sound under a curve of gain from the work folder.</summary>
    public string AddGain(string audio, string curveName)
    {
        var index = Input(Work.At(curveName), MediaFormat.Wav, []);
        var curve = Chain(
            $"{index}:a:0",
            $"aresample=48000,atrim=start={Seconds(GainCurve.Margin)},asetpts=PTS-STARTPTS,pan=stereo|c0=c0|c1=c0," +
                "aformat=sample_fmts=fltp:channel_layouts=stereo,apad");
        return Chain([audio, curve], "amultiply");
    }

    /// <summary>Opens a still as an endless stream of one frame, upright, with its transparency.</summary>
    public string AddStill(StillSource still, double framesPerSecond)
    {
        var frame = AddStillFrame(still);
        return Chain(frame, $"loop=loop=-1:size=1,setpts=N/({FfmpegCommand.Number(framesPerSecond)}*TB)");
    }

    /// <summary>Opens a still as one frame, upright, with its transparency.</summary>
    public string AddStillFrame(StillSource still)
    {
        var index = Input(still.Path, still.Format, []);
        return Chain($"{index}:v:0", StillGraph.Upright(still.Orientation) + "format=rgba");
    }

    /// <summary>Silence of a length.</summary>
    public string AddSilence(TimeSpan duration) =>
        Chain([], $"anullsrc=r=48000:cl=stereo,atrim=duration={Seconds(duration)},aformat=sample_fmts=fltp");

    /// <summary>The same filters on the picture and, where there is sound, others on the sound.</summary>
    public GraphClip Both(GraphClip clip, ClipShape shape, string video, string audio) =>
        new(Chain(clip.Video, video), clip.Audio is null ? null : Chain(clip.Audio, audio), shape);

    /// <summary>Several clips of one size after another, their sounds without a click where one becomes the next.</summary>
    public GraphClip Concat(IReadOnlyList<GraphClip> clips, ClipShape shape) => Concat(clips, shape, SoundCuts.Soft);

    /// <summary>Pieces of one clip after another, whose sounds go on without a seam.</summary>
    public GraphClip Rejoin(IReadOnlyList<GraphClip> pieces, ClipShape shape) => Concat(pieces, shape, SoundCuts.Hard);

    /// <summary>Hands the chains to the command.</summary>
    internal void WriteTo(FfmpegCommand target) => target.Graph(string.Join(';', chains));

    /// <summary>Hands the command those chains that a sound is made of: nothing of the picture is decoded.</summary>
    internal void WriteSoundTo(FfmpegCommand target, string audio) =>
        target.Graph(string.Join(';', SoundChains.LeadingTo(audio, chains)));

    /// <summary>Finishes the command with this clip as its result.</summary>
    internal FfmpegCommand Finish(GraphClip clip)
    {
        command.ExpectedDuration = clip.Shape.Duration;
        WriteTo(command);
        command.Output("-map", $"[{clip.Video}]");
        if (clip.Audio is not null)
        {
            command.Output("-map", $"[{clip.Audio}]");
        }
        // Without this a sound that is a few milliseconds longer would stretch the container.
        return command.Output("-r", FfmpegCommand.Number(clip.Shape.FramesPerSecond), "-t", Seconds(clip.Shape.Duration));
    }

    /// <summary>Finishes the command with a clip's sound under the picture of a file.</summary>
    internal FfmpegCommand FinishUnder(string picturePath, GraphClip clip)
    {
        var index = Input(picturePath, MediaFormat.Mp4, []);
        command.ExpectedDuration = clip.Shape.Duration;
        command.Output("-map", $"{index}:v:0");
        if (clip.Audio is { } audio)
        {
            var heard = Chain(audio, SoundCuts.Hard(clip.Shape.Duration));
            WriteSoundTo(command, heard);
            command.Output("-map", $"[{heard}]");
        }
        return command;
    }

    /// <summary>Finishes the command with so many raw pictures as its result.</summary>
    internal FfmpegCommand FinishLook(string video, int count)
    {
        WriteTo(command);
        return command.Output("-map", $"[{video}]", "-frames:v", FfmpegCommand.Number(count), "-f", "rawvideo");
    }

    /// <summary>A time as ffmpeg wants it.</summary>
    public static string Seconds(TimeSpan time) => FfmpegCommand.Number(time.TotalSeconds);

    private GraphClip Concat(IReadOnlyList<GraphClip> clips, ClipShape shape, Func<TimeSpan, string> cut)
    {
        if (clips.Count == 1)
        {
            return clips[0] with { Shape = shape };
        }
        var video = Chain(clips.Select(c => c.Video), $"concat=n={clips.Count}:v=1:a=0");
        var audio = shape.HasAudio
            ? Chain(clips.Select(c => Chain(c.Audio!, cut(c.Shape.Duration))), $"concat=n={clips.Count}:v=0:a=1")
            : null;
        return new GraphClip(video, audio, shape);
    }

    private GraphClip Until(ClipSource source, int steps) =>
        steps == 0 ? Open(source) : source.Recipe[steps - 1].Build(this, () => Until(source, steps - 1));

    private GraphClip Open(ClipSource source)
    {
        var index = Input(source.Path, source.Format, []);
        var shape = source.Shape;
        var video = Chain(
            $"{index}:v:0",
            $"setpts=PTS-STARTPTS,fps={FfmpegCommand.Number(shape.FramesPerSecond)},{GradeFilter.ToStandard(source.Tags, Work)}" +
                $"scale={shape.Size.Width}:{shape.Size.Height}:" +
                "flags=bicubic,setsar=1,format=yuv420p,settb=AVTB");
        var audio = shape.HasAudio
            ? Chain(
                $"{index}:a:0",
                $"asetpts=PTS-STARTPTS,aresample=48000,aformat=sample_fmts=fltp:channel_layouts=stereo,apad,atrim=duration={Seconds(
                    shape.Duration)}")
            : null;
        return new GraphClip(video, audio, shape);
    }

    private int Input(string path, MediaFormat format, ReadOnlySpan<string> before)
    {
        if (command.InputCount >= MaxInputs)
        {
            throw new MediaException(MediaFault.OutOfRange, $"the recipe opens more than {MaxInputs} files at once; use fewer " +
                "loops or clips");
        }
        inputs[command.InputCount] = path;
        return command.File(path, format, before);
    }
}
