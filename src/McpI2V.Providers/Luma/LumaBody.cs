using System.Buffers.Text;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using McpI2V.Engine.Providers;

namespace McpI2V.Providers.Luma;

/// <summary>A JSON body whose files are turned to base64 while it leaves, so that a clip is never in memory as a whole.</summary>
internal sealed class LumaBody : HttpContent
{
    // Base64 makes four letters of three bytes: whole threes leave no padding inside.
    private const int ChunkBytes = 3 * 16_384;
    private readonly List<byte[]> texts = [];
    private readonly List<OrderInput> files = [];

    private LumaBody() => Headers.ContentType = new MediaTypeHeaderValue("application/json");

    /// <summary>The body.</summary>
    /// <param name="body">The JSON, each file's bytes as its mark.</param>
    /// <param name="files">The files, by their marks.</param>
    public static LumaBody Of(JsonObject body, IReadOnlyDictionary<string, OrderInput> files)
    {
        var content = new LumaBody();
        var text = body.ToJsonString();
        while (files.Keys.Select(m => (Mark: m, At: text.IndexOf(m, StringComparison.Ordinal))).Where(f => f.At >= 0).ToList() is
            { Count: > 0 } found)
        {
            var (mark, at) = found.MinBy(f => f.At);
            content.texts.Add(Encoding.UTF8.GetBytes(text[..at]));
            content.files.Add(files[mark]);
            text = text[(at + mark.Length)..];
        }
        content.texts.Add(Encoding.UTF8.GetBytes(text));
        return content;
    }

    /// <inheritdoc/>
    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        for (var i = 0; i < texts.Count; i++)
        {
            await stream.WriteAsync(texts[i], cancellationToken);
            if (i < files.Count)
            {
                await WriteAsync(files[i].Path, stream, cancellationToken);
            }
        }
    }

    /// <inheritdoc/>
    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    /// <inheritdoc/>
    protected override bool TryComputeLength(out long length)
    {
        length = texts.Sum(t => (long)t.Length) + files.Sum(f => (f.Bytes + 2) / 3 * 4);
        return true;
    }

    private static async Task WriteAsync(string path, Stream stream, CancellationToken cancellationToken)
    {
        await using var file = File.OpenRead(path);
        var bytes = new byte[ChunkBytes];
        var letters = new byte[Base64.GetMaxEncodedToUtf8Length(ChunkBytes)];
        int read;
        while ((read = await file.ReadAtLeastAsync(bytes, ChunkBytes, throwOnEndOfStream: false, cancellationToken)) > 0)
        {
            Base64.EncodeToUtf8(bytes.AsSpan(0, read), letters, out _, out var written);
            await stream.WriteAsync(letters.AsMemory(0, written), cancellationToken);
        }
    }
}
