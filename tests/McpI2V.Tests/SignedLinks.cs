using McpI2V.Access;
using McpI2V.Engine;
using McpI2V.Engine.Storage.LocalFiles;
using McpI2V.Http.Files;
using McpI2V.Media.Formats;
using McpI2V.Settings;
using Microsoft.AspNetCore.WebUtilities;

namespace McpI2V.Tests;

/// <summary>Addresses that carry their own permission.</summary>
public sealed class SignedLinks : IDisposable
{
    private static readonly AssetHandle Clip = new(MediaKind.Clip, 1);
    private readonly LibraryOptions library = new() { Home = Directory.CreateTempSubdirectory("i2v-links-").FullName };
    private readonly Clock clock = new();

    public void Dispose() => Directory.Delete(library.Home, recursive: true);

    [Fact]
    public void One_is_good_for_a_day_and_not_longer()
    {
        var (expires, signature) = PartsOf(Links().ForAsset(Clip));

        clock.Now += TimeSpan.FromHours(24);
        Assert.True(Links().IsGood(Clip, expires, signature));
        clock.Now += TimeSpan.FromSeconds(1);
        Assert.False(Links().IsGood(Clip, expires, signature));
        Assert.False(Links().IsGood(Clip, "99999999999", signature));
    }

    [Fact]
    public void One_is_good_for_its_own_file_and_its_own_use_after_a_restart_too()
    {
        var (expires, signature) = PartsOf(Links().ForAsset(Clip));

        Assert.True(Links().IsGood(Clip, expires, signature));
        Assert.False(Links().IsGood(new AssetHandle(MediaKind.Clip, 2), expires, signature));
        Assert.False(Links().IsGoodPreview(Clip, expires, signature));
        Assert.False(Links().IsGoodGallery("clip-1", expires, signature));
        Assert.False(Links().IsGood(Clip, expires, null));
        Assert.False(Links().IsGood(Clip, null, signature));
        Assert.False(Links().IsGood(Clip, "-1", signature));
    }

    [Theory]
    [InlineData("http://0.0.0.0:3920", null, "http://localhost:3920/media/clip-1?")]
    [InlineData("http://127.0.0.1:3920", null, "http://127.0.0.1:3920/media/clip-1?")]
    [InlineData("http://127.0.0.1:3920", "https://ads.example.com", "https://ads.example.com/media/clip-1?")]
    [InlineData("http://127.0.0.1:3920", "https://example.com/i2v/", "https://example.com/i2v/media/clip-1?")]
    public void It_names_where_the_server_is_reached(string listens, string? reached, string begins) =>
        Assert.StartsWith(begins, Links(listens, reached).ForAsset(Clip), StringComparison.Ordinal);

    private MediaLinks Links(string listens = "http://127.0.0.1:3920", string? reached = null) =>
        new(
            new LinkSigner(
                new HomeDocuments(library),
                new HttpOptions { PublicUrl = reached is null ? null : new Uri(reached) },
                new ListenPolicy(new Uri(listens), NeedsToken: true),
                clock),
            clock);

    private static (string? Expires, string? Signature) PartsOf(string address)
    {
        var query = QueryHelpers.ParseQuery(new Uri(address).Query);
        return (query["expires"], query["signature"]);
    }

    private sealed class Clock : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
