using System.Text.Json.Nodes;
using McpI2V.Engine.Providers;

namespace McpI2V.Providers.Pika;

/// <summary>A request with the key that makes it one. A key whose job failed answers with that failure for ever: a new try has a new one.
/// </summary>
/// <param name="Order">The order.</param>
/// <param name="Path">The operation.</param>
/// <param name="Input">Its input.</param>
internal sealed record PikaRequest(GenerationOrder Order, string Path, JsonObject Input) : PreparedRequest(Order)
{
    private int refusals;

    /// <summary>The key of the next try.</summary>
    public string Key => refusals == 0 ? Order.Key : $"{Order.Key}-{refusals + 1}";

    /// <inheritdoc/>
    public override JsonObject Sent => new() { ["key"] = Key, ["input"] = Input.DeepClone() };

    /// <summary>The job of this key failed before it was begun.</summary>
    public void TakeANewKey() => refusals++;

    /// <summary>What was sent, as it was kept; null: it was not.</summary>
    public static (string Key, JsonObject Input)? Kept(JsonObject? sent) =>
        sent?["key"]?.ToString() is { Length: > 0 } key && sent["input"] is JsonObject input ? (key, input) : null;
}
