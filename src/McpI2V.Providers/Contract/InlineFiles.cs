using System.Buffers.Text;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using McpI2V.Engine.Providers;

namespace McpI2V.Providers.Contract;

/// <summary>
/// The files of a JSON body. In the body each stands as a mark; it is turned to base64 while the body leaves, so that a clip is never in
/// memory as a whole.
/// </summary>
/// <param name="key">The attempt's own key. It is in each mark: nobody's prompt holds it.</param>
internal sealed class InlineFiles(string key)
{
    // Base64 makes four letters of three bytes: whole threes leave no padding inside.
    private const int ChunkBytes = 3 * 16_384;
    private readonly Dictionary<string, OrderInput> files = new(StringComparer.Ordinal);

    /// <summary>What stands in the body for a file's bytes as base64.</summary>
    public string Mark(OrderInput input)
    {
        var mark = $"file-{files.Count}-of-{key}";
        files[mark] = input;
        return mark;
    }

    /// <summary>What stands in the body for a file as a data URI.</summary>
    public JsonNode DataUri(OrderInput input) => $"data:{input.Format.MimeType};base64,{Mark(input)}";

    /// <summary>The body as it leaves.</summary>
    public HttpContent Content(JsonObject body)
    {
        var content = new Body();
        var text = body.ToJsonString();
        while (files.Keys.Select(m => (Mark: m, At: text.IndexOf(m, StringComparison.Ordinal))).Where(f => f.At >= 0).ToList() is
            { Count: > 0 } found)
        {
            var (mark, at) = found.MinBy(f => f.At);
            content.Texts.Add(Encoding.UTF8.GetBytes(text[..at]));
            content.Files.Add(files[mark]);
            text = text[(at + mark.Length)..];
        }
        content.Texts.Add(Encoding.UTF8.GetBytes(text));
        return content;
    }

    private sealed class Body : HttpContent
    {
        public Body() => Headers.ContentType = new MediaTypeHeaderValue("application/json");

        public List<byte[]> Texts { get; } = [];

        public List<OrderInput> Files { get; } = [];

        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
        {
            for (var i = 0; i < Texts.Count; i++)
            {
                await stream.WriteAsync(Texts[i], cancellationToken);
                if (i < Files.Count)
                {
                    await WriteAsync(Files[i].Path, stream, cancellationToken);
                }
            }
        }

        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
            SerializeToStreamAsync(stream, context, CancellationToken.None);

        protected override bool TryComputeLength(out long length)
        {
            length = Texts.Sum(t => (long)t.Length) + Files.Sum(f => (f.Bytes + 2) / 3 * 4);
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
}
