using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using McpI2V.Engine;
using McpI2V.Engine.Storage.Files;
using McpI2V.Media;
using McpI2V.Settings;

namespace McpI2V.Access;

/// <summary>The tokens of callers: made here, shown once, kept as hashes in <c>http-tokens.json</c> beside the library.</summary>
internal sealed class TokenStore(ISharedDocuments documents, HttpOptions options, TimeProvider time)
{
    internal const string Document = "http-tokens.json";
    private const int HashLength = 64;
    private const string Prefix = "i2v_";
    private readonly StoredToken[] given = [.. options.Tokens.Select((t, i) => new StoredToken(
        string.Create(CultureInfo.InvariantCulture, $"setting-{i + 1}"),
        HashOf(t),
        [.. TokenScopes.All],
        ""))];
    private readonly Lock gate = new();
    private (long Version, StoredToken[] All, StoredToken[] Live)? read;

    private string Now => time.GetUtcNow().ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);

    /// <summary>Every token that was made here and is not revoked.</summary>
    public IReadOnlyList<StoredToken> All() => Kept().Live;

    // With those that were revoked, and without.
    private (StoredToken[] All, StoredToken[] Live) Kept()
    {
        lock (gate)
        {
            var version = documents.VersionOf(Document);
            if (read is not { } known || known.Version != version)
            {
                var all = Read();
                known = (version, all, [.. all.Where(t => t.RevokedAt is null)]);
                read = known;
            }
            return (known.All, known.Live);
        }
    }

    /// <summary>Makes a token; it is shown this once.</summary>
    /// <param name="name">Whose it is; jobs and batches belong to this name.</param>
    /// <param name="scopes">What it may do.</param>
    /// <param name="replacesRevoked">The name may be that of a revoked token, and the new one owns what that one made.</param>
    /// <exception cref="I2VException">The name is taken, or a scope is none.</exception>
    public string Create(string name, IReadOnlyList<string> scopes, bool replacesRevoked)
    {
        if (name.Length is 0 or > 60 || name == Owner.OfThisMachine || given.Concat(All()).Any(t => t.Name == name))
        {
            throw I2VException.Invalid("name",
                $"name is {ForeignText.Quote(name, 60)}; one of 1 to 60 letters is needed that no other token has, and not \"local\".");
        }
        if (!replacesRevoked && Kept().All.Any(t => t.Name == name))
        {
            throw I2VException.Invalid("name", $"name is {ForeignText.Quote(name, 60)}, a revoked token's, and what that one asked for " +
                "belongs to the name. Take another, or hand it on to the new token with --replace.");
        }
        if (scopes.FirstOrDefault(s => !TokenScopes.All.Contains(s)) is { } unknown)
        {
            throw I2VException.Invalid("scopes", $"--scope is {ForeignText.Quote(unknown, 40)}; there are " +
                $"{string.Join(", ", TokenScopes.All)}.");
        }
        var token = Prefix + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
        Write([.. Kept().All.Where(t => t.Name != name), new StoredToken(name, HashOf(token), [.. scopes], Now)]);
        return token;
    }

    /// <summary>Makes a token useless at once; false if there is none of that name.</summary>
    public bool Revoke(string name)
    {
        var (all, live) = Kept();
        Write([.. all.Select(t => t.Name == name ? t with { RevokedAt = t.RevokedAt ?? Now } : t)]);
        return live.Any(t => t.Name == name);
    }

    /// <summary>The hashes of all tokens that are good now.</summary>
    public IReadOnlySet<string> Hashes() => All().Concat(given).Select(t => t.Hash).ToHashSet(StringComparer.Ordinal);

    /// <summary>The token; null if it opens nothing. Compared in constant time.</summary>
    public StoredToken? Find(string presented)
    {
        var hash = Encoding.ASCII.GetBytes(HashOf(presented));
        StoredToken? found = null;
        foreach (var token in All().Concat(given))
        {
            if (CryptographicOperations.FixedTimeEquals(hash, Encoding.ASCII.GetBytes(token.Hash)))
            {
                found = token;
            }
        }
        return found;
    }

    private static string HashOf(string token) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(token)));

    private StoredToken[] Read()
    {
        try
        {
            var tokens = documents.Read(Document) is { } kept
                ? JsonSerializer.Deserialize(kept, TokenJson.Default.StoredTokenArray)
                : [];
            return tokens is not null && tokens.All(t => t is { Name.Length: > 0, Hash.Length: HashLength, Scopes: not null })
                ? tokens
                : throw new JsonException("an entry has no name, no scopes, or no hash.");
        }
        catch (Exception e) when (e is JsonException or IOException or UnauthorizedAccessException)
        {
            throw I2VException.Invalid(Document,
                $"{documents.AddressOf(Document)} can't be read: {e.Message} Correct it, or remove it and make new tokens with " +
                    "./i2v token create NAME.");
        }
    }

    private void Write(StoredToken[] tokens)
    {
        lock (gate)
        {
            documents.Write(Document, JsonSerializer.SerializeToUtf8Bytes(tokens, TokenJson.Default.StoredTokenArray));
            read = null;
        }
    }
}
