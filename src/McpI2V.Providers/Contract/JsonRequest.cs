using System.Text;
using System.Text.Json.Nodes;
using McpI2V.Engine.Providers;

namespace McpI2V.Providers.Contract;

/// <summary>A request that is a JSON body for one address.</summary>
/// <param name="Order">The order.</param>
/// <param name="Address">Where it goes.</param>
/// <param name="Body">The body.</param>
public sealed record JsonRequest(GenerationOrder Order, Uri Address, JsonObject Body) : PreparedRequest(Order)
{
    /// <inheritdoc/>
    public override JsonObject? Sent => Body;

    /// <summary>A JSON body.</summary>
    public static HttpContent Content(JsonNode body) => new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json");
}
