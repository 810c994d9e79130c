using System.Security.Cryptography;
using McpI2V.Engine.Storage.Files;

namespace McpI2V.Access;

/// <summary>
/// The keys that all processes of a library sign with: made by the first that needs them, and kept, so that what one gave out counts at
/// another, and after a restart.
/// </summary>
internal static class SigningKeys
{
    /// <summary>The document of the keys of signed addresses.</summary>
    public const string OfLinks = "http-media.key";

    /// <summary>The document of the keys of agreements to a price.</summary>
    public const string OfAgreements = "agreements.key";

    private const int KeyBytes = 32;

    /// <summary>
    /// Keys, the newest first: it signs, and all are understood. So a key is replaced by putting a new one before it, and the old one
    /// goes when nothing is out any more that it signed.
    /// </summary>
    public static byte[][] Read(ISharedDocuments documents, string name)
    {
        var kept = documents.Read(name);
        if (!IsKeys(kept))
        {
            // What is no key is replaced; of two processes that make the first, both use the one that came first.
            var made = RandomNumberGenerator.GetBytes(KeyBytes);
            if (kept is null)
            {
                documents.Add(name, made);
            }
            else
            {
                documents.Write(name, made);
            }
            kept = documents.Read(name);
        }
        return [.. kept!.Chunk(KeyBytes)];
    }

    private static bool IsKeys(byte[]? kept) => kept is { Length: > 0 } && kept.Length % KeyBytes == 0;
}
