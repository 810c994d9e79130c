using System.Text.Json.Nodes;
using McpI2V.Answers;
using McpI2V.Answers.Looks;
using McpI2V.Engine;
using McpI2V.Engine.Library;
using McpI2V.Media.Formats;
using McpI2V.Media.Geometry;
using McpI2V.Media.Previews;

namespace McpI2V.Tests.Answers;

/// <summary>What a picture shows, told to a model that sees none.</summary>
public sealed class ShowingInWords
{
    private static readonly Asset Clip = Of("clip-2", 2);

    [Fact]
    public void A_clip_in_which_nothing_moves_says_so()
    {
        Assert.Equal("Shows: mid-bright (50 %); nothing moves.", PictureWords.Of(Clip, Painted((_, _, _) => 128), before: null));
    }

    [Fact]
    public void Motion_is_told_by_where_in_the_frame_it_is()
    {
        var steam = Painted((moment, x, y) => x < 4 && y >= 8 ? 100 + (moment * 60) : 100);

        Assert.Contains("moves much, most at the lower left", PictureWords.Of(Clip, steam, before: null), StringComparison.Ordinal);
    }

    [Fact]
    public void Words_are_told_by_where_the_recipe_lays_them()
    {
        var titled = Clip with
        {
            Recipe = JsonNode.Parse("""[{"op":"text","text":"Glow","position":"top"},{"op":"logo","image":"still-1"}]""")!.AsArray(),
        };

        Assert.Contains("text; logo", PictureWords.Of(titled, Painted((_, _, _) => 128), before: null),
            StringComparison.Ordinal);
    }

    [Fact]
    public void What_changed_is_told_against_the_clip_before()
    {
        var before = (Of("clip-1", 2), Painted((_, _, _) => 100));
        var titled = Painted((_, _, y) => y < 4 ? 200 : 100);

        Assert.EndsWith("Against clip-1: 13 % brighter, changed most at the upper left, top.", PictureWords.Of(Clip, titled, before),
            StringComparison.Ordinal);
        Assert.EndsWith("Against clip-1: looks the same.", PictureWords.Of(Clip, before.Item2, before), StringComparison.Ordinal);
    }

    [Fact]
    public void Another_part_of_a_picture_is_not_said_to_be_graded()
    {
        var before = (Of("clip-1", 2), Painted((_, _, _) => 100));

        Assert.DoesNotContain("brighter",
            PictureWords.Of(Clip with { Size = new PixelSize(1080, 1080) }, Painted((_, _, _) => 130), before), StringComparison.Ordinal);
        Assert.DoesNotContain("brighter",
            PictureWords.Of(Clip with { Operation = "animate", Model = "local:camera" }, Painted((_, _, _) => 130), before),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Words_too_faint_to_be_measured_are_not_said_to_look_the_same()
    {
        var before = (Of("clip-1", 2), Painted((_, _, _) => 100));
        var signed = Clip with { Recipe = JsonNode.Parse("""[{"op":"logo","image":"still-1"}]""")!.AsArray() };

        Assert.EndsWith("too small or faint to be measured.", PictureWords.Of(signed, before.Item2, before), StringComparison.Ordinal);
    }

    [Fact]
    public void A_plan_past_its_limit_is_said_to_be_refused_and_one_within_is_not()
    {
        Assert.Contains("$3.46, and max_cost_usd is 1.00; it would be refused", Assert.Single(FirstLines.OverLimit(3.46m, 1)),
            StringComparison.Ordinal);
        Assert.Empty(FirstLines.OverLimit(3.46m, null));
        Assert.Empty(FirstLines.OverLimit(3.46m, 4));
    }

    [Fact]
    public void A_clip_that_begins_as_another_picture_than_its_still_has_drifted()
    {
        var still = (Of("still-1", 0), Look.FromBytes(Painted((_, _, _) => 100).First().ToBytes())!);

        Assert.Null(PictureWords.Drifted(Clip, Painted((moment, _, _) => 104 + (moment * 70)), still));
        Assert.Contains("Drift: clip-2 begins 20 % away from still-1", PictureWords.Drifted(Clip, Painted((_, _, _) => 150), still)!,
            StringComparison.Ordinal);
    }

    private static Look Painted(Func<int, int, int, int> grey) => Look.FromBytes(
    [
        .. from y in Enumerable.Range(0, Look.Side)
           from moment in Enumerable.Range(0, Look.Moments)
           from x in Enumerable.Range(0, Look.Side)
           from channel in Enumerable.Range(0, 3)
           select (byte)grey(moment, x, y),
    ])!;

    private static Asset Of(string handle, double seconds) => new()
    {
        Handle = AssetHandle.TryParse(handle, out var parsed) ? parsed : throw new ArgumentException(handle),
        File = handle,
        Format = MediaFormat.Mp4,
        Size = new PixelSize(480, 854),
        Duration = TimeSpan.FromSeconds(seconds),
        Bytes = 1,
        Sha256 = "",
        Title = handle,
        Operation = "edit",
    };
}
