using McpI2V.Engine.Catalogue;
using McpI2V.Engine.Generation;
using McpI2V.Engine.Library;
using McpI2V.Engine.Motion;
using McpI2V.Engine.Storage.LocalFiles;
using McpI2V.Engine.Words;
using McpI2V.Media.Camera;
using McpI2V.Media.Formats;
using McpI2V.Media.Geometry;

namespace McpI2V.Engine.Tests.Words;

/// <summary>A catalogue with one generative model of each kind, with its key or without.</summary>
internal sealed class WordsBench : IDisposable
{
    private readonly TestDatabase test = new();

    public WordsBench(bool hasKey = false)
    {
        File.WriteAllText(Path.Combine(test.Options.Home, "models.json"), """
            {"models": [{"id": "vendor:all", "alias": "all", "provider": "vendor",
              "kinds": ["image_edit", "text_to_image", "image_to_video", "video_edit"],
              "frames": ["first"], "durations_seconds": {"min": 1, "max": 10}, "resolutions": ["720p"], "aspect_ratios": ["source"],
              "price": {"unit": "second", "usd": 0.1}}]}
            """);
        var others = new OtherWays(new ModelCatalogue(
            test.Options,
            new HomeDocuments(test.Options),
            [],
            provider => provider == "local" || hasKey ? null : "no key is set; set VENDOR_KEY",
            TimeProvider.System));
        Words = new UserWords(new StillWords(others), new ShotWords(others), new EditWords(others));
    }

    public UserWords Words { get; }

    public static Asset Picture(int width = 1080, int height = 1920, bool hasAlpha = false) => new()
    {
        Handle = new AssetHandle(MediaKind.Still, 1),
        File = "bottle.jpg",
        Format = MediaFormat.Jpeg,
        Size = new PixelSize(width, height),
        HasAlpha = hasAlpha,
        Bytes = 1,
        Sha256 = "",
        Title = "bottle",
        Operation = "import",
    };

    public static Asset Clip(double seconds = 5, bool hasAudio = false) => Picture() with
    {
        Handle = new AssetHandle(MediaKind.Clip, 2),
        Parent = new AssetHandle(MediaKind.Clip, 1),
        Format = MediaFormat.Mp4,
        Duration = TimeSpan.FromSeconds(seconds),
        HasAudio = hasAudio,
    };

    public static StillRequest Still(string prompt) => new() { Prompt = prompt, From = ["still-1"], Width = 1080, Height = 1920 };

    /// <summary>A shot as animate_image makes it of a prompt: the camera that it names, else the usual one.</summary>
    public static AnimateRequest Shot(string prompt) => new()
    {
        Image = "still-1",
        Prompt = prompt,
        Move = CameraWords.Find(prompt)?.Move ?? CameraMove.PushIn,
        Width = 1080,
        Height = 1920,
    };

    public void Dispose() => test.Dispose();
}
