using System.Text.Json;
using ModelContextProtocol.Protocol;

namespace McpI2V.Mcp.Messages;

/// <summary>The members of a JSON-RPC message, by what they are; the SDK reads the rest.</summary>
internal ref struct Envelope
{
    // Both come back in answers.
    private const int LongestId = 256;
    private const int LongestMethod = 128;

    private JsonTokenType root;
    private JsonTokenType? parameters;
    private string? faultOfId;
    private string? faultOfMethod;
    private bool hasVersion;
    private bool hasMethod;
    private bool hasOutcome;
    private bool hasId;

    /// <summary>The id, where it is one.</summary>
    public RequestId Id { get; private set; }

    /// <summary>Takes note of the whole message's kind.</summary>
    public void Begin(JsonTokenType kind) => root = kind;

    /// <summary>Takes note of one member of the message.</summary>
    public void Take(string name, ref Utf8JsonReader value)
    {
        switch (name)
        {
            case "jsonrpc":
                hasVersion = value.TokenType == JsonTokenType.String && value.ValueTextEquals("2.0"u8);
                break;
            case "id":
                hasId = true;
                TakeId(ref value);
                break;
            case "method":
                hasMethod = true;
                faultOfMethod = value.TokenType != JsonTokenType.String ? $"method is {Kind(value.TokenType)}; a text is needed."
                    : value.ValueSpan.Length is 0 or > LongestMethod
                    ? $"method has {value.ValueSpan.Length} bytes; 1 to {LongestMethod} are allowed."
                    : null;
                break;
            case "params":
                parameters = value.TokenType;
                break;
            case "result" or "error":
                hasOutcome = true;
                break;
        }
    }

    /// <summary>What is wrong with the message itself; null: nothing.</summary>
    public readonly string? Fault() => root == JsonTokenType.StartArray ? "A batch is not taken: send one message at a time."
        : root != JsonTokenType.StartObject ? $"The message is {Kind(root)}; an object is needed."
        : faultOfId ?? faultOfMethod
        ?? (!hasVersion ? "jsonrpc is missing, or not \"2.0\"."
        : !hasMethod && !hasOutcome ? "method is missing."
        : !hasMethod && !hasId ? "id is missing: a result belongs to a request."
        : null);

    /// <summary>What is wrong with the parameters; null: nothing.</summary>
    public readonly string? FaultOfParameters() =>
        parameters is null or JsonTokenType.StartObject or JsonTokenType.Null
            ? null
            : $"params is {Kind(parameters.Value)}; an object is needed.";

    private void TakeId(ref Utf8JsonReader value)
    {
        faultOfId = null;
        if (value.TokenType == JsonTokenType.String && value.ValueSpan.Length <= LongestId)
        {
            Id = new RequestId(value.GetString()!);
        }
        else if (value.TokenType == JsonTokenType.Number && value.TryGetInt64(out var number))
        {
            Id = new RequestId(number);
        }
        else
        {
            faultOfId =
                $"id is {(value.TokenType is JsonTokenType.String or JsonTokenType.Number ? "too long or no whole number" : Kind(
                    value.TokenType))}; a text of at most {LongestId} bytes or a whole number is needed.";
        }
    }

    private static string Kind(JsonTokenType kind) => kind switch
    {
        JsonTokenType.StartArray => "a list",
        JsonTokenType.StartObject => "an object",
        JsonTokenType.String => "a text",
        JsonTokenType.Number => "a number",
        JsonTokenType.Null => "null",
        _ => "true or false",
    };
}
