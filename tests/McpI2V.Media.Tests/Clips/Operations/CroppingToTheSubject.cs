using McpI2V.Media.Geometry;

namespace McpI2V.Media.Tests.Clips.Operations;

/// <summary>A red disc on a grey wall, away from the middle.</summary>
public sealed class CroppingToTheSubject : IDisposable
{
    private readonly Ears ears = new();
    private readonly Workshop workshop = new();

    public void Dispose()
    {
        ears.Dispose();
        workshop.Dispose();
    }

    [Theory]
    [InlineData(120, "", 0.1)]
    [InlineData(520, "", 0.1)]
    [InlineData(320, "", 0.1)]
    [InlineData(120, "noise=alls=24:allf=t,", 0.25)]
    public async Task A_crop_has_the_subject_in_its_middle_wherever_it_is(int x, string over, double off)
    {
        var clip = await ClipAsync(x, over);

        var seen = await workshop.LookAsync(await ears.RenderAsync(clip, """{"op":"reframe","aspect_ratio":"9:16"}"""));

        var middle = MiddleOfRed(seen);
        Assert.InRange(middle / seen.Size.Width, 0.5 - off, 0.5 + off);
    }

    [Fact]
    public async Task What_was_asked_for_is_kept()
    {
        var clip = await ClipAsync(120, "");

        var right = await workshop.LookAsync(await ears.RenderAsync(clip, """{"op":"reframe","aspect_ratio":"9:16","focus_x":1}"""));

        Assert.True(double.IsNaN(MiddleOfRed(right)), "the disc at the left is not in a crop of the right");
    }

    private Task<McpI2V.Media.Clips.ClipSource> ClipAsync(int x, string over) => ears.Renders.ClipAsync(
        $"color=c=gray:s=640x360:r=25:d=1,{over}format=rgb24,geq=r='if(lt(hypot(X-{x},Y-180),60),220,r(X,Y))':" +
            $"g='if(lt(hypot(X-{x},Y-180),60),30,g(X,Y))':b='if(lt(hypot(X-{x},Y-180),60),30,b(X,Y))',format=yuv420p",
        null,
        new PixelSize(640, 360),
        1);

    private static double MiddleOfRed(Picture picture)
    {
        var red = Enumerable.Range(0, picture.Size.Width)
            .Where(x => picture.At((x + 0.5) / picture.Size.Width, 0.5) is var p && p.Red > p.Green + 90)
            .ToList();
        return red.Count == 0 ? double.NaN : red.Average();
    }
}
