using System.Text;
using System.Text.Json;
using McpI2V.Fuzzing;
using McpI2V.Media.Clips;
using McpI2V.Media.Clips.Operations;
using McpI2V.Media.Formats;
using McpI2V.Media.Geometry;
using McpI2V.Media.Probing;
using McpI2V.Media.Probing.Headers;
using McpI2V.Media.Text;

namespace McpI2V.Media.Tests;

public sealed class ForeignBytes
{
    private static readonly string[] Marks =
    [
        "IHDR",
        "IDAT",
        "IEND",
        "zTXt",
        "iCCP",
        "iTXt",
        "eXIf",
        "Exif\0\0",
        "VP8X",
        "VP8 ",
        "VP8L",
        "EXIF",
        "ftyp",
        "moov",
        "mdat",
        "avif",
        "mif1",
        "RIFF",
        "WEBP",
        "WAVE",
        "GIF89a",
        "BM",
        "ID3",
    ];

    public static TheoryData<string> Formats => [.. Seeds.Stills.Select(s => s.Format.Name).Distinct()];

    public static TheoryData<string> Containers => [.. MediaFormat.All.Select(f => f.Name)];

    [Theory]
    [MemberData(nameof(Formats))]
    public void Headers_of_stills(string name)
    {
        var format = MediaFormat.All.First(f => f.Name == name);
        Fuzz.Run("header of " + name, Of(format), Marks, bytes =>
        {
            var header = StillHeader.Read(new MemoryStream(bytes), format);
            Assert.InRange(header.Orientation, 1, 8);
            Assert.True(header.Stored.Width > 0 && header.Stored.Height > 0);
            return $"{header.Stored.Width > header.Stored.Height} {header.Orientation}";
        }, IsRefusal);
    }

    [Theory]
    [MemberData(nameof(Containers))]
    public void Containers_of_every_format(string name)
    {
        var format = MediaFormat.All.First(f => f.Name == name);
        Fuzz.Run("container of " + name, [.. Of(format), .. Seeds.Containers.Select(c => c.Bytes)], Marks, bytes =>
        {
            ContainerStructure.RequireWhole(new MemoryStream(bytes), format);
            return "whole";
        }, IsRefusal);
    }

    [Fact]
    public void The_first_bytes_of_anything() => Fuzz.Run("sniffer", [.. All], Marks, bytes => FormatSniffer.Sniff(bytes).Name, IsRefusal);

    [Fact]
    public void The_quality_of_a_jpeg() => Fuzz.Run("JPEG quality", Of(MediaFormat.Jpeg), Marks, bytes =>
    {
        var quality = JpegQuality.FromFile(new MemoryStream(bytes));
        Assert.InRange(quality, 1, 100);
        return quality.ToString("0");
    }, IsRefusal);

    [Fact]
    public void Operations_of_a_recipe()
    {
        string[] steps =
        [
            """{"op":"trim","start_seconds":0.5,"end_seconds":2}""", """{"op":"speed","factor":2,"interpolate":true}""", """{"op":"reverse"}""", """{"op":"loop","mode":"boomerang","times":2}""",
            """{"op":"reframe","aspect_ratio":"9:16","mode":"follow","focus_x":0.2,"focus_y":0.8}""", """{"op":"scale","resolution":"720p"}""", """{"op":"grade","look":"warm"}""", """{"op":"grade","exposure":1,"tint":-0.5}""",
            """{"op":"fade","in_seconds":1,"out_seconds":1}""", """{"op":"text","text":"Now {\\b1} -20%","position":"top","start_seconds":1,"end_seconds":2,"style":"boxed"}""",
            """{"op":"captions","cues":[{"start_seconds":0,"end_seconds":1,"text":"Hi"}],"style":"caption"}""", """{"op":"logo","image":"still-1","position":"top_right","scale":0.2,"opacity":0.9}""",
            """{"op":"audio","audio":"audio-1","gain_db":-6,"loop":true,"fade_seconds":1,"duck":true}""", """{"op":"mute"}""", """{"op":"append","clips":["clip-1"],"transition":"crossfade","transition_seconds":0.5}""",
            """{"op":"freeze_frame","at_seconds":1,"duration_seconds":2}""", """{"op":"stabilize","strength":0.7}""",
        ];
        var shape = new ClipShape(new PixelSize(1080, 1920), TimeSpan.FromSeconds(5), 30, HasAudio: true);
        string[] words =
        [
            "1e308",
            "-1e308",
            "1e-320",
            "-0",
            "null",
            "NaN",
            "\"\\u0000\"",
            "\"\\ud800\"",
            "[",
            "]",
            "{",
            "}",
            "9223372036854775807",
            .. OperationCatalogue.Names,
        ];
        Fuzz.Run("operations", [.. steps.Select(Encoding.UTF8.GetBytes)], words, bytes =>
        {
            using var document = JsonDocument.Parse(bytes);
            var after = OperationCatalogue.Read(document.RootElement, new Sources(shape)).Apply(shape);
            Assert.InRange(after.Duration.TotalSeconds, 0.09, ClipShape.Longest.TotalSeconds + 0.01);
            return after.ToString();
        }, e => e is JsonException || (e is MediaException && e.Message.Length < 20_000));
    }

    [Fact]
    public void Words_that_stand_for_values() => Fuzz.Run(
        "colours, ratios, resolutions",
        [.. new[] { "#fff", "#a1b2c3", "teal", "9:16", "16x9", "1080p" }.Select(Encoding.UTF8.GetBytes)],
        [],
        bytes =>
    {
        var text = Encoding.UTF8.GetString(bytes);
        return $"{Colour.TryParse(text, out _)} {AspectRatio.TryParse(text, out _)} {Resolution.TryParse(text, out _)}";
    }, _ => false);

    [Fact]
    public void Text_on_a_clip_stays_text() => Fuzz.Run(
        "text",
        [.. new[] { "Now {\\b1} only", "a\\Nb\\hc", "two\nlines", "}{\\p1}m 0 0" }.Select(Encoding.UTF8.GetBytes)],
        ["{", "}", "\\", "\\N", "\n", "\r", "\u2028", "Dialogue: 0,", "\u202e"],
        bytes =>
    {
        var document = AssDocument.Compose(
            [new TextCue(Encoding.UTF8.GetString(bytes), TimeSpan.Zero, TimeSpan.FromSeconds(1), TextPosition.Top, TextStyle.Bold)],
            new PixelSize(100, 100));
        var events = document[(document.IndexOf("Dialogue:", StringComparison.Ordinal) + 1)..];
        Assert.DoesNotContain('\n', events[..^1]);
        return events.Contains("\\{", StringComparison.Ordinal).ToString();
    }, _ => false);

    [Theory]
    [InlineData("eyJvcCI6InPRY2FsZSIsInJlcy0wb2x1dGlvbiI6IjcyMHAifQ==")]
    [InlineData("eyJvcCI6InRleHQiLCJ0ZXh0IjoiXHVkODAwIn0=")]
    public void Found_a_step_with_letters_that_are_no_unicode(string input)
    {
        using var document = JsonDocument.Parse(Convert.FromBase64String(input));
        Assert.Contains(
            "half a character",
            Assert.Throws<MediaException>(() => OperationCatalogue.Read(
                document.RootElement,
                new Sources(new ClipShape(default, default, 30, false)))).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Found_a_webm_whose_header_is_longer_than_any_file() =>
        Assert.Throws<MediaException>(() => ContainerStructure.RequireWhole(
            new MemoryStream(Convert.FromBase64String("GkXfowIoQoaBARhTgGeEAVACnQME")),
            MediaFormat.WebM));

    [Fact]
    public void Found_a_picture_whose_text_asks_for_a_dictionary() =>
        ContainerStructure.RequireWhole(
            new MemoryStream(Seeds.Png([Seeds.Chunk("zTXt", [.. "Comment\0\0"u8, 0x78, 0x3F, 0xDA, 0x63, 0x60, 0x18, 0x05])])),
            MediaFormat.Png);

    private static IEnumerable<byte[]> All => Seeds.Stills.Select(s => s.Bytes).Concat(Seeds.Containers.Select(c => c.Bytes));

    private static byte[][] Of(MediaFormat format) => [.. Seeds.Stills.Concat(Seeds.Containers)
        .Where(s => s.Format == format)
        .Select(s => s.Bytes)];

    private static bool IsRefusal(Exception e) => e is MediaException { Fault: MediaFault.Unreadable } && e.Message.Length < 2_000;

    private sealed class Sources(ClipShape shape) : IOperationSources
    {
        public AudioSource Audio(string handle) => new("/a", MediaFormat.Mp3, TimeSpan.FromSeconds(3));

        public ClipSource Clip(string handle) => new("/c", MediaFormat.Mp4, shape, []);

        public StillSource Still(string handle) => new("/s", MediaFormat.Png, new PixelSize(100, 100), 1, HasAlpha: true);
    }
}
