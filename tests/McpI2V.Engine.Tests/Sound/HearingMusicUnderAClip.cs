using McpI2V.Engine.Sound;

namespace McpI2V.Engine.Tests.Sound;

/// <summary>Music of 10 s with a beat each second, under a clip.</summary>
public sealed class HearingMusicUnderAClip
{
    private static readonly double[] Beats = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9];

    [Fact]
    public void Beats_come_as_much_later_as_the_music_does_and_earlier_by_what_is_left_out()
    {
        var heard = new HeardMusic(Start: 2, From: 3.5, Seconds: 10, Loops: false);

        Assert.Equal([2.5, 3.5, 4.5], heard.OnClip(Beats, 5));
        Assert.Equal(5.5, heard.PlaceAt(4));
    }

    [Fact]
    public void Music_that_is_over_has_no_more_beats_unless_it_begins_again()
    {
        Assert.Equal([0, 1], new HeardMusic(0, 8, 10, Loops: false).OnClip(Beats, 6));
        // Short music begins again where it began, here every 2 s.
        Assert.Equal([0, 1, 2, 3, 4, 5], new HeardMusic(0, 8, 10, Loops: true).OnClip(Beats, 6));
        Assert.Equal(9.5, new HeardMusic(0, 8, 10, Loops: true).PlaceAt(5.5));
    }
}
