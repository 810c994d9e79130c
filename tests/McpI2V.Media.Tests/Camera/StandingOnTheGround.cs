using McpI2V.Media.Camera;
using McpI2V.Media.Camera.Rendering;
using McpI2V.Media.Camera.Sampling;
using McpI2V.Media.Formats;
using McpI2V.Media.Geometry;

namespace McpI2V.Media.Tests.Camera;

public sealed class StandingOnTheGround : IDisposable
{
    private const int Side = 400;
    private readonly Workshop workshop = new();

    [Fact]
    public async Task A_cut_out_in_parallax_stands_on_a_shadow_that_goes_with_it()
    {
        var shot = await ShotAsync();
        var bare = shot with { CutOut = shot.CutOut! with { Shadow = false } };

        foreach (var number in new[] { 0, 14, 29 })
        {
            var (with, without) = (await DrawnAsync(shot, number), await DrawnAsync(bare, number));
            var darker = Enumerable.Range(0, with.Length).Where(i => without[i] - with[i] > 8).ToList();
            var box = Enumerable.Range(0, with.Length).Where(i => without[i] > 200).ToList();

            Assert.True(darker.Count > 250, $"frame {number}: {darker.Count} pixels lie in shadow");
            // It lies at the foot of the box, about as wide, and nowhere else.
            Assert.InRange(darker.Average(i => i % Side) - box.Average(i => i % Side), -3, 3);
            Assert.InRange(darker.Min(i => i / Side), box.Max(i => i / Side) - 12, box.Max(i => i / Side) + 6);
            var foot = box.Max(i => i / Side);
            Assert.All(box.Where(i => i / Side < foot - 2), i => Assert.InRange(with[i] - without[i], -2, 2));
        }
        // Darkest where the foot touches.
        var frame = await DrawnAsync(shot, 14);
        Assert.True(frame[(304 * Side) + 200] < frame[(310 * Side) + 200], "the line of contact is the darkest");
    }

    public void Dispose() => workshop.Dispose();

    private async Task<CameraShot> ShotAsync()
    {
        var wall = await workshop.FieldsAsync("wall.jpg", 600, 400, "gray");
        var path = await workshop.MakeAsync(
            "box.png",
            "-f", "lavfi", "-i", "color=c=white:s=120x240,format=rgba," +
                "geq=r=255:g=255:b=255:a='255*between(X,10,109)*between(Y,20,219)'",
            "-frames:v", "1");
        return new CameraShot
        {
            Still = wall,
            CutOut = new CutOut(new StillSource(path, MediaFormat.Png, new PixelSize(120, 240), 1, HasAlpha: true), 0.6, 0.5, 0.5),
            Path = new CameraPath(CameraMove.Parallax, 0.5, Easing.Linear, Loops: false, Seed: 0),
            Duration = TimeSpan.FromSeconds(1),
            Size = new PixelSize(Side, Side),
        };
    }

    private async Task<byte[]> DrawnAsync(CameraShot shot, int number)
    {
        var frame = new Frame(shot.Size);
        (await FrameSource.OpenAsync(workshop.Ffmpeg, shot, workshop.Work, CancellationToken.None)).Draw(number, frame);
        return frame.Luma.ToArray();
    }
}
