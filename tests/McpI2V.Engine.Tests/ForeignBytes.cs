using System.Net;
using System.Text;
using McpI2V.Engine.Catalogue;
using McpI2V.Engine.Editing;
using McpI2V.Engine.Http;
using McpI2V.Engine.Library.Import;
using McpI2V.Engine.Motion;
using McpI2V.Engine.Storage.LocalFiles;
using McpI2V.Fuzzing;

namespace McpI2V.Engine.Tests;

public sealed class ForeignBytes : IDisposable
{
    private readonly string root = Directory.CreateTempSubdirectory("i2v-fuzz-").FullName;

    [Fact]
    public void Subtitles() => Fuzz.Run(
        "subtitles",
        Texts(
            "1\n00:00:01,000 --> 00:00:02,500\nHello\n\n2\n00:00:03,000 --> 00:00:04,000\n<i>you</i>\n",
            "WEBVTT\n\n00:01.000 --> 00:02.000 align:start\n{\\an8}Hi\n"),
        ["-->", "\n\n", "\r", "<", ">", "{\\", "}", "00:00:01,000", "99:99:99,999", "٣"],
        bytes =>
    {
        var cues = SubtitleText.Cues(Encoding.UTF8.GetString(bytes), "captions");
        foreach (var cue in cues)
        {
            Assert.True(cue!["end_seconds"]!.GetValue<double>() > cue["start_seconds"]!.GetValue<double>());
        }
        return cues.Count.ToString();
    }, IsRefusal);

    [Fact]
    public void Data_uris() => Fuzz.Run(
        "data URIs",
        Texts("data:image/png;base64,iVBORw0KGgo=", "data:;base64,"),
        [",", ";base64", "=", "%", "\n"],
        bytes => DataUri.Read(Encoding.UTF8.GetString(bytes), "image", 1_000).Length.ToString(),
        IsRefusal);

    [Fact]
    public void Handles() => Fuzz.Run(
        "handles",
        Texts("still-7", "clip-12", "i2v://assets/audio-3"),
        ["-", "i2v://assets/", "still", "0", "99999999999", "٣", "İ"],
        bytes =>
    {
        var isHandle = AssetHandle.TryParse(Encoding.UTF8.GetString(bytes), out var handle);
        Assert.True(!isHandle || (AssetHandle.TryParse(handle.ToString(), out var again) && again == handle));
        return isHandle.ToString();
    }, _ => false);

    [Fact]
    public void Paths()
    {
        var inputs = Directory.CreateDirectory(Path.Combine(root, "inputs", "deep")).Parent!.FullName;
        var secret = Path.Combine(Directory.CreateDirectory(Path.Combine(root, "outside")).FullName, "secret");
        File.WriteAllText(secret, "secret");
        File.WriteAllText(Path.Combine(inputs, "deep", "fine"), "fine");
        File.CreateSymbolicLink(Path.Combine(inputs, "link"), secret);
        Directory.CreateSymbolicLink(Path.Combine(inputs, "way"), Path.Combine(root, "outside"));
        var texts = Texts(
            Path.Combine(inputs, "deep", "fine"),
            "deep/fine",
            "link",
            "way/secret",
            secret,
            Path.Combine(inputs, "..", "outside", "secret"),
            "~/x");
        Fuzz.Run(
            "paths",
            texts,
            [
                "..",
                "/",
                "//",
                "\\",
                "\0",
                "~/",
                "./",
                inputs,
                secret,
                "way",
                "link",
                "deep",
                "/proc/self/root",
                "/dev/stdin",
                new string('a', 300),
            ],
            bytes =>
        {
            using var file = ReadablePaths.Open(Encoding.UTF8.GetString(bytes), [inputs], "image");
            using var reader = new StreamReader(file.Read());
            Assert.Equal("fine", reader.ReadToEnd());
            return file.Path;
        }, IsRefusal);
    }

    [Fact]
    public void Rows_that_name_files()
    {
        var home = Directory.CreateDirectory(Path.Combine(root, "home")).FullName;
        Directory.CreateSymbolicLink(Path.Combine(home, "way"), "/etc");
        Fuzz.Run(
            "rows that name files",
            Texts("2026/11/clip-12-slow.mp4", "../x", "/etc/passwd", "way/passwd"),
            ["..", "/", "\\", "\0", "way", "way/../..", home],
            bytes =>
        {
            var path = RealPaths.TryWithin(home, Encoding.UTF8.GetString(bytes));
            Assert.True(path is null
                || RealPaths.Resolve(path).StartsWith(RealPaths.Resolve(home) + Path.DirectorySeparatorChar, StringComparison.Ordinal));
            return (path is null).ToString();
        }, _ => false);
    }

    [Fact]
    public void Addresses()
    {
        using var fetcher = new UrlFetcher(new InputOptions { Roots = [] });
        var texts = Texts(
            "https://example.com/a.jpg",
            "https://127.0.0.1/",
            "https://2130706433/",
            "https://[::ffff:7f00:1]/",
            "https://user@example.com",
            "https://localhost.",
            "https://１２７.0.0.1/",
            "http://example.com:81/");
        Fuzz.Run(
            "addresses",
            texts,
            ["@", ":", "//", "[", "]", "::", "127.1", "0x7f", "localhost", "%31", ".", "。", "\\", "\0", "\t", "file://", "xn--"],
            bytes =>
        {
            var uri = fetcher.Parse(Encoding.UTF8.GetString(bytes), "image");
            Assert.Equal(("https", 443, ""), (uri.Scheme, uri.Port, uri.UserInfo));
            Assert.False(
                IPAddress.TryParse(uri.IdnHost.Trim('[', ']'), out var literal) && AddressGuard.IsSpecial(literal),
                uri.AbsoluteUri);
            Assert.DoesNotMatch(@"(^|\.)localhost\.?$", uri.IdnHost);
            return uri.HostNameType.ToString();
        }, IsRefusal);
    }

    [Fact]
    public void Network_addresses() => Fuzz.Run(
        "network addresses",
        [
            IPAddress.Loopback.GetAddressBytes(),
            IPAddress.Parse("64:ff9b::7f00:1").GetAddressBytes(),
            IPAddress.Parse("::ffff:10.0.0.1").GetAddressBytes(),
        ],
        [],
        bytes =>
    {
        var isV6 = bytes.Length >= 16;
        var address = new IPAddress((isV6 ? bytes.AsSpan(0, 16) : bytes.Length >= 4 ? bytes.AsSpan(0, 4) : new byte[4]).ToArray());
        var isSpecial = AddressGuard.IsSpecial(address);
        Assert.True(isSpecial || !IPAddress.IsLoopback(address));
        Assert.True(isV6 || isSpecial == AddressGuard.IsSpecial(address.MapToIPv6()));
        return isSpecial.ToString();
    }, _ => false);

    [Fact]
    public void A_users_models()
    {
        var text = """{"models":[{"id":"fal:a/b","alias":"mine","provider":"fal","kinds":["image_to_video"],"durations_seconds":{"min":3,"max":10,"only":[5,10]},"resolutions":["720p"],"aspect_ratios":["16:9"],"price":{"unit":"second","usd":0.05,"rates":[{"usd":0.1,"resolution":"1080p"}]},"inputs":{},"retired_on":"2026-12-01"}]}""";
        Fuzz.Run(
            "models.json",
            Texts(text),
            ["null", "1e308", "-1", "[]", "{}", "\"\"", "[null]", "\\ud800", "\"id\":null", "\"price\":null", "\"models\":null"],
            bytes =>
        {
            File.WriteAllBytes(Path.Combine(root, "models.json"), bytes);
            var library = new LibraryOptions { Home = root };
            var catalogue = new ModelCatalogue(library, new HomeDocuments(library), [], _ => null, TimeProvider.System);
            return catalogue.All
                .Select(m =>
                    $"{catalogue.UnavailableReason(m)} {m.DurationsSeconds} {m.Price.For(new ModelSettings())} {string.Join(
                        ',',
                        m.Frames.Select(f => f.Length))} {m.Capabilities.Length} {m.Quality.Length} {catalogue.Named(m.Alias).Count}")
                .FirstOrDefault()
                ?? "none";
        }, IsRefusal);
    }

    [Fact]
    public void A_users_presets() => Fuzz.Run(
        "presets.json",
        Texts(
            """{"presets":[{"name":"slow_push","title":"Slow push","prompt":"push in","move":"push_in","strength":0.4,"easing":"ease_in"}]}"""),
        ["null", "[null]", "1e308", "\"move\":null", "\\ud800"],
        bytes =>
    {
        File.WriteAllBytes(Path.Combine(root, "presets.json"), bytes);
        var presets = new PresetCatalogue(new LibraryOptions { Home = root });
        return presets.All.Count + presets.Get(presets.All[0].Name).Move + presets.All[0].Title.Length + presets.All[0].Prompt.Length;
    }, IsRefusal);

    [Fact]
    public void Found_a_time_in_arabic_digits() =>
        Assert.Equal(
            "captions",
            Assert.Throws<I2VException>(() => SubtitleText.Cues("00:00:01,000 --> 00:00:02,50٣\nHello\n", "captions")).Argument);

    [Fact]
    public void Found_a_host_that_is_no_name_when_it_is_asked_for()
    {
        using var fetcher = new UrlFetcher(new InputOptions { Roots = [] });
        Assert.Equal(ErrorCode.InvalidArgument, Assert.Throws<I2VException>(() => fetcher.Parse("https://xn--\uFFFD", "image")).Code);
    }

    [Theory]
    [InlineData("models.json", """{"models":[null]}""")]
    [InlineData("models.json", """{"models":[{"id":"a:b","alias":"b","provider":"a","kinds":[null],"price":{"unit":"free"}}]}""")]
    [InlineData("models.json", """{"models":[{"id":"a:b","alias":"b","provider":"a","kinds":[],"price":null}]}""")]
    [InlineData("presets.json", """{"presets":[null]}""")]
    [InlineData("presets.json", """{"presets":[{"name":"x","title":"X","strength":0.4}]}""")]
    [InlineData("presets.json", "{}")]
    public void Found_a_file_of_the_users_with_nothing_where_something_is_needed(string file, string text)
    {
        File.WriteAllText(Path.Combine(root, file), text);
        var library = new LibraryOptions { Home = root };

        var e = Assert.Throws<I2VException>(() => file == "models.json"
            ? new ModelCatalogue(library, new HomeDocuments(library), [], _ => null, TimeProvider.System).All.Count
            : new PresetCatalogue(library).All.Count);

        Assert.Equal(file, e.Argument);
    }

    public void Dispose() => Directory.Delete(root, recursive: true);

    private static byte[][] Texts(params string[] texts) => [.. texts.Select(Encoding.UTF8.GetBytes)];

    // A refusal names the argument and does not repeat all that was sent.
    private static bool IsRefusal(Exception e) => e is I2VException { Argument: not null };
}
