using System.Buffers.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using System.Text.Unicode;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;

namespace McpI2V.Mcp.Messages;

/// <summary>
/// Reads the bytes of one message. What passes is JSON that every reader reads alike (RFC 8259: UTF-8, whole characters, no name
/// twice in an object) and bounded in depth and in number of values; the SDK leaves these open, and answers what it trips over with
/// nothing that helps.
/// </summary>
internal static class MessageReader
{
    /// <summary>How deep a message may be nested.</summary>
    public const int MostDepth = 64;

    /// <summary>How many names and values a message may have: a list of as many costs many times its bytes.</summary>
    public const int MostValues = 100_000;

    private static readonly JsonTypeInfo<JsonRpcMessage> MessageType = TypeOf<JsonRpcMessage>();

    // Read by the SDK before any place where a fault could be answered.
    private static readonly (string Name, JsonTypeInfo Type)[] OfMeta =
    [
        (MetaKeys.ClientInfo, TypeOf<Implementation>()),
        (MetaKeys.ClientCapabilities, TypeOf<ClientCapabilities>()),
#pragma warning disable MCP9005 // On its way out, and read by the SDK all the same.
        (MetaKeys.LogLevel, TypeOf<LoggingLevel>()),
#pragma warning restore MCP9005
    ];

    private static ReadOnlySpan<byte> Mark => [0xEF, 0xBB, 0xBF];

    /// <summary>The message, or what is wrong with it.</summary>
    public static MessageReading Read(ReadOnlySpan<byte> bytes)
    {
        // RFC 8259 lets a reader pass over a byte order mark.
        var json = bytes.StartsWith(Mark) ? bytes[Mark.Length..] : bytes;
        Envelope envelope = default;
        if (json.Trim(" \t\r\n"u8).IsEmpty)
        {
            return Faulty(envelope, McpErrorCode.ParseError, "The message is empty; one JSON-RPC message is needed.");
        }
        if (!Utf8.IsValid(json))
        {
            return Faulty(envelope, McpErrorCode.ParseError, "The message is not UTF-8.");
        }
        try
        {
            if (Walk(json, ref envelope) is var (code, words))
            {
                return Faulty(envelope, code, words);
            }
        }
        catch (JsonException e)
        {
            return Faulty(envelope, McpErrorCode.ParseError, $"The message is no JSON: at byte {e.BytePositionInLine} of " +
                $"line {e.LineNumber + 1} something is missing, out of place, or nested deeper than {MostDepth}.");
        }
        if (envelope.Fault() is { } fault)
        {
            return Faulty(envelope, McpErrorCode.InvalidRequest, fault);
        }
        return envelope.FaultOfParameters() is { } wrong ? Faulty(envelope, McpErrorCode.InvalidParams, wrong) : Typed(json, envelope);
    }

    /// <summary>What is wrong with the parameters of a handshake; null: nothing, or it is none.</summary>
    public static string? FaultOfHandshake(JsonRpcMessage message) =>
        message is JsonRpcRequest { Method: RequestMethods.Initialize } handshake
            && FaultOf(handshake.Params, TypeOf<InitializeRequestParams>()) is { } fault
            ? $"params{fault}"
            : null;

    private static MessageReading Typed(ReadOnlySpan<byte> json, Envelope envelope)
    {
        try
        {
            var message = JsonSerializer.Deserialize(json, MessageType)!;
            return message is JsonRpcRequest request && FaultOf(request) is { } wrong
                ? Faulty(envelope, McpErrorCode.InvalidParams, wrong)
                : new MessageReading(message, null);
        }
        catch (JsonException)
        {
            return Faulty(envelope, McpErrorCode.InvalidRequest, "The message is no JSON-RPC request, notification or answer.");
        }
    }

    private static string? FaultOf(JsonRpcRequest request)
    {
        var parameters = request.Params as JsonObject;
        if (parameters?["_meta"] is not { } meta)
        {
            return null;
        }
        return meta is not JsonObject members ? "params._meta is no object."
            : OfMeta.Where(m => members.ContainsKey(m.Name))
                .Select(m => FaultOf(members[m.Name], m.Type) is { } wrong ? $"params._meta/{m.Name}{wrong}" : null)
                .FirstOrDefault(f => f is not null);
    }

    private static string? FaultOf(JsonNode? node, JsonTypeInfo type)
    {
        try
        {
            return JsonSerializer.Deserialize(node, type) is null ? " is missing." : null;
        }
        catch (JsonException e)
        {
            return $"{e.Path?.TrimStart('$')} is missing a part, or is not of the kind that is needed.";
        }
    }

    private static (McpErrorCode Code, string Words)? Walk(ReadOnlySpan<byte> json, ref Envelope envelope)
    {
        (McpErrorCode, string)? fault = null;
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = MostDepth });
        var open = new Stack<HashSet<string>>();
        var member = "";
        for (var values = 0; reader.Read(); values++)
        {
            var token = reader.TokenType;
            if (values > MostValues)
            {
                return (McpErrorCode.InvalidRequest, $"The message has more than {MostValues} names and values.");
            }
            if (token is JsonTokenType.String or JsonTokenType.PropertyName && reader.ValueIsEscaped && HasHalfCharacter(reader.ValueSpan))
            {
                // The rest is read for its id.
                fault ??= (McpErrorCode.ParseError, $"The message is no text: at byte {reader.TokenStartIndex} an escape names half a " +
                    "character (a surrogate without its other).");
                continue;
            }
            if (reader.CurrentDepth == 0 && token is not (JsonTokenType.EndObject or JsonTokenType.EndArray))
            {
                envelope.Begin(token);
            }
            if (token == JsonTokenType.StartObject)
            {
                open.Push(new HashSet<string>(StringComparer.Ordinal));
            }
            else if (token == JsonTokenType.EndObject)
            {
                open.Pop();
            }
            else if (token == JsonTokenType.PropertyName)
            {
                member = reader.GetString()!;
                if (!open.Peek().Add(member))
                {
                    fault ??= (McpErrorCode.InvalidRequest, $"An object of the message has a name twice (at " +
                        $"byte {reader.TokenStartIndex}); which of the two counts, nobody can say.");
                }
                continue;
            }
            if (reader.CurrentDepth == 1 && open.Count > 0 && token is not (JsonTokenType.EndObject or JsonTokenType.EndArray))
            {
                envelope.Take(member, ref reader);
            }
        }
        return fault;
    }

    private static bool HasHalfCharacter(ReadOnlySpan<byte> escaped)
    {
        var isFirstHalf = false;
        while (!escaped.IsEmpty)
        {
            var at = escaped.IndexOf((byte)'\\');
            if (isFirstHalf && at != 0)
            {
                return true;
            }
            if (at < 0)
            {
                return false;
            }
            if (escaped[at + 1] != (byte)'u')
            {
                if (isFirstHalf)
                {
                    return true;
                }
                escaped = escaped[(at + 2)..];
                continue;
            }
            if (!Utf8Parser.TryParse(escaped.Slice(at + 2, 4), out ushort unit, out _, 'x')
                || char.IsLowSurrogate((char)unit) != isFirstHalf)
            {
                return true;
            }
            isFirstHalf = char.IsHighSurrogate((char)unit);
            escaped = escaped[(at + 6)..];
        }
        return isFirstHalf;
    }

    private static MessageReading Faulty(Envelope envelope, McpErrorCode code, string words) => new(
        null,
        new MessageFault(envelope.Id, code, words));

    private static JsonTypeInfo<T> TypeOf<T>() => (JsonTypeInfo<T>)McpJsonUtilities.DefaultOptions.GetTypeInfo(typeof(T));
}
