using McpI2V.Engine.Editing;

namespace McpI2V.Engine.Tests.Editing;

public sealed class ReadingSubtitles
{
    [Theory]
    [InlineData("1\r\n00:00:01,000 --> 00:00:02,500\r\nHello <i>you</i>\r\nthere\r\n\r\n")]
    [InlineData("WEBVTT\n\n00:01.000 --> 00:02.500 align:start\nHello you\nthere\n")]
    public void Cues_are_read_from_SRT_and_WebVTT(string text)
    {
        var cue = Assert.Single(SubtitleText.Cues(text, "captions"))!;

        Assert.Equal(1, cue["start_seconds"]!.GetValue<double>());
        Assert.Equal(2.5, cue["end_seconds"]!.GetValue<double>());
        Assert.Equal("Hello you\nthere", cue["text"]!.GetValue<string>());
    }

    [Fact]
    public void A_text_without_cues_is_refused() =>
        Assert.Equal("captions", Assert.Throws<I2VException>(() => SubtitleText.Cues("ffconcat version 1.0\nfile x", "captions")).Argument);
}
