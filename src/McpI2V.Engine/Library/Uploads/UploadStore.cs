using System.Buffers.Text;
using System.Security.Cryptography;
using McpI2V.Engine.Storage.Sql;
using McpI2V.Media;
using McpI2V.Media.Formats;

namespace McpI2V.Engine.Library.Uploads;

/// <summary>The rows of files that callers from elsewhere were asked to send.</summary>
public sealed class UploadStore(LibraryDatabase database, TimeProvider time)
{
    /// <summary>How a reference to such a file begins.</summary>
    public const string Prefix = "upload:";

    // Of one caller; their own oldest goes first.
    private const int MostOpen = 200;
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(30);

    // A reference is understood for this long after its link has ended.
    private static readonly TimeSpan Remembered = TimeSpan.FromDays(7);

    /// <summary>Offers a caller to take a file.</summary>
    public UploadOffer Offer(string owner, string name, MediaKind? kind, long maxBytes)
    {
        var offer = new UploadOffer
        {
            Id = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(18)),
            Owner = owner,
            Name = name,
            Kind = kind,
            MaxBytes = maxBytes,
            ExpiresAt = DateTimeOffset.FromUnixTimeMilliseconds((time.GetUtcNow() + Lifetime).ToUnixTimeMilliseconds()),
        };
        database.Write(s =>
        {
            s.Execute(
                "DELETE FROM uploads WHERE expires_at < @old OR id IN (SELECT id FROM (SELECT id, row_number() OVER (ORDER BY expires_at " +
                    "DESC) AS place FROM uploads WHERE asset IS NULL AND owner = @owner) AS ranked WHERE place > @most)",
                ("@old", Now - (long)Remembered.TotalMilliseconds),
                ("@owner", owner),
                ("@most", MostOpen - 1));
            return s.Execute(
                "INSERT INTO uploads (id, owner, name, kind, max_bytes, expires_at) VALUES (@id, @owner, @name, @kind, @max, @expires)",
                ("@id", offer.Id),
                ("@owner", owner),
                ("@name", offer.Name),
                ("@kind", kind is { } known ? SnakeCase.From(known) : null),
                ("@max", maxBytes),
                ("@expires", offer.ExpiresAt.ToUnixTimeMilliseconds()));
        });
        return offer;
    }

    /// <summary>An offer; null if there is none, or it is long forgotten.</summary>
    public UploadOffer? Find(string id) => database.Read(s => s.Query(
        "SELECT id, owner, name, kind, max_bytes, expires_at, asset FROM uploads WHERE id = @id",
        r => new UploadOffer
        {
            Id = r.Text("id"),
            Owner = r.Text("owner"),
            Name = r.Text("name"),
            Kind = r.TextOrNull("kind") is { } kind ? SnakeCase.Parse<MediaKind>(kind) : null,
            MaxBytes = r.Number("max_bytes"),
            ExpiresAt = r.Time("expires_at"),
            Asset = r.TextOrNull("asset") is { } asset && AssetHandle.TryParse(asset, out var handle) ? handle : null,
        },
        ("@id", id))).FirstOrDefault();

    /// <summary>It has arrived; false if another arrived before it.</summary>
    public bool Finish(string id, AssetHandle asset) => database.Write(s => s.Execute(
        "UPDATE uploads SET asset = @asset WHERE id = @id AND asset IS NULL",
        ("@id", id),
        ("@asset", asset.ToString()))) == 1;

    private long Now => time.GetUtcNow().ToUnixTimeMilliseconds();
}
