using System.Text.Json;
using McpI2V.Media.Clips;
using McpI2V.Media.Clips.Operations;
using McpI2V.Media.Formats;
using McpI2V.Media.Geometry;

namespace McpI2V.Media.Tests.Clips;

/// <summary>What is scaled has the pixels that its ratio has, whatever vendors and cameras made of it.</summary>
public sealed class ExactSizes
{
    private static readonly string[] Sources =
        ["480x854", "854x480", "720x1278", "1278x720", "608x1080", "640x480", "1080x1918", "1920x1088", "1024x1024", "500x334", "416x752"];

    public static TheoryData<string, string> SourcesAndRatios =>
        [.. Sources.SelectMany(s => AspectRatio.All.Select(r => (s, r.ToString())))];

    [Theory]
    [MemberData(nameof(SourcesAndRatios))]
    public void A_ratio_and_a_resolution_are_exact_from_every_source(string source, string ratio)
    {
        Assert.True(AspectRatio.TryParse(ratio, out var wanted));

        var result = Result(source, $$"""{"op":"reframe","aspect_ratio":"{{ratio}}","mode":"blur"}""", """{"op":"scale"}""");

        Assert.Equal(wanted.SizeWithShortSide(1080), result);
    }

    [Theory]
    [InlineData("480x854", "1080x1920")]
    [InlineData("720x1278", "1080x1920")]
    [InlineData("854x480", "1920x1080")]
    [InlineData("1278x720", "1920x1080")]
    [InlineData("500x334", "1618x1080")]
    public void A_clip_near_a_ratio_is_scaled_to_it_and_another_keeps_its_own(string source, string result) =>
        Assert.Equal(result, Result(source, """{"op":"scale","resolution":"1080p"}""").ToString());

    private static PixelSize Result(string source, params string[] steps)
    {
        var sides = source.Split('x').Select(int.Parse).ToList();
        var shape = new ClipShape(new PixelSize(sides[0], sides[1]), TimeSpan.FromSeconds(2), 30, HasAudio: false);
        return new ClipSource(
            "x.mp4",
            MediaFormat.Mp4,
            shape,
            [.. steps.Select(s => OperationCatalogue.Read(JsonElement.Parse(s), new OneClip()))]).Result().Size;
    }
}
