using System.Text;
using System.Text.Json;
using McpI2V.Engine.Storage.Sql;
using McpI2V.Settings;
using Microsoft.Extensions.Caching.Memory;

namespace McpI2V.Mcp.Calls;

/// <summary>
/// The last answers over HTTP of tools that only look: a caller who asks the same again before any row of the library has changed gets the
/// same bytes, for at most <see cref="HttpOptions.KeepAnswers"/> and only while every file that they link is there.
/// </summary>
internal sealed class AnswerCache(LibraryDatabase database, HttpOptions options) : IDisposable
{
    private const int MostBytes = 8_000_000;
    private const int LongestKey = 1_000;
    private readonly MemoryCache kept = new(new MemoryCacheOptions { SizeLimit = MostBytes });

    /// <summary>The library's version, read before an answer is made of it; null where nothing can be kept.</summary>
    public long? Version() => options.KeepAnswers > TimeSpan.Zero ? database.Version() : null;

    /// <summary>What a call is known by; null for one too long to be kept.</summary>
    /// <param name="tool">The tool.</param>
    /// <param name="owner">Who asks.</param>
    /// <param name="arguments">With what.</param>
    public static string? KeyOf(string tool, string owner, IEnumerable<KeyValuePair<string, JsonElement>>? arguments)
    {
        var key = new StringBuilder(tool).Append('\n').Append(owner);
        foreach (var (name, value) in (arguments ?? []).OrderBy(a => a.Key, StringComparer.Ordinal))
        {
            key.Append('\n').Append(JsonEncodedText.Encode(name)).Append(':').Append(value.GetRawText());
            if (key.Length > LongestKey)
            {
                return null;
            }
        }
        return key.ToString();
    }

    /// <summary>The answer to the same call at the same version; null: it is made anew.</summary>
    public KeptAnswer? Find(string key, long version) =>
        kept.TryGetValue(key, out KeptAnswer? found)
        && found!.Version == version
        && found.Files.All(File.Exists)
            ? found
            : null;

    /// <summary>Keeps an answer.</summary>
    public void Keep(string key, KeptAnswer answer) => kept.Set(
        key,
        answer,
        new MemoryCacheEntryOptions { Size = key.Length + answer.Json.Length, AbsoluteExpirationRelativeToNow = options.KeepAnswers });

    /// <inheritdoc/>
    public void Dispose() => kept.Dispose();
}
