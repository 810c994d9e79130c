using McpI2V.Engine;
using McpI2V.Engine.Catalogue;
using McpI2V.Engine.Catalogue.Routing;
using McpI2V.Engine.Storage.LocalFiles;
using McpI2V.Media.Geometry;
using McpI2V.Providers.Contract;
using McpI2V.Settings;

namespace McpI2V.Tests.Catalogue;

/// <summary>Models by the names of articles, of vendors' pages and of talk.</summary>
public sealed class NamesPeopleSay
{
    private static readonly IModelSource[] Sources =
        [.. KnownProviders.All.Select(p => p.Create(new ProviderOptions { Name = p.Name }, TimeProvider.System).Models)];

    private static readonly ModelEntry[] Rows = [.. EmbeddedModels.OfEngine.Rows(), .. Sources.SelectMany(s => s.Rows())];

    [Theory]
    [InlineData("Runway Gen-4.5", "gen-4.5")]
    [InlineData("gen4.5", "gen-4.5")]
    [InlineData("GEN 4.5", "gen-4.5")]
    [InlineData("Runway Gen-4 Turbo", "gen-4-turbo")]
    [InlineData("Seedance 2.0", "seedance-2")]
    [InlineData("ByteDance Seedance 2.0 Fast", "seedance-2-fast")]
    [InlineData("Seedance 2.5", "seedance-2.5")]
    [InlineData("Seedance 1.5 Pro", "seedance-1.5-pro")]
    [InlineData("Seedance 1.5", "seedance-1.5-pro")]
    [InlineData("Seedance", "seedance-2.5")]
    [InlineData("PixVerse V5.6", "pixverse-5.6")]
    [InlineData("pixverse v6", "pixverse-6")]
    [InlineData("PixVerse", "pixverse-6")]
    [InlineData("Hunyuan Video", "hunyuan-video-1.5")]
    [InlineData("Tencent HunyuanVideo 1.5", "hunyuan-video-1.5")]
    [InlineData("Hunyuan", "hunyuan-video-1.5")]
    [InlineData("Gemini Omni Flash", "omni-flash-1.2")]
    [InlineData("Omni Flash 1.1", "omni-flash-1.1")]
    [InlineData("MiniMax Hailuo 3", "hailuo-3")]
    [InlineData("Hailuo 2.3 Pro", "hailuo-2.3-pro")]
    [InlineData("Minimax Hailuo", "hailuo-3")]
    [InlineData("Google Veo 3.1", "veo-3.1")]
    [InlineData("Veo 3.1 Fast", "veo-3.1-fast")]
    [InlineData("veo3.1", "veo-3.1")]
    [InlineData("Veo", "veo-3.1")]
    [InlineData("Kling 3.0", "kling-3")]
    [InlineData("Kling AI 3", "kling-3")]
    [InlineData("kling_3", "kling-3")]
    [InlineData("Kuaishou Kling v3 Pro", "kling-3-pro")]
    [InlineData("Kling 2.6", "kling-2.6")]
    [InlineData("Kling 2.6 Pro", "kling-2.6")]
    [InlineData("Kling O3", "kling-o3")]
    [InlineData("Kling", "kling-3")]
    [InlineData("Wan 2.1", "wan-2.1")]
    [InlineData("Alibaba Wan 2.1 720p", "wan-2.1")]
    [InlineData("Wan 2.1 I2V 14B", "wan-2.1")]
    [InlineData("WAN2.5", "wan-2.5")]
    [InlineData("Wan 3.0", "wan-3")]
    [InlineData("Luma Ray 3.2", "ray-3.2")]
    [InlineData("Luma Ray 2", "luma-ray-2")]
    [InlineData("Pika 2.2", "pika-2.2")]
    [InlineData("Pika", "pika-2.5")]
    [InlineData("Pika 2.5", "pika-2.5")]
    [InlineData("Pikaframes", "pikaframes")]
    [InlineData("Higgsfield", "higgsfield-dop")]
    [InlineData("Higgsfield DoP", "higgsfield-dop")]
    [InlineData("DoP", "higgsfield-dop")]
    [InlineData("Adobe Firefly", "firefly-video-1")]
    [InlineData("Adobe Firefly Video", "firefly-video-1")]
    [InlineData("Firefly Video Model 1", "firefly-video-1")]
    [InlineData("Firefly", "firefly-video-1")]
    [InlineData("Vidu Q3", "vidu-q3")]
    [InlineData("Vidu Q3 Pro", "vidu-q3")]
    [InlineData("Vidu Q3 Turbo", "vidu-q3-turbo")]
    [InlineData("viduq3-turbo", "vidu-q3-turbo")]
    [InlineData("Shengshu Vidu Q4 Preview", "vidu-q4")]
    [InlineData("Vidu", "vidu-q4")]
    [InlineData("Vidu Q2", "vidu-q2")]
    [InlineData("Vidu 2.0", "vidu-2")]
    [InlineData("LTX 2.3", "ltx-2.3")]
    [InlineData("LTX Video", "ltx-2.3")]
    [InlineData("xAI Grok Imagine", "grok-imagine")]
    [InlineData("Grok Imagine 1.5", "grok-imagine-1.5")]
    [InlineData("Grok Imagine Video 1.5 Lite", "grok-imagine-1.5-lite")]
    [InlineData("FLUX 3 Video", "flux-3")]
    [InlineData("Happy Horse", "happyhorse-1")]
    [InlineData("local camera", "local-camera")]
    public void A_clip_is_made_by_the_model_that_is_meant(string spoken, string alias) =>
        Assert.Equal([alias], Meant(spoken, Capability.ImageToVideo));

    [Theory]
    [InlineData("Flux", "flux-3-image")]
    [InlineData("FLUX 3", "flux-3-image")]
    [InlineData("Black Forest Labs FLUX.2 [klein] 9B", "flux-2-klein-9b")]
    [InlineData("FLUX.2 [pro]", "flux-2-pro")]
    [InlineData("Flux 2", "flux-2-pro")]
    [InlineData("Nano Banana", "nano-banana-2.1")]
    [InlineData("Nano Banana Pro", "nano-banana-pro")]
    [InlineData("nanobanana 2", "nano-banana-2")]
    [InlineData("Nano Banana Lite", "nano-banana-2-lite")]
    [InlineData("Gemini 3 Pro Image", "nano-banana-pro")]
    [InlineData("Qwen Image Edit", "qwen-image-edit-2511")]
    [InlineData("Qwen Image", "qwen-image-2")]
    [InlineData("Seedream 4.5", "seedream-4.5")]
    [InlineData("Seedream 5 Pro", "seedream-5-pro")]
    [InlineData("Seedream 5.5", "seedream-5.5")]
    [InlineData("Seedream", "seedream-5.5")]
    [InlineData("Doubao Seedance 2.5", "seedance-2.5")]
    [InlineData("OpenAI GPT Image 2", "gpt-image-2")]
    [InlineData("Google Imagen 4", "imagen-4")]
    [InlineData("xAI Grok Imagine Image 2.0", "grok-imagine-image-2")]
    public void A_still_is_made_by_the_model_that_is_meant(string spoken, string alias) =>
        Assert.Equal([alias], Meant(spoken, Capability.ImageEdit));

    [Theory]
    [InlineData("Act-Two", Capability.CharacterPerformance, "act-two")]
    [InlineData("Runway Aleph", Capability.VideoEdit, "aleph-2")]
    [InlineData("Kling", Capability.VideoEdit, "kling-o3-edit")]
    [InlineData("OmniHuman", Capability.LipSync, "omnihuman-1.5")]
    [InlineData("HeyGen Avatar IV", Capability.LipSync, "heygen-avatar-4")]
    [InlineData("Hedra", Capability.LipSync, "hedra-character-3")]
    [InlineData("Hedra Avatar", Capability.LipSync, "hedra-avatar")]
    [InlineData("Hedra Character-3", Capability.LipSync, "hedra-character-3")]
    [InlineData("Topaz", Capability.Upscale, "topaz-upscale")]
    [InlineData("ElevenLabs v3", Capability.TextToSpeech, "eleven-v3")]
    public void What_it_is_for_tells_which_is_meant(string spoken, Capability kind, string alias) =>
        Assert.Equal([alias], Meant(spoken, kind));

    [Theory]
    [InlineData("Luma Ray3", "Luma's own app", "ray-3.2 (luma)")]
    [InlineData("Luma Ray 3.14", "Luma's own app", "ray-3.2 (luma)")]
    [InlineData("Pikaswaps", "pika:pika/pikaswaps/video-to-video", "pika-2.5 (pika)")]
    [InlineData("Adobe Firefly Image 5", "video alone (firefly-video-1", "nano-banana-pro")]
    [InlineData("Hedra Omnia", "HEDRA_API_KEY", "hedra-avatar (hedra)")]
    [InlineData("Amazon Nova Reel", "2026-09-30", "wan-2.7")]
    [InlineData("Kling 4.0", "Kling's own API", "kling-3-pro")]
    public void What_is_not_offered_is_told_with_where_it_lives_and_what_comes_nearest(string spoken, string where, string nearest)
    {
        var e = Refused(spoken, Capability.ImageToVideo);

        Assert.Equal("model", e.Argument);
        Assert.Contains(where, e.Message, StringComparison.Ordinal);
        Assert.Contains(nearest, e.Message, StringComparison.Ordinal);
        Assert.Contains("Nothing was spent", e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Kling 2.1", Capability.ImageToVideo, "kling-2.6", "kling-3", "kling-3-pro")]
    public void Several_that_may_be_meant_are_asked_about(string spoken, Capability kind, params string[] nearest)
    {
        var e = Refused(spoken, kind);

        Assert.All(nearest, n => Assert.Contains(n, e.Message, StringComparison.Ordinal));
        Assert.True(e.Message.Length < 400, $"it is a question of three names, not a list: {e.Message}");
    }

    [Theory]
    [InlineData("Google Veo 3", Capability.ImageToVideo, "2026-06-30")]
    [InlineData("DALL-E", Capability.TextToImage, "2026-05-12")]
    [InlineData("DALL·E 3", Capability.TextToImage, "2026-05-12")]
    public void What_ended_is_told_with_its_day_and_what_is_used_instead(string spoken, Capability kind, string day)
    {
        var e = Refused(spoken, kind);

        Assert.Contains(day, e.Message, StringComparison.Ordinal);
        Assert.Contains("the nearest that works here", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_nearest_match_is_named_in_the_answer()
    {
        var route = new ModelRouter(Catalogue()).Choose("Seedance 2.0", Need(Capability.ImageToVideo));

        Assert.StartsWith("Seedance 2.0 is seedance-2 (ark): ark:dreamina-seedance-2-0-260128", route.Why, StringComparison.Ordinal);
    }

    [Fact]
    public void A_name_without_a_version_is_the_newest_that_can_be_used() => Assert.Equal(
        ["wan-2.7"],
        Catalogue("runway", "higgsfield").Named("Wan", Capability.ImageToVideo).Select(m => m.Alias).Distinct());

    [Theory]
    [InlineData("Kling 3 by Pika", "pika:kling/kling-v3/standard/image-to-video")]
    [InlineData("Kling 3 by Hedra", "hedra:kling-v3")]
    [InlineData("Kling 3.0 through Replicate", "replicate:kwaivgi/kling-v3-video")]
    [InlineData("kling-3 via fal", "fal:fal-ai/kling-video/v3/standard/image-to-video")]
    [InlineData("Kling 3 by Higgsfield", "higgsfield:kling-video/v3.0/std/image-to-video")]
    [InlineData("Gen-4.5 by Runway", "runway:gen4.5")]
    [InlineData("HeyGen Video 1 by HeyGen", "heygen:heygen-video-1")]
    [InlineData("Firefly Video by Adobe", "firefly:video1_standard")]
    [InlineData("Veo 3.1 by Vertex", "vertex:veo-3.1-generate-001")]
    [InlineData("Veo 3.1 Fast through Vertex AI", "vertex:veo-3.1-fast-generate-001")]
    [InlineData("Google Veo 3.1 Lite on Vertex AI", "vertex:veo-3.1-lite-generate-001")]
    [InlineData("Seedance 2.5 by Ark", "ark:dreamina-seedance-2-5-260628")]
    [InlineData("Seedance 2.0 Mini through BytePlus", "ark:dreamina-seedance-2-0-mini-260615")]
    [InlineData("Dreamina Seedance 2 at Volcengine", "ark:dreamina-seedance-2-0-260128")]
    public void Who_makes_it_may_be_said(string spoken, string id) =>
        Assert.Equal(
            [id],
            Catalogue()
                .Named(spoken, Capability.ImageToVideo)
                .Where(m => m.Capabilities.Contains(Capability.ImageToVideo))
                .Select(m => m.Id));

    private static IEnumerable<string> Meant(string spoken, Capability kind) =>
        Catalogue().Named(spoken, kind).Select(m => m.Alias).Distinct();

    private static I2VException Refused(string spoken, Capability kind) =>
        Assert.Throws<I2VException>(() => new ModelRouter(Catalogue()).Choose(spoken, Need(kind)));

    private static ModelNeed Need(Capability kind) => new()
    {
        Capability = kind,
        HasFirst = true,
        InputSize = new PixelSize(1080, 1920),
        Prompt = "slow push in",
    };

    private static ModelCatalogue Catalogue(params string[] without)
    {
        LibraryOptions library = new() { Home = Path.Combine(Path.GetTempPath(), "i2v-no-such-library") };
        return new ModelCatalogue(
            library,
            new HomeDocuments(library),
            [new AllRows(), .. Sources.Select(s => new Called(s))],
            p => without.Contains(p) ? "no key is set" : null,
            new Today(),
            KnownProviders.Keys);
    }

    // What a provider is called, without its rows.
    private sealed class Called(IModelSource source) : IModelSource
    {
        public string Provider => source.Provider;

        public IReadOnlyList<string> AlsoCalled => source.AlsoCalled;

        IEnumerable<ModelEntry> IModelSource.Rows() => [];
    }

    private sealed class AllRows : IModelSource
    {
        public string Provider => "several";

        IEnumerable<ModelEntry> IModelSource.Rows() => Rows;
    }

    private sealed class Today : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => new(2026, 11, 21, 9, 0, 0, TimeSpan.Zero);
    }
}
