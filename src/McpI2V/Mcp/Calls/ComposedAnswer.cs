using System.Buffers;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using McpI2V.Answers.Structured;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;

namespace McpI2V.Mcp.Calls;

/// <summary>
/// The result of one call as the JSON that is sent, written once and straight from its records. The SDK would write a result, parse it
/// and write it again, twice over (ModelContextProtocol.Core 2.3.1, <c>McpSessionHandler</c>): it is given a placeholder instead, and
/// who sends bytes puts this in its place. A request that carries one (<see cref="Key"/>) is sent by such a transport.
/// </summary>
internal sealed class ComposedAnswer
{
    /// <summary>Where a request, and so its response, carries it.</summary>
    public const string Key = "i2v/answer";

    private const int LargestKept = 1 << 20;
    private static readonly JsonTypeInfo<IList<ContentBlock>> ContentType =
        (JsonTypeInfo<IList<ContentBlock>>)McpJsonUtilities.DefaultOptions.GetTypeInfo(typeof(IList<ContentBlock>));

    [ThreadStatic]
    private static ArrayBufferWriter<byte>? scratch;

    private byte[] placeholder = [];
    private byte[] json = [];

    /// <summary>The answer as it is sent; empty before it is written.</summary>
    public byte[] Json => json;

    /// <summary>The answer that a message carries, once it is composed; null for any other message.</summary>
    public static ComposedAnswer? Of(JsonRpcMessage? message) =>
        message is JsonRpcResponse { Context.Items: { } items } && Carried(items) is { json.Length: > 0 } answer ? answer : null;

    /// <summary>What a request carries for its answer; null where its transport takes none.</summary>
    public static ComposedAnswer? Carried(IDictionary<string, object?>? items) =>
        items is not null && items.TryGetValue(Key, out var carried) ? carried as ComposedAnswer : null;

    /// <summary>Writes an answer.</summary>
    /// <param name="content">What a model reads.</param>
    /// <param name="structured">What a program reads.</param>
    /// <returns>The content of the placeholder that stands for both.</returns>
    public List<ContentBlock> Write(IList<ContentBlock> content, StructuredAnswer structured)
    {
        var buffer = scratch ?? new ArrayBufferWriter<byte>();
        scratch = null;
        using (var writer = new Utf8JsonWriter(buffer))
        {
            JsonSerializer.Serialize(writer, content, ContentType);
        }
        buffer.Write(",\"structuredContent\":"u8);
        using (var writer = new Utf8JsonWriter(buffer))
        {
            JsonSerializer.Serialize(writer, structured, AnswerJson.Default.GetTypeInfo(structured.GetType())!);
        }
        var written = buffer.WrittenSpan.ToArray();
        if (buffer.Capacity <= LargestKept)
        {
            buffer.ResetWrittenCount();
            scratch = buffer;
        }
        return Write(written);
    }

    /// <summary>Takes an answer that was written before.</summary>
    /// <returns>The content of the placeholder that stands for it.</returns>
    public List<ContentBlock> Write(byte[] written)
    {
        List<ContentBlock> standIn = [new TextContentBlock { Text = RandomNumberGenerator.GetHexString(32) }];
        placeholder = JsonSerializer.SerializeToUtf8Bytes(standIn, ContentType);
        json = written;
        return standIn;
    }

    /// <summary>Writes a part of a message, with the answer where its placeholder stands.</summary>
    /// <param name="part">Bytes that have the placeholder whole or not at all.</param>
    /// <param name="output">Where they go.</param>
    public void Put(ReadOnlySpan<byte> part, IBufferWriter<byte> output)
    {
        var at = placeholder.Length == 0 ? -1 : part.IndexOf(placeholder);
        if (at < 0)
        {
            output.Write(part);
            return;
        }
        // At once, so that it is one chunk of HTTP.
        var length = part.Length - placeholder.Length + json.Length;
        var whole = output.GetSpan(length);
        part[..at].CopyTo(whole);
        json.CopyTo(whole[at..]);
        part[(at + placeholder.Length)..].CopyTo(whole[(at + json.Length)..]);
        output.Advance(length);
    }
}
