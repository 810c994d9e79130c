using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace McpI2V.EndToEnd.Editing;

/// <summary>
/// What platforms say of the files they take, as their own pages had it in 2026-11: Instagram Platform, Content Publishing (reels, stories,
/// feed); YouTube, recommended upload encoding settings; TikTok, Content Posting API and Ads Manager, video specifications; LinkedIn,
/// advertising specifications; X, media best practices; Snapchat and Pinterest, ad specifications.
/// </summary>
internal sealed record PublishedLimits(
    string Platform,
    int Width,
    int Height,
    double LowestRate,
    double HighestRate,
    int MostPictureKilobits,
    int LeastSoundKilobits,
    int MostSoundKilobits,
    double LongestGroupSeconds)
{
    private static readonly IReadOnlyList<PublishedLimits> All =
    [
        new("tiktok", 1080, 1920, 23, 60, 30_000, 128, 320, 5),
        new("reels", 1080, 1920, 23, 60, 25_000, 64, 128, 5),
        new("stories", 1080, 1920, 23, 60, 25_000, 64, 128, 5),
        new("meta_feed", 1080, 1350, 23, 60, 25_000, 64, 128, 5),
        new("shorts", 1080, 1920, 24, 60, 68_000, 384, 384, 0.5),
        new("youtube", 1920, 1080, 24, 60, 68_000, 384, 384, 0.5),
        new("snapchat", 1080, 1920, 23, 60, 50_000, 192, 320, 5),
        new("pinterest", 1080, 1920, 23, 60, 50_000, 64, 320, 5),
        new("linkedin", 1080, 1080, 23, 29.99, 30_000, 64, 320, 5),
        new("linkedin_4x5", 1080, 1350, 23, 29.99, 30_000, 64, 320, 5),
        new("x", 1920, 1080, 23, 60, 25_000, 64, 128, 5),
    ];

    public static PublishedLimits Of(string platform) => All.Single(l => l.Platform == platform);

    /// <summary>Refuses a file that the platform would.</summary>
    public async Task ShouldTakeAsync(string path)
    {
        var report = JsonNode.Parse((await Shell.RunAsync(
            "ffprobe",
            $"-v error -show_streams -show_format -show_entries packet=codec_type,pts_time,flags -of json \"{path}\"")).Output)!;
        var picture = report["streams"]!.AsArray().Single(s => Text(s!, "codec_type") == "video")!;
        var sound = report["streams"]!.AsArray().SingleOrDefault(s => Text(s!, "codec_type") == "audio");
        var boxes = Boxes(await File.ReadAllBytesAsync(path)).ToList();

        Assert.Equal(
            ("h264", "High", "yuv420p", "bt709", "tv", $"{Width}x{Height}"),
            (Text(picture, "codec_name"), Text(picture, "profile"), Text(picture, "pix_fmt"), Text(picture, "color_space"),
                Text(picture, "color_range"), $"{picture["width"]}x{picture["height"]}"));
        Assert.True(picture["level"]!.GetValue<int>() <= 42, $"{Platform}: level {picture["level"]}");
        Assert.InRange(picture["has_b_frames"]!.GetValue<int>(), 0, 2);
        var rate = Text(picture, "avg_frame_rate").Split('/').Select(n => double.Parse(n, CultureInfo.InvariantCulture)).ToList();
        Assert.InRange(rate[0] / rate[1], LowestRate, HighestRate);
        Assert.InRange(Number(picture, "bit_rate") / 1000, 0, MostPictureKilobits);
        Assert.DoesNotContain("edts/elst", boxes);
        Assert.True(boxes.IndexOf("moov") < boxes.IndexOf("mdat"), $"{Platform}: the index comes last");
        Assert.Equal(0, Number(picture, "start_time"), 3);
        var keys = report["packets"]!.AsArray()
            .Where(p => Text(p!, "codec_type") == "video" && Text(p!, "flags").StartsWith('K'))
            .Select(p => Number(p!, "pts_time"))
            .Append(Number(picture, "duration"))
            .ToList();
        Assert.All(keys.Zip(keys.Skip(1)), pair => Assert.InRange(pair.Second - pair.First, 0, LongestGroupSeconds + 0.04));
        if (sound is not null)
        {
            Assert.Equal(("aac", "LC", "48000", 2), (
                Text(sound, "codec_name"),
                Text(sound, "profile"),
                Text(sound, "sample_rate"),
                sound["channels"]!.GetValue<int>()));
            // The encoder spends less on what is simple; more than was said it never does.
            Assert.InRange(Number(sound, "bit_rate") / 1000, 1, MostSoundKilobits * 1.03);
            Assert.Equal(0, Number(sound, "start_time"), 3);
        }
    }

    private static string Text(JsonNode node, string name) => node[name]?.ToString() ?? "";

    private static double Number(JsonNode node, string name) => double.Parse(Text(node, name), CultureInfo.InvariantCulture);

    // The boxes of a file, those inside tracks with their parent's name.
    private static IEnumerable<string> Boxes(byte[] file, int from = 0, int? until = null, string parent = "")
    {
        var end = until ?? file.Length;
        for (var at = from; at + 8 <= end;)
        {
            var length = BinaryPrimitives.ReadUInt32BigEndian(file.AsSpan(at));
            var name = Encoding.ASCII.GetString(file, at + 4, 4);
            yield return parent.Length == 0 ? name : $"{parent}/{name}";
            if (name is "moov" or "trak" or "edts" or "mdia")
            {
                foreach (var inner in Boxes(file, at + 8, at + (int)length, name))
                {
                    yield return inner;
                }
            }
            at += length < 8 ? end : (int)length;
        }
    }
}
