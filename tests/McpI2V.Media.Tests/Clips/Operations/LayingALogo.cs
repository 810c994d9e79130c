using System.Text.Json;
using McpI2V.Media.Clips;
using McpI2V.Media.Clips.Operations;
using McpI2V.Media.Ffmpeg;
using McpI2V.Media.Formats;
using McpI2V.Media.Geometry;
using McpI2V.Media.Text.Setting;

namespace McpI2V.Media.Tests.Clips.Operations;

/// <summary>A ring of one colour, 120 by 60 of 360 by 640 pixels, at the right above unless it has to go.</summary>
public sealed class LayingALogo : IDisposable
{
    private const string Logo = """{"op":"logo","image":"still-1","scale":0.3334}""";
    private static readonly PixelSize Frame = new(360, 640);
    private readonly Ears ears = new();
    private readonly Workshop workshop = new();

    public void Dispose()
    {
        ears.Dispose();
        workshop.Dispose();
    }

    [Fact]
    public async Task White_on_white_is_set_in_black_and_says_so()
    {
        var (picture, result) = await LaidAsync("color=c=white", "white");

        var at = result.Place!;
        Assert.True(Red(picture, at.X + 60, at.Y + 3) < 60, "the ring is dark");
        Assert.True(Red(picture, at.X + 60, at.Y + 30) > 240, "what is behind it is as it was");
        Assert.Contains("is set in black", result.Moved, StringComparison.Ordinal);
    }

    [Fact]
    public async Task White_on_dark_stays_as_it_is_without_a_word()
    {
        var (picture, result) = await LaidAsync("color=c=0x203040", "white");

        Assert.Equal((null, null), (result.Moved, result.Ink));
        Assert.True(Red(picture, result.Place!.X + 60, result.Place.Y + 3) > 230, "the ring is white");
        Assert.Equal((360 * 0.94) - 120, result.Place.X, 1.0);
        Assert.Equal(640 * 0.14, result.Place.Y, 1.0);
    }

    [Fact]
    public async Task Where_neither_light_nor_dark_is_seen_it_stands_on_a_soft_shade()
    {
        var (picture, result) = await LaidAsync(
            "color=c=white:s=360x640:r=25:d=1,geq=lum='if(mod(floor(X/6)+floor(Y/6),2),250,10)':cb=128:cr=128",
            "white",
            isWhole: true);

        Assert.Contains("stands on a dark shade", result.Moved, StringComparison.Ordinal);
        var at = result.Place!;
        var inside = Enumerable.Range(0, 18).Max(i => Red(picture, at.X + 51 + i, at.Y + 30));
        var outside = Enumerable.Range(0, 18).Max(i => Red(picture, 100 + i, 500));
        Assert.True(inside < 150 && outside > 220, $"{inside} under the ring, {outside} elsewhere");
    }

    [Fact]
    public async Task It_keeps_clear_of_the_subject_at_its_corner()
    {
        var (_, result) = await LaidAsync(
            "color=c=0x304050:s=360x640:r=25:d=1,drawbox=x=190:y=0:w=170:h=300:c=0xe0a030:t=fill",
            "white",
            isWhole: true);

        var place = result.Place!;
        Assert.True(place.X + place.Width <= 195 || place.Y >= 296, $"at {place}");
        Assert.Contains("top_right", result.Moved, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_and_a_text_keep_clear_of_each_other_whichever_comes_first()
    {
        const string Text = """{"op":"text","text":"SUMMER SALE STARTS TODAY","position":"top","style":"clean"}""";
        foreach (var isFirst in new[] { true, false })
        {
            var steps = isFirst ? new[] { Logo, Text } : [Text, Logo];
            var (_, results) = await RenderAsync("color=c=0x203040:s=360x640:r=25:d=1", "white", steps);

            var (one, other) = (Assert.Single(results[0].Taken).Area, Assert.Single(results[1].Taken).Area);
            Assert.False(one.Overlaps(other), $"{one} and {other}");
        }
    }

    private static int Red(Picture picture, int x, int y) =>
        picture.At((x + 0.5) / picture.Size.Width, (y + 0.5) / picture.Size.Height).Red;

    private async Task<(Picture Picture, TextResult Result)> LaidAsync(string picture, string colour, bool isWhole = false)
    {
        var (made, results) = await RenderAsync(isWhole ? picture : picture + ":s=360x640:r=25:d=1", colour, Logo);
        return (made, Assert.Single(results));
    }

    private async Task<(Picture Picture, IReadOnlyList<TextResult> Results)> RenderAsync(
        string picture,
        string colour,
        params string[] steps)
    {
        var ring = await workshop.MakeAsync(
            "ring.png",
            "-f", "lavfi", "-i", $"color=c={colour}:s=240x120,format=rgba,geq=r='r(X,Y)':g='g(X,Y)':b='b(X,Y)':" +
                "a='255*gt(lt(Y,16)+gt(Y,103)+lt(X,16)+gt(X,223),0)'",
            "-frames:v", "1");
        var clip = await ears.Renders.ClipAsync(picture, null, Frame, 1);
        var shelf = new Shelf(still: new StillSource(ring, MediaFormat.Png, new(240, 120), 1, HasAlpha: true));
        var work = ears.Renders.Work();
        var path = work.At("laid.mp4");
        var results = await ears.Renders.Renderer.RenderAsync(
            clip with { Recipe = [.. steps.Select(s => OperationCatalogue.Read(JsonElement.Parse(s), shelf))] },
            path,
            EncodeQuality.Best,
            comment: null,
            work,
            TestContext.Current.CancellationToken);
        return (await workshop.LookAsync(path), results);
    }
}
