using McpI2V.Engine.Editing;
using McpI2V.Engine.Library.Import;

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
    public void Times_inside_a_cue_say_when_each_word_is_spoken()
    {
        var cue = SubtitleText.Cues(
            "WEBVTT\n\n00:01.000 --> 00:03.000\nOne <00:00:01.400><c>two</c> <00:02.000>three four\n",
            "captions")[0]!;

        Assert.Equal("One two three four", cue["text"]!.GetValue<string>());
        Assert.Equal([1, 1.4, 2, 2.5], cue["word_seconds"]!.AsArray().Select(t => t!.GetValue<double>()));
    }

    [Fact]
    public void Without_them_nobody_makes_them_up() => Assert.Null(
        SubtitleText.Cues("WEBVTT\n\n00:01.000 --> 00:03.000\nOne two\n", "captions")[0]!["word_seconds"]);

    [Theory]
    [InlineData("utf-8", false)]
    [InlineData("utf-8", true)]
    [InlineData("utf-16", true)]
    [InlineData("utf-16", false)]
    [InlineData("utf-16BE", true)]
    [InlineData("utf-16BE", false)]
    public void A_file_is_read_in_every_unicode_with_and_without_its_mark(string encoding, bool isMarked)
    {
        const string Text = "1\r\n00:00:01,000 --> 00:00:02,500\r\n\u0421\u043a\u0438\u0434\u043a\u0430 50 %\r\n";
        var letters = System.Text.Encoding.GetEncoding(encoding);
        byte[] bytes = [.. isMarked ? letters.GetPreamble() : [], .. letters.GetBytes(Text)];

        var cue = SubtitleText.Cues(TextBytes.Read(bytes, "captions", "a.srt"), "captions")[0]!;

        Assert.Equal("\u0421\u043a\u0438\u0434\u043a\u0430 50 %", cue["text"]!.GetValue<string>());
    }

    [Theory]
    [InlineData(new byte[] { 0xD1, 0xEA, 0xE8, 0xE4, 0xEA, 0xE0 }, "Windows-1251")]
    [InlineData(new byte[] { 0x47, 0x65, 0x6D, 0xFC, 0x73, 0x65 }, "Windows-1252")]
    public void Letters_of_a_code_page_are_not_guessed_but_told(byte[] word, string page)
    {
        byte[] file = [.. "1\r\n00:00:01,000 --> 00:00:02,500\r\n"u8, .. word, .. "\r\n"u8];

        var e = Assert.Throws<I2VException>(() => TextBytes.Read(file, "captions", "a.srt"));

        Assert.Equal("captions", e.Argument);
        Assert.Contains(page, e.Message, StringComparison.Ordinal);
        Assert.Contains("Save it as UTF-8", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_text_without_cues_is_refused() =>
        Assert.Equal("captions", Assert.Throws<I2VException>(() => SubtitleText.Cues("ffconcat version 1.0\nfile x", "captions")).Argument);
}
