using McpI2V.Engine.Library.Uploads;
using McpI2V.Media.Formats;

namespace McpI2V.Engine.Tests.Library;

/// <summary>A place for one file of a caller elsewhere.</summary>
public sealed class OfferingAnUpload
{
    [Fact]
    public void It_is_filled_once_and_remembered_for_a_week_after_its_end()
    {
        using var test = new TestDatabase();
        var time = new SteppedTime();
        var uploads = new UploadStore(test.Database, time);
        var offer = uploads.Offer("me", "photo.jpg", MediaKind.Still, 1000);
        test.Database.Write(s => s.Execute("""
            INSERT INTO assets (handle, kind, number, file, mime_type, width, height, orientation, has_alpha, duration_ms, fps, has_audio, bytes, sha256, title, operation, inputs, recipe, checks, cost_micros, created_at)
            VALUES ('still-1', 'still', 1, 'still-1.jpg', 'image/jpeg', 1, 1, 1, 0, 0, 0, 0, 1, 'x', 'a still', 'import', '[]', '[]', '[]', 0, 0)
            """));

        Assert.Equal(offer, uploads.Find(offer.Id));
        Assert.True(uploads.Finish(offer.Id, new AssetHandle(MediaKind.Still, 1)));
        Assert.False(uploads.Finish(offer.Id, new AssetHandle(MediaKind.Still, 1)));
        Assert.Equal("still-1", uploads.Find(offer.Id)!.Asset.ToString());
        time.Now += TimeSpan.FromDays(6);
        uploads.Offer("me", "other.jpg", null, 1000);
        Assert.NotNull(uploads.Find(offer.Id));
        time.Now += TimeSpan.FromDays(2);
        uploads.Offer("me", "third.jpg", null, 1000);
        Assert.Null(uploads.Find(offer.Id));
    }

    [Fact]
    public void Nobody_fills_the_library_with_offers_or_pushes_out_anothers()
    {
        using var test = new TestDatabase();
        var time = new SteppedTime();
        var uploads = new UploadStore(test.Database, time);
        var others = uploads.Offer("you", "yours.jpg", null, 1000);
        var first = uploads.Offer("me", "first.jpg", null, 1000);
        for (var i = 0; i < 1_000; i++)
        {
            time.Now += TimeSpan.FromMilliseconds(1);
            uploads.Offer("me", "more.jpg", null, 1000);
        }

        Assert.Null(uploads.Find(first.Id));
        Assert.NotNull(uploads.Find(others.Id));
        Assert.Equal(201, test.Database.Read(s => s.Number("SELECT COUNT(*) FROM uploads")));
    }
}
