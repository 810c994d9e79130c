using System.Globalization;
using McpI2V.EndToEnd.Conversations.Desks;

namespace McpI2V.EndToEnd.Editing;

/// <summary>A clip as a phone records it: HDR, which feeds do not show.</summary>
public sealed class ClipsOfPhones
{
    [Fact]
    public async Task Hdr_that_is_brought_in_is_told_and_edited_into_sdr_that_is_as_bright()
    {
        using var library = new TestLibrary();
        // The white of a page in hybrid log-gamma: 75 % of the signal.
        var phone = library.Input("IMG_0042.mp4");
        var white = (64 + (876 * 0.75)).ToString("0", CultureInfo.InvariantCulture);
        await TestMedia.MakeAsync(
            phone,
            $"-f lavfi -i color=c=black:s=360x640:r=30:d=1,format=yuv420p10le,geq=lum={white}:cb=512:cr=512 -c:v libx265 -x265-params " +
                "log-level=none -tag:v hvc1 -colorspace bt2020nc -color_primaries bt2020 -color_trc arib-std-b67 -color_range tv");
        await using var assistant = await Assistant.StartAsync(library);

        var edited = (await assistant.CallAsync(
            "edit_clip",
            new { clip = phone, operations = new[] { new { op = "trim", end_seconds = 0.5 } } })).ShouldSucceed();

        Assert.Contains("HDR (HLG)", edited.Text, StringComparison.Ordinal);
        var (red, green, blue) = await Pixels.MeanAsync(edited.Path, 0.2);
        Assert.All([red, green, blue], level => Assert.InRange(level, 225, 250));
        var again = (await assistant.CallAsync(
            "edit_clip",
            new { clip = edited.Handle, operations = new[] { new { op = "fade", in_seconds = 0.1 } } })).ShouldSucceed();
        Assert.DoesNotContain("HDR", again.Text, StringComparison.Ordinal);
    }
}
