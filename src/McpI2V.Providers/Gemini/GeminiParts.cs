using McpI2V.Engine.Providers;

namespace McpI2V.Providers.Gemini;

/// <summary>How inputs travel: small ones inside the request, others by the Files API.</summary>
internal static class GeminiParts
{
    // Inline requests may have 100 MB together (ai.google.dev, 2026-01); fourteen of these are far below.
    private const long Inline = 3_000_000;

    /// <summary>True if an input travels inside the request.</summary>
    public static bool IsInline(OrderInput input) => input.Bytes <= Inline && input.Format.Kind == Media.Formats.MediaKind.Still;

    /// <summary>The bytes as base64, without a data URI's prefix: Google refuses that.</summary>
    public static async Task<string> Base64Async(OrderInput input, CancellationToken cancellationToken) =>
        Convert.ToBase64String(await File.ReadAllBytesAsync(input.Path, cancellationToken));
}
