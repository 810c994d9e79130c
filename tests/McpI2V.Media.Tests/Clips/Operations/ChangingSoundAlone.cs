using System.Text;
using System.Text.Json;
using McpI2V.Media.Clips;
using McpI2V.Media.Clips.Operations;
using McpI2V.Media.Clips.Spoken;
using McpI2V.Media.Ffmpeg;
using McpI2V.Media.Formats;

namespace McpI2V.Media.Tests.Clips.Operations;

public sealed class ChangingSoundAlone : IDisposable
{
    private readonly Ears ears = new();

    public void Dispose() => ears.Dispose();

    [Fact]
    public async Task Every_packet_of_the_picture_stays_as_it_was_and_the_new_sound_is_heard_at_its_time()
    {
        var sound = await ears.SoundAsync("0.5*sin(2*PI*880*t)", 4);
        var clip = await ears.Renders.ClipAsync(
            "testsrc2=s=320x180:r=25:d=3",
            "aevalsrc='0.3*sin(2*PI*220*t)':s=48000:d=3",
            new(320, 180),
            3);
        string[] seen = ["""{"op":"trim","start_seconds":1}""", """{"op":"grade","look":"mono"}"""];
        string[] heard = [.. seen, """{"op":"audio","audio":"audio-1","start_seconds":1}"""];
        var before = await ears.RenderAsync(clip, new Shelf(sound), seen);
        var work = ears.Renders.Work();
        var path = work.At("heard.mp4");

        await ears.Renders.Renderer.RenderSoundAsync(
            clip with { Recipe = [.. heard.Select(s => OperationCatalogue.Read(JsonElement.Parse(s), new Shelf(sound)))] },
            before,
            path,
            comment: null,
            work,
            TestContext.Current.CancellationToken);

        Assert.Equal(await PacketsAsync(before), await PacketsAsync(path));
        var (high, low) = (await ears.HearAsync(path, "bandpass=f=880:w=60"), await ears.HearAsync(path, "bandpass=f=220:w=30"));
        Assert.Equal(2, low.Length / (double)Ears.Rate, 0.03);
        Assert.True(Ears.Db(high, 0.2, 0.8) < -40 && Ears.Db(high, 1.2, 1.8) > -15, "the new sound begins after a second");
        Assert.True(Ears.Db(low, 0.2, 1.8) > -20, "the clip's own sound stays");
    }

    [Fact]
    public async Task A_muted_clip_is_its_picture_and_nothing_else()
    {
        var clip = await ears.ClipAsync("0.3*sin(2*PI*220*t)", 2);
        var before = await ears.RenderAsync(clip);
        var work = ears.Renders.Work();
        var path = work.At("mute.mp4");

        await ears.Renders.Renderer.RenderSoundAsync(
            clip with { Recipe = [OperationCatalogue.Read(JsonElement.Parse("""{"op":"mute"}"""), new OneClip())] },
            before,
            path,
            comment: null,
            work,
            TestContext.Current.CancellationToken);

        Assert.Equal(await PacketsAsync(before), await PacketsAsync(path));
        Assert.DoesNotContain("mp4a", Encoding.Latin1.GetString(await File.ReadAllBytesAsync(path)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Captions_become_subtitles_at_the_times_at_which_they_are_seen()
    {
        var first = await ears.ClipAsync(null, 4);
        var second = first with
        {
            Recipe = [Step("""{"op":"captions","cues":[{"start_seconds":1,"end_seconds":2,"text":"second clip"}]}""")],
        };
        var film = first with
        {
            Recipe =
            [
                Step(
                    """
                    {"op":"captions","cues":[{"start_seconds":1,"end_seconds":2,"text":"one\n\ntwo --> three"},
                        {"start_seconds":3,"end_seconds":9,"text":"late"}]}
                    """),
                Step("""{"op":"append","clips":["clip-2"]}""", second),
                Step("""{"op":"trim","start_seconds":0.4}"""),
                Step("""{"op":"speed","factor":0.5}"""),
            ],
        };

        var text = Subtitles.Of(film)!.ReplaceLineEndings("\n");

        Assert.Equal(
            "1\n00:00:01,200 --> 00:00:03,200\none\ntwo \u2192 three\n\n" +
                "2\n00:00:05,200 --> 00:00:07,200\nlate\n\n" +
                "3\n00:00:09,200 --> 00:00:11,200\nsecond clip\n\n",
            text);
        Assert.Null(Subtitles.Of(first));
    }

    private static IClipOperation Step(string json, ClipSource? clip = null) =>
        OperationCatalogue.Read(JsonElement.Parse(json), new OneClip(clip));

    // Times and bytes of every packet of the picture.
    private async Task<string> PacketsAsync(string path)
    {
        var command = new FfmpegCommand();
        command.File(path, MediaFormat.Mp4);
        command.Output("-map", "0:v:0", "-c", "copy", "-f", "framehash", "-hash", "sha256");
        return Encoding.UTF8.GetString(await ears.Renders.Ffmpeg.ReadAsync(
            command,
            ears.Renders.Work(),
            TestContext.Current.CancellationToken));
    }
}
