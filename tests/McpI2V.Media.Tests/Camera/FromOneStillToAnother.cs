using McpI2V.Media.Camera;
using McpI2V.Media.Camera.Matching;
using McpI2V.Media.Camera.Rendering;
using McpI2V.Media.Camera.Sampling;
using McpI2V.Media.Formats;
using McpI2V.Media.Geometry;

namespace McpI2V.Media.Tests.Camera;

public sealed class FromOneStillToAnother : IDisposable
{
    private readonly Workshop workshop = new();

    [Fact]
    public async Task The_same_thing_smaller_and_elsewhere_is_found_to_a_fraction_of_a_pixel()
    {
        var large = await ShelfAsync("large.png", 400, 120, 150);
        var small = await ShelfAsync("small.png", 160, 330, 420);

        var match = StillMatch.Of(await LumaAsync(large), await LumaAsync(small))!;

        // 400 of 640 pixels became 160, its left edge at 120 went to 330, its top at 150 to 420.
        Assert.Equal(0.4, match.Scale, 0.004);
        Assert.Equal(330 / 640.0, (match.Scale * 120 / 640) + match.ShiftX, 0.0015);
        Assert.Equal(420 / 640.0, (match.Scale * 150 / 640) + match.ShiftY, 0.0015);
        var back = StillMatch.Of(await LumaAsync(small), await LumaAsync(large))!;
        Assert.Equal(2.5, back.Scale, 0.03);
    }

    [Fact]
    public async Task Two_things_are_not_taken_for_one()
    {
        var cup = await PhotoAsync("cup.png", "crop=400:400:100:0,scale=640:640");
        var shelf = await ShelfAsync("shelf.png", 400, 120, 150);
        var plain = await workshop.FieldsAsync("plain.jpg", 640, 640, "gray");

        Assert.Null(StillMatch.Of(await LumaAsync(cup), await LumaAsync(shelf)));
        Assert.Null(StillMatch.Of(await LumaAsync(plain), await LumaAsync(shelf)));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Between_two_frames_of_one_scene_the_camera_goes_as_over_one_still(bool outwards)
    {
        var whole = await PhotoAsync("whole.png", "scale=1200:800:flags=lanczos");
        var part = await PhotoAsync("part.png", "scale=1200:800:flags=lanczos,crop=600:400:420:180,scale=1200:800:flags=lanczos");
        var piece = new FramedPart(0.35, 0.225, 0.85, 0.725);
        var single = Shot(whole, outwards ? CameraMove.PullOut : CameraMove.PushIn) with
        {
            Start = outwards ? piece : null,
            End = outwards ? null : piece,
        };
        var pair = Shot(outwards ? part : whole, CameraMove.PushIn) with { EndStill = outwards ? whole : part };

        var (one, two) = (await OpenAsync(single), await OpenAsync(pair));

        Assert.Equal(StillEnding.Matched, two.Ending);
        for (var number = 0; number < single.Frames; number += 5)
        {
            var apart = Difference(Drawn(one, single, number), Drawn(two, pair, number));
            Assert.True(apart < 2.5, $"frame {number} lies {apart:0.00} levels from that of a single move");
        }
    }

    [Fact]
    public async Task Stills_of_different_things_are_never_seen_through_each_other()
    {
        var cup = await PhotoAsync("cup.png", "crop=400:400:100:0,scale=640:640");
        var shelf = await ShelfAsync("shelf.png", 400, 120, 150);
        var shot = Shot(cup, CameraMove.PushIn) with { EndStill = shelf, Size = new PixelSize(320, 320) };
        var alone = shot with { EndStill = null };
        var lastAlone = alone with { Still = shelf };

        var source = await OpenAsync(shot);
        var (first, last) = (await OpenAsync(alone), await OpenAsync(lastAlone));

        Assert.Equal(StillEnding.Whipped, source.Ending);
        var between = Enumerable.Range(0, shot.Frames).Where(number =>
        {
            var frame = Drawn(source, shot, number);
            return !frame.SequenceEqual(Drawn(first, alone, number)) && !frame.SequenceEqual(Drawn(last, lastAlone, number));
        }).ToList();
        Assert.InRange(between.Count, 8, 22);
        Assert.Equal(0, Difference(Drawn(source, shot, 0), Drawn(first, alone, 0)));
        Assert.Equal(0, Difference(Drawn(source, shot, shot.Frames - 1), Drawn(last, lastAlone, shot.Frames - 1)));
        // At full speed nothing upright can be seen of either: neighbours in a line are alike.
        var middle = Drawn(source, shot, shot.Frames / 2);
        Assert.True(Upright(middle, 320) < 0.12 * Upright(Drawn(first, alone, 0), 320), "the middle of the whip is not smeared");
    }

    public void Dispose() => workshop.Dispose();

    // A board of coloured bars and digits before grey.
    private async Task<StillSource> ShelfAsync(string name, int side, int left, int top)
    {
        var path = await workshop.MakeAsync(
            name,
            "-f", "lavfi", "-i", "color=c=gray:s=640x640", "-f", "lavfi", "-i", "testsrc=s=800x800",
            "-filter_complex", $"[1:v]scale={side}:{side}:flags=area[s];[0:v][s]overlay={left}:{top}", "-frames:v", "1");
        return Png(path, new PixelSize(640, 640));
    }

    private async Task<StillSource> PhotoAsync(string name, string filters)
    {
        var path = await workshop.MakeAsync(name, "-i", Workshop.Photo, "-vf", filters, "-frames:v", "1");
        var size = filters.Contains("640:640", StringComparison.Ordinal) ? new PixelSize(640, 640) : new PixelSize(1200, 800);
        return Png(path, size);
    }

    private static StillSource Png(string path, PixelSize size) => new(path, MediaFormat.Png, size, 1, HasAlpha: false);

    private async Task<Plane> LumaAsync(StillSource still) => (await PreparedStill.OpaqueAsync(
        workshop.Ffmpeg,
        still,
        still.Size,
        new Colour(0, 0, 0),
        workshop.Work,
        CancellationToken.None)).Luma;

    private Task<FrameSource> OpenAsync(CameraShot shot) =>
        FrameSource.OpenAsync(workshop.Ffmpeg, shot, workshop.Work, CancellationToken.None);

    private static byte[] Drawn(FrameSource source, CameraShot shot, int number)
    {
        var frame = new Frame(shot.Size);
        source.Draw(number, frame);
        return frame.Luma.ToArray();
    }

    private static double Difference(byte[] one, byte[] other) => one.Zip(other, (a, b) => Math.Abs(a - b)).Average();

    private static double Upright(byte[] luma, int width) =>
        Enumerable.Range(1, luma.Length - 1).Where(i => i % width != 0).Average(i => Math.Abs(luma[i] - luma[i - 1]));

    private static CameraShot Shot(StillSource still, CameraMove move) => new()
    {
        Still = still,
        Path = new CameraPath(move, 0.5, Easing.EaseInOut, Loops: false, Seed: 0),
        Duration = TimeSpan.FromSeconds(3),
        Size = new PixelSize(600, 400),
    };
}
