using McpI2V.Media.Formats;
using McpI2V.Media.Geometry;
using McpI2V.Media.Probing.Headers;

namespace McpI2V.Media.Tests.Probing.Headers;

public sealed class ReadingAStillsHeader
{
    public static TheoryData<int> EverySeed => [.. Enumerable.Range(0, Seeds.Stills.Count)];

    [Theory]
    [MemberData(nameof(EverySeed))]
    public void Every_format_tells_its_size_and_those_that_can_how_it_is_turned(int seed)
    {
        var (format, bytes) = Seeds.Stills[seed];
        Assert.Equal(format, FormatSniffer.Sniff(bytes));

        var header = StillHeader.Read(new MemoryStream(bytes), format);

        Assert.Equal(new PixelSize(640, 480), header.Stored);
        var turns = bytes.AsSpan().IndexOf((ReadOnlySpan<byte>)[0x12, 0x01, 3, 0]) >= 0;
        Assert.Equal(turns ? 6 : 1, header.Orientation);
    }

    [Fact]
    public void A_bitmap_that_is_2_to_the_31_rows_high_is_a_size_like_any_other()
    {
        var header = StillHeader.FromSize(640, Math.Abs((long)int.MinValue) - 1);
        Assert.Equal(int.MaxValue, header.Stored.Height);

        var e = Assert.Throws<MediaException>(() => StillHeader.Read(new MemoryStream(Seeds.Bmp(640, int.MinValue)), MediaFormat.Bmp));
        Assert.Contains("640x2147483648", e.Message, StringComparison.Ordinal);
        Assert.Equal(MediaFault.Unreadable, e.Fault);
    }

    [Theory]
    [InlineData("zTXt", "Comment\0\0")]
    [InlineData("iCCP", "sRGB\0\0")]
    [InlineData("iTXt", "Comment\0\u0001\0en\0words\0")]
    public void A_bomb_in_a_pictures_metadata_is_refused_without_being_unpacked(string chunk, string names)
    {
        var packed = Seeds.Deflated(1_000_000_000);
        var picture = Seeds.Png([Seeds.Chunk(chunk, [.. names.Select(c => (byte)c), .. packed])]);
        var before = GC.GetAllocatedBytesForCurrentThread();

        var e = Assert.Throws<MediaException>(() => ContainerStructure.RequireWhole(new MemoryStream(picture), MediaFormat.Png));
        var header = StillHeader.Read(new MemoryStream(picture), MediaFormat.Png);

        Assert.Contains("unpack to more than 8 MB", e.Message, StringComparison.Ordinal);
        Assert.Equal(640, header.Stored.Width);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1_000_000);
    }

    [Fact]
    public void Many_small_bombs_count_as_one()
    {
        var part = Seeds.Chunk("zTXt", [.. "Comment\0\0"u8, .. Seeds.Deflated(1_000_000)]);

        Assert.Throws<MediaException>(() => ContainerStructure.RequireWhole(
            new MemoryStream(Seeds.Png([.. Enumerable.Repeat(part, 9)])),
            MediaFormat.Png));
        ContainerStructure.RequireWhole(new MemoryStream(Seeds.Png([.. Enumerable.Repeat(part, 7)])), MediaFormat.Png);
    }

    [Theory]
    [InlineData("zTXt", 600)]
    [InlineData("iCCP", 100_000)]
    [InlineData("iTXt", 600)]
    public void A_packed_text_whose_name_has_no_end_is_not_let_in(string chunk, int letters)
    {
        var picture = Seeds.Png([Seeds.Chunk(chunk, [.. Enumerable.Repeat((byte)'a', letters), 0, 0, .. Seeds.Deflated(1_000)])]);

        Assert.Contains(
            "has no end",
            Assert.Throws<MediaException>(() => ContainerStructure.RequireWhole(new MemoryStream(picture), MediaFormat.Png)).Message,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(16_380)]
    [InlineData(40_000)]
    public void A_second_picture_behind_the_first_is_not_let_in(int between)
    {
        var one = Seeds.Png([]);

        ContainerStructure.RequireWhole(new MemoryStream([.. one, .. new byte[between]]), MediaFormat.Png);
        Assert.Contains(
            "more than one picture",
            Assert.Throws<MediaException>(() => ContainerStructure.RequireWhole(
                new MemoryStream([.. one, .. new byte[between], .. one]),
                MediaFormat.Png)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_clip_whose_index_is_packed_is_refused()
    {
        byte[] file =
        [
            .. Seeds.Box("ftyp", [.. "qt  \0\0\0\0qt  "u8]),
            .. Seeds.Box("moov", Seeds.Box("cmov", Seeds.Box("cmvd", [0, 0, 0, 9, .. Seeds.Deflated(9)]))),
        ];

        var e = Assert.Throws<MediaException>(() => ContainerStructure.RequireWhole(new MemoryStream(file), MediaFormat.Mov));

        Assert.Contains("compressed", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_in_millions_of_pieces_is_given_up()
    {
        var crumbs = new byte[12 * 1_000_000];
        var picture = Seeds.Png([crumbs]);

        var e = Assert.Throws<MediaException>(() => StillHeader.Read(new MemoryStream(picture), MediaFormat.Png));

        Assert.Contains("pieces", e.Message, StringComparison.Ordinal);
    }
}
