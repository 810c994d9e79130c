using McpI2V.Media.Examining;
using McpI2V.Media.Formats;
using McpI2V.Media.Probing;

namespace McpI2V.Media.Tests.Examining;

/// <summary>What is broken in a clip is found, and what is not is left in peace.</summary>
public sealed class LookingAtAFinishedClip : IDisposable
{
    // A field with a brighter square that moves.
    private const string Moving =
        "color=c=0x605040:s=160x284:r=25:d=2[b];color=c=0xd0c0a0:s=50x50:r=25:d=2[s];[b][s]overlay=x=20+20*t:y=100";

    private readonly Workshop workshop = new();

    public void Dispose() => workshop.Dispose();

    [Fact]
    public async Task A_clip_that_is_well_has_nothing_to_be_told()
    {
        var found = await ExamineAsync(Moving + ",noise=alls=4:allf=t[v]", "sine=f=440:d=2,volume=0.5");

        Assert.Null(found.Black);
        Assert.False(found.BeginsEmpty);
        Assert.InRange(found.FrozenSeconds, 0, 0.2);
        Assert.InRange(found.Flicker, 0, 0.003);
        Assert.InRange(found.Lufs!.Value, -30, -10);
        Assert.InRange(found.TruePeakDb!.Value, -30, 0);
    }

    [Fact]
    public async Task A_gap_in_its_midst_is_found_where_it_is_and_a_fade_at_its_ends_is_none()
    {
        var gap = await ExamineAsync(Moving + ",drawbox=t=fill:color=black:enable='between(t,0.8,1.36)'[v]");
        var fades = await ExamineAsync(Moving + ",fade=t=in:d=0.4,fade=t=out:st=1.6:d=0.4[v]");

        Assert.Equal(0.8, gap.Black!.Value.At, 0.05);
        Assert.Equal(0.6, gap.Black!.Value.Seconds, 0.06);
        Assert.Null(fades.Black);
        Assert.True(fades.BeginsEmpty);
    }

    [Fact]
    public async Task What_stands_still_flickers_or_begins_with_nothing_is_told()
    {
        var still = await ExamineAsync("testsrc2=s=160x284:r=25:d=0.04,loop=loop=49:size=1[v]");
        var flicker = await ExamineAsync(Moving + ",eq=brightness='0.05*(mod(n,2)*2-1)':eval=frame[v]");
        var plain = await ExamineAsync("color=c=0xf0f0f0:s=160x284:r=25:d=1[v]");

        Assert.InRange(still.FrozenSeconds, 1.8, 2);
        Assert.InRange(flicker.Flicker, 0.02, 0.1);
        Assert.True(plain.BeginsEmpty);
        Assert.Null(plain.Lufs);
    }

    [Fact]
    public async Task Sound_that_is_too_soft_too_loud_or_none_at_all_is_measured()
    {
        var soft = await ExamineAsync(Moving + "[v]", "sine=f=440:d=2,volume=-30dB");
        var silent = await ExamineAsync(Moving + "[v]", "anullsrc=d=2");
        var loud = await ExamineAsync(Moving + "[v]", "aevalsrc='max(-1,min(1,4*sin(2*PI*997*t)))':s=48000:d=2");

        Assert.InRange(soft.Lufs!.Value, -70, -45);
        Assert.Equal(double.NegativeInfinity, silent.Lufs);
        Assert.Equal((false, true, false), (soft.IsSilent, silent.IsSilent, loud.IsSilent));
        Assert.InRange(loud.TruePeakDb!.Value, 0.01, 3);
    }

    [Fact]
    public async Task The_subject_of_a_still_is_followed_by_second_and_missed_where_it_is_another()
    {
        const string Subject = "drawbox=x=iw*0.36:y=ih*0.3:w=iw*0.28:h=ih*0.4:color=0x803010:t=fill," +
            "drawbox=x=iw*0.42:y=ih*0.36:w=iw*0.16:h=ih*0.1:color=white:t=fill," +
            "drawbox=x=iw*0.42:y=ih*0.56:w=iw*0.1:h=ih*0.06:color=black:t=fill";
        var still = await workshop.MakeAsync("still.png", "-f", "lavfi", "-i", $"color=c=0x90a0b0:s=360x640,{Subject}", "-frames:v", "1");
        var nearer = await ClipAsync($"color=c=0x90a0b0:s=360x640:r=25:d=3,{Subject},scale=w=2*trunc(180*(1+0.08*t)):h=-2:eval=frame," +
            "crop=360:640,scale=180:320,eq=brightness=0.06[v]");
        var another = await ClipAsync($"color=c=0x90a0b0:s=360x640:r=25:d=3,{Subject},drawbox=enable='gte(t,1.5)':t=fill:color=0x90a0b0," +
            "drawbox=enable='gte(t,1.5)':x=60:y=420:w=240:h=60:color=0x207030:t=fill,scale=180:320[v]");
        var square = await new ClipExaminer(workshop.Ffmpeg).SquareAsync(still, MediaFormat.Png, workshop.Work, CancellationToken.None);

        var kept = Likeness.BySecond(square, (await FoundAsync(nearer)).Seconds);
        var lost = Likeness.BySecond(square, (await FoundAsync(another)).Seconds);

        Assert.Equal(3, kept.Count);
        Assert.All(kept, k => Assert.InRange(k, 0.75, 1));
        Assert.InRange(lost[0], 0.9, 1);
        Assert.InRange(lost[^1], 0, 0.45);
    }

    private async Task<ClipFindings> ExamineAsync(string picture, string? sound = null) =>
        await FoundAsync(await ClipAsync(picture, sound));

    private async Task<ClipFindings> FoundAsync(string path)
    {
        var facts = await new MediaProbe(workshop.Ffmpeg).ClipAsync(path, MediaFormat.Mp4, CancellationToken.None);
        return await new ClipExaminer(workshop.Ffmpeg).ExamineAsync(path, MediaFormat.Mp4, facts, workshop.Work, CancellationToken.None);
    }

    private Task<string> ClipAsync(string picture, string? sound = null) => workshop.MakeAsync(
        $"{Guid.NewGuid():n}.mp4",
        [
            "-filter_complex", picture + (sound is null ? "" : $";{sound}[a]"), "-map", "[v]",
            .. sound is null ? Array.Empty<string>() : ["-map", "[a]", "-c:a", "aac", "-b:a", "192k"],
            "-c:v", "libx264", "-preset", "ultrafast", "-crf", "18", "-pix_fmt", "yuv420p",
        ]);
}
