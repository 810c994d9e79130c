using System.Runtime.InteropServices;
using System.Text.Json;
using McpI2V.Media.Clips;
using McpI2V.Media.Clips.Operations;
using McpI2V.Media.Geometry;
using McpI2V.Media.Text.Placing;

namespace McpI2V.Media.Tests.Clips;

public sealed class LookingBeforeRendering : IDisposable
{
    private readonly TestRenders renders = new();

    public void Dispose() => renders.Dispose();

    [Fact]
    public async Task What_is_found_out_decides_what_is_rendered()
    {
        var quiet = await ClipAsync(volume: 0.05);

        var path = await renders.RenderAsync(quiet with { Recipe = [new Levelled()] });

        Assert.Equal(0.5, await PeakAsync(path), 0.02);
    }

    [Fact]
    public async Task A_clip_is_looked_at_once_however_often_it_is_rendered_and_edited_on()
    {
        var clip = await ClipAsync(volume: 0.05);
        await renders.RenderAsync(clip with { Recipe = [new Levelled()] });
        var (again, later, other) = (new Levelled(), new Levelled(), new Levelled());

        await renders.RenderAsync(clip with { Recipe = [again] });
        await renders.RenderAsync(clip with { Recipe = [later, Step("""{"op":"trim","end_seconds":1}""")] });
        await renders.RenderAsync(clip with { Recipe = [Step("""{"op":"trim","end_seconds":1}"""), other] });

        Assert.Equal((0, 0, 1), (again.Looks, later.Looks, other.Looks));
    }

    [Fact]
    public async Task The_words_over_a_picture_and_the_bytes_of_a_master_are_part_of_what_was_looked_at()
    {
        var clip = await ClipAsync(volume: 0.05);
        await renders.RenderAsync(clip with { Recipe = [Step("""{"op":"text","text":"One"}"""), new Levelled()] });
        var (words, bytes) = (new Levelled(), new Levelled());

        await renders.RenderAsync(clip with { Recipe = [Step("""{"op":"text","text":"Two"}"""), words] });
        File.Copy((await ClipAsync(volume: 0.2)).Path, clip.Path, overwrite: true);
        await renders.RenderAsync(clip with { Recipe = [Step("""{"op":"text","text":"One"}"""), bytes] });

        Assert.Equal((1, 1), (words.Looks, bytes.Looks));
    }

    [Fact]
    public async Task Two_equal_steps_see_each_its_own_clip()
    {
        var clip = await ClipAsync(volume: 0.05);
        var quieter = Step("""{"op":"fade","in_seconds":1.5}""");

        var path = await renders.RenderAsync(clip with { Recipe = [new Levelled(), quieter, new Levelled()] });

        Assert.Equal(0.5, await PeakAsync(path), 0.02);
        Assert.Equal(2, Directory.GetFiles(renders.Kept).Length);
    }

    [Fact]
    public async Task An_appended_clips_own_recipe_is_looked_at_too()
    {
        var quiet = await ClipAsync(volume: 0.05);
        var silent = await renders.ClipAsync("testsrc2=s=320x180:r=25:d=1", "anullsrc=r=48000:cl=stereo:d=1", new PixelSize(320, 180), 1);
        var append = Step("""{"op":"append","clips":["clip-1"]}""", quiet with { Recipe = [new Levelled()] });

        var path = await renders.RenderAsync(silent with { Recipe = [append] });

        Assert.Equal(0.5, await PeakAsync(path), 0.02);
    }

    [Fact]
    public async Task A_cancelled_look_leaves_nothing_behind_and_hinders_nobody()
    {
        var clip = await ClipAsync(volume: 0.05);
        using var stop = new CancellationTokenSource();
        var stopped = new Levelled(async () =>
        {
            await stop.CancelAsync();
            stop.Token.ThrowIfCancellationRequested();
        });

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => renders.RenderAsync(clip with { Recipe = [stopped] }, cancelled: stop.Token));

        Assert.Empty(Directory.GetFiles(renders.Kept));
        Assert.Equal(0.5, await PeakAsync(await renders.RenderAsync(clip with { Recipe = [new Levelled()] })), 0.02);
    }

    [Fact]
    public async Task A_result_that_was_cut_short_is_a_full_disk_and_not_a_worse_clip()
    {
        var clip = await ClipAsync(volume: 0.05);
        var work = renders.Work();
        var cut = new Levelled(async () => await File.WriteAllTextAsync(Directory.GetFiles(work.Folder, "analysis-*").Single(), "frame:0"));

        var e = await Assert.ThrowsAsync<MediaException>(() => renders.RenderAsync(clip with { Recipe = [cut] }, work));

        Assert.Equal(MediaFault.StorageFull, e.Fault);
        Assert.Empty(Directory.GetFiles(renders.Kept));
    }

    [Fact]
    public async Task A_kept_result_that_is_not_whole_is_made_anew()
    {
        var clip = await ClipAsync(volume: 0.05);
        await renders.RenderAsync(clip with { Recipe = [new Levelled()] });
        await File.WriteAllTextAsync(Assert.Single(Directory.GetFiles(renders.Kept)), "frame:0", TestContext.Current.CancellationToken);

        var path = await renders.RenderAsync(clip with { Recipe = [new Levelled()] });

        Assert.Equal(0.5, await PeakAsync(path), 0.02);
    }

    [Fact]
    public async Task An_ffmpeg_without_the_filter_is_told_before_any_work()
    {
        var clip = await ClipAsync(volume: 0.05);
        var step = new Levelled { Filters = ["astats", "levelscope"] };
        var work = renders.Work();

        var e = await Assert.ThrowsAsync<MediaException>(() => renders.RenderAsync(clip with { Recipe = [step] }, work));

        Assert.Equal(MediaFault.ToolMissing, e.Fault);
        Assert.StartsWith("levelled needs ffmpeg's levelscope,", e.Message, StringComparison.Ordinal);
        Assert.Equal(0, step.Looks);
        Assert.Empty(Directory.GetFiles(work.Folder));
    }

    [Fact]
    public async Task Progress_never_goes_back()
    {
        var clip = await ClipAsync(volume: 0.05);
        var told = new Told();

        await renders.RenderAsync(clip with { Recipe = [new Levelled(), new Levelled()] }, renders.Work(told));

        Assert.Equal(told.Values.Order(), told.Values);
        Assert.Equal(1, told.Values[^1], 0.05);
    }

    // Steps of colour may be looked at late, and of the frames that are seen alone.
    [Theory]
    [InlineData("""{"op":"grade","temperature":0.6}""")]
    [InlineData("""{"op":"grade","look":"mono"}""", """{"op":"trim","start_seconds":0.4}""", """{"op":"reverse"}""")]
    [InlineData("""{"op":"grade","temperature":0.6}""", """{"op":"reframe","aspect_ratio":"1:1"}""", """{"op":"grade","contrast":0.5}""")]
    [InlineData("""{"op":"grade","vignette":0.8}""", """{"op":"trim","start_seconds":0.4}""", """{"op":"grade","contrast":0.5}""")]
    [InlineData("""{"op":"grade","temperature":0.6}""", """{"op":"fade","in_seconds":1}""", """{"op":"grade","vignette":0.8}""")]
    public async Task Few_small_pictures_are_those_that_the_whole_clip_would_show(params string[] steps)
    {
        var clip = (await ClipAsync(volume: 0.05)) with { Recipe = [.. steps.Select(s => Step(s))] };
        var (size, shape) = (new PixelSize(160, 90), clip.Result());
        var seen = await PicturesAsync(graph => graph.AddSmallFrames(clip, size, 3));
        var whole = await PicturesAsync(graph =>
        {
            var all = graph.Add(clip);
            graph.Drop(all.Audio);
            return graph.Chain(all.Video, $"{SmallFrames.Moments(3, shape.Duration)},{SmallFrames.OfClip(size)}");
        });

        Assert.Equal(3 * 160 * 90 * 3, seen.Length);
        Assert.InRange(seen.Zip(whole, (a, b) => Math.Abs(a - b)).Average(), 0, 1);
        Assert.True(seen.Zip(whole, (a, b) => Math.Abs(a - b)).Max() <= 12);
    }

    private async Task<byte[]> PicturesAsync(Func<RecipeGraph, string> add)
    {
        var work = renders.Work();
        var graph = new RecipeGraph(new(), work);
        return await renders.Ffmpeg.ReadAsync(graph.FinishLook(add(graph), 3), work, TestContext.Current.CancellationToken);
    }

    private Task<ClipSource> ClipAsync(double volume) => renders.ClipAsync(
        "testsrc2=s=320x180:r=25:d=2",
        FormattableString.Invariant($"aevalsrc='{volume}*sin(880*PI*t)|{volume}*sin(880*PI*t)':s=48000:d=2"),
        new PixelSize(320, 180),
        2);

    private async Task<double> PeakAsync(string path)
    {
        var samples = await renders.ReadAsync(path, "[0:a]aformat=sample_fmts=s16", "s16le");
        return MemoryMarshal.Cast<byte, short>(samples).ToArray().Max(s => Math.Abs((double)s)) / short.MaxValue;
    }

    private static IClipOperation Step(string json, ClipSource? clip = null)
    {
        using var document = JsonDocument.Parse(json);
        return OperationCatalogue.Read(document.RootElement.Clone(), new OneClip(clip));
    }

    private sealed class Told : IProgress<double>
    {
        public List<double> Values { get; } = [];

        public void Report(double value) => Values.Add(value);
    }
}
