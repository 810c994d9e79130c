using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using McpI2V.Media.Clips;
using McpI2V.Media.Clips.Operations;
using McpI2V.Media.Formats;
using McpI2V.Media.Geometry;

namespace McpI2V.Media.Tests.Clips;

public sealed class RecipesOfOperations
{
    private static readonly ClipShape Shape = new(new PixelSize(1080, 1920), TimeSpan.FromSeconds(6), 30, HasAudio: true);

    [Fact]
    public void Every_recipe_either_fits_or_says_which_step_does_not()
    {
        var step = Gen.OneOf(
            from start in Gen.Choose(0, 80) from length in Gen.Choose(1, 80) select $$"""{"op":"trim","start_seconds":{{start / 10.0}},"end_seconds":{{(start + length) / 10.0}}}""",
            from factor in Gen.Choose(25, 400) select $$"""{"op":"speed","factor":{{factor / 100.0}}}""",
            from factor in Gen.Choose(25, 400) from to in Gen.Choose(25, 400) from start in Gen.Choose(-60, 60)
            select $$"""{"op":"speed","factor":{{factor / 100.0}},"to_factor":{{to / 100.0}},"start_seconds":{{start / 10.0}}}""",
            Gen.Elements(
                """{"op":"reverse"}""",
                """{"op":"mute"}""",
                """{"op":"loop","times":3}""",
                """{"op":"loop","mode":"boomerang"}""",
                """{"op":"reframe","aspect_ratio":"1:1"}""",
                """{"op":"scale","resolution":"720p"}"""),
            from at in Gen.Choose(0, 90) select $$"""{"op":"freeze_frame","at_seconds":{{at / 10.0}}}""");

        Check.QuickThrowOnFailure(Prop.ForAll(Arb.From(Gen.ListOf(step)), steps =>
        {
            var source = new ClipSource("x.mp4", MediaFormat.Mp4, Shape, [.. steps.Select(Read)]);
            try
            {
                var result = source.Result();
                Assert.InRange(result.Duration, TimeSpan.FromSeconds(0.1), ClipShape.Longest);
                Assert.Equal(0, result.Size.Width % 2);
                Assert.Equal(0, result.Size.Height % 2);
                var frames = result.Duration.TotalSeconds * result.FramesPerSecond;
                Assert.Equal(Math.Round(frames), frames, 3);
            }
            catch (MediaException e)
            {
                Assert.Equal(MediaFault.OutOfRange, e.Fault);
                Assert.Matches("^step [0-9]+ \\(", e.Message);
            }
        }));
    }

    [Theory]
    [InlineData("""{"op":"sparkle"}""", "trim, speed")]
    [InlineData("""{"op":"trim","end_seconds":-601}""", "end_seconds")]
    [InlineData("""{"op":"trim","start_seconds":2,"end_seconds":1}""", "after")]
    [InlineData("""{"op":"text"}""", "text is missing")]
    [InlineData("""{"op":"text","text":"x","position":"left"}""", "top, center, bottom")]
    [InlineData("""{"op":"loop","times":99}""", "1 to 10")]
    [InlineData("""{"op":"reframe","aspect_ratio":"7:3"}""", "9:16")]
    [InlineData("""{"op":"captions","cues":[]}""", "cues")]
    [InlineData("\"trim\"", "object")]
    [InlineData("""{"op":"cut"}""", "op is \"cut\": trim keeps one stretch")]
    [InlineData("""{"op":"mirror"}""", "no operation does that. One of trim")]
    [InlineData("""{"op":"volume"}""", "audio has gain_db")]
    [InlineData("""{"op":"fade"}""", "in_seconds, out_seconds or both")]
    [InlineData("""{"op":"grade","look":"warm","tint":1.5}""", "from -1 to 1")]
    [InlineData("""{"op":"loop","times":2.5}""", "whole number")]
    [InlineData("""{"op":"captions","cues":[{"start_seconds":1,"end_seconds":1,"text":"Hi"}]}""", "captions: cues[0]: end_seconds is 1")]
    public void A_wrong_step_names_its_member_and_what_is_allowed(string json, string words)
    {
        var e = Assert.Throws<MediaException>(() => Read(json));
        Assert.Contains(words, e.Message, StringComparison.Ordinal);
    }

    private static IClipOperation Read(string json)
    {
        using var document = JsonDocument.Parse(json);
        return OperationCatalogue.Read(document.RootElement.Clone(), new OneClip());
    }
}
