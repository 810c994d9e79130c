using System.Text.Json;
using McpI2V.Media.Clips;
using McpI2V.Media.Clips.Operations;

namespace McpI2V.Media.Tests.Clips.Operations;

public sealed class CaptioningAClip
{
    private static readonly ClipShape Clip = new(new(360, 640), TimeSpan.FromSeconds(4), 25, HasAudio: false);

    [Fact]
    public void Cues_that_overlap_are_set_one_after_another_and_that_is_told()
    {
        var step = Read("""
            {"op":"captions","cues":[{"start_seconds":0,"end_seconds":2,"text":"one"},{"start_seconds":1,"end_seconds":2,"text":"two"},
                {"start_seconds":2,"end_seconds":3,"text":"three"},{"start_seconds":5,"end_seconds":6,"text":"late"}]}
            """);

        var told = step.Departure(Clip)!;

        Assert.Contains("1 of 4 cues begin after the clip's end", told, StringComparison.Ordinal);
        Assert.Contains("1 of 4 cues are not over when the next one comes", told, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[0.1,0.5,0.9]", "3 times, and the text 2 words")]
    [InlineData("[0.9,0.5]", "goes back")]
    public void Times_of_words_that_can_not_be_are_refused(string times, string why)
    {
        var e = Assert.Throws<MediaException>(() => Read(
            $$"""{"op":"captions","cues":[{"end_seconds":2,"text":"Hello there","word_seconds":{{times}}}]}"""));

        Assert.Contains(why, e.Message, StringComparison.Ordinal);
    }

    private static IClipOperation Read(string step) => OperationCatalogue.Read(JsonElement.Parse(step), new OneClip());
}
