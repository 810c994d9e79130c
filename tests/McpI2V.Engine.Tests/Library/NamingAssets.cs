using McpI2V.Engine.Library;
using McpI2V.Engine.Storage.Files;
using McpI2V.Engine.Storage.Sql;
using McpI2V.Engine.Storage.Sqlite;
using McpI2V.Media.Formats;

namespace McpI2V.Engine.Tests.Library;

public sealed class NamingAssets
{
    private static readonly DateTimeOffset November = new(2026, 11, 5, 0, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("slow push in 9x16", "2026/11/clip-12-slow-push-in-9x16.mp4")]
    [InlineData("../../etc/passwd", "2026/11/clip-12-etc-passwd.mp4")]
    [InlineData("Été à la plage", "2026/11/clip-12-ete-a-la-plage.mp4")]
    [InlineData("日本 🔥", "2026/11/clip-12.mp4")]
    [InlineData("CON: a|b?*", "2026/11/clip-12-con-a-b.mp4")]
    public void A_file_has_a_name_that_every_system_takes(string title, string file) =>
        Assert.Equal(file, MediaNames.NameFor(new AssetHandle(MediaKind.Clip, 12), title, ".mp4", November));

    [Theory]
    [InlineData("still-7", MediaKind.Still, 7)]
    [InlineData("CLIP-12", MediaKind.Clip, 12)]
    [InlineData("i2v://assets/audio-3", MediaKind.Audio, 3)]
    public void A_handle_is_read(string text, MediaKind kind, int number)
    {
        Assert.True(AssetHandle.TryParse(text, out var handle));
        Assert.Equal(new AssetHandle(kind, number), handle);
        Assert.True(AssetHandle.TryParse(handle.ToString(), out var again) && again == handle);
    }

    [Theory]
    [InlineData("still-0")]
    [InlineData("still--1")]
    [InlineData("still-1/../clip-1")]
    [InlineData("movie-1")]
    [InlineData("still-99999999999")]
    [InlineData(null)]
    public void What_is_no_handle_is_refused(string? text) => Assert.False(AssetHandle.TryParse(text, out _));

    [Fact]
    public void A_library_of_a_newer_program_is_not_touched()
    {
        using var test = new TestDatabase(onServer: false);
        test.Database.Write(s => s.Execute("PRAGMA user_version=99"));

        var e = Assert.Throws<I2VException>(() => new AssetStore(new LibraryDatabase(new SqliteSource(test.Options))).Count());

        Assert.Contains("version 99", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Numbers_are_never_given_twice()
    {
        using var test = new TestDatabase();
        var first = test.Database.Write(s => AssetStore.NextHandle(s, MediaKind.Clip));
        var second = test.Database.Write(s => AssetStore.NextHandle(s, MediaKind.Clip));
        var still = test.Database.Write(s => AssetStore.NextHandle(s, MediaKind.Still));

        Assert.Equal("clip-1 clip-2 still-1", $"{first} {second} {still}");
    }
}
