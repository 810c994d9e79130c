using System.Text;
using FsCheck;
using FsCheck.Fluent;
using McpI2V.Media.Formats;

namespace McpI2V.Media.Tests.Formats;

public sealed class SniffingAFile
{
    [Theory]
    [InlineData("#EXTM3U\n", "HLS playlist")]
    [InlineData("\uFEFF#EXTM3U\n", "HLS playlist")]
    [InlineData("ffconcat version 1.0\n", "concat script")]
    [InlineData("<svg xmlns='x'/>", "SVG")]
    [InlineData("<?xml version='1.0'?>\n<!-- x -->\n<svg/>", "SVG")]
    [InlineData("<!DOCTYPE html>", "web page")]
    [InlineData("%PDF-1.7", "PDF")]
    [InlineData("hello", "text file")]
    public void What_people_pass_by_mistake_is_named(string text, string words)
    {
        var e = Assert.Throws<MediaException>(() => FormatSniffer.Sniff(Encoding.UTF8.GetBytes(text)));
        Assert.Contains(words, e.Message, StringComparison.Ordinal);
        Assert.Equal(MediaFault.Unreadable, e.Fault);
    }

    [Fact]
    public void No_bytes_break_the_sniffer()
    {
        Check.QuickThrowOnFailure(Prop.ForAll<byte[]>(bytes =>
        {
            try
            {
                FormatSniffer.Sniff(bytes);
            }
            catch (MediaException)
            {
                // A named refusal is the other good answer.
            }
        }));
    }
}
