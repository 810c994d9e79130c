using System.Text;
using McpI2V.Media.Ffmpeg;
using McpI2V.Media.Formats;
using McpI2V.Media.Probing;

namespace McpI2V.Media.Tests.Clips.Operations;

public sealed class DeliveringAClip : IDisposable
{
    private readonly Ears ears = new();

    public void Dispose() => ears.Dispose();

    [Theory]
    [InlineData(null)]
    [InlineData(25)]
    public async Task Without_an_edit_list_sound_and_picture_stay_together(int? framesBelow)
    {
        var clip = await ears.ClipAsync(
            "0.8*sin(2*PI*1000*t)*between(mod(t\\,1)\\,0.48\\,0.56)",
            3,
            ",drawbox=c=white:t=fill:enable='between(mod(t\\,1)\\,0.479\\,0.555)'");
        var work = ears.Renders.Work();
        var path = work.At("post.mp4");

        await ears.Renders.Renderer.RenderAsync(
            clip,
            path,
            EncodeQuality.Best,
            comment: null,
            new Delivery { FramesBelow = framesBelow, SaysGenerated = true },
            work,
            TestContext.Current.CancellationToken);

        var file = Encoding.Latin1.GetString(await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken));
        Assert.DoesNotContain("elst", file, StringComparison.Ordinal);
        Assert.Contains("digitalsourcetype/trainedAlgorithmicMedia", file, StringComparison.Ordinal);
        var facts = await new MediaProbe(ears.Renders.Ffmpeg).ClipAsync(path, MediaFormat.Mp4, TestContext.Current.CancellationToken);
        Assert.Equal(framesBelow is null ? 25 : 24.975, facts.FramesPerSecond, 0.01);
        var (flashes, beeps) = (await ears.FlashesAsync(path), Ears.Beeps(await ears.HearAsync(path)));
        Assert.Equal(3, flashes.Count);
        Assert.All(flashes.Zip(beeps), pair => Assert.InRange(pair.Second - pair.First, -0.005, 0.005));
    }

    [Fact]
    public async Task A_flat_picture_is_given_more_than_it_needs()
    {
        var clip = await ears.Renders.ClipAsync(
            "gradients=s=360x640:c0=0x204060:c1=0x6080a0:x0=0:y0=0:x1=360:y1=640:speed=0.005:r=25:d=3:n=2",
            sound: null,
            new(360, 640),
            3);

        var (usual, starved) = (await BytesAsync(new Delivery()), await BytesAsync(new Delivery { LeastPictureKilobits = 0 }));

        Assert.True(usual > 2 * starved, $"{usual} bytes against {starved}");

        async Task<long> BytesAsync(Delivery delivery)
        {
            var work = ears.Renders.Work();
            var path = work.At("post.mp4");
            await ears.Renders.Renderer.RenderAsync(
                clip,
                path,
                EncodeQuality.Best,
                comment: null,
                delivery,
                work,
                TestContext.Current.CancellationToken);
            return new FileInfo(path).Length;
        }
    }
}
