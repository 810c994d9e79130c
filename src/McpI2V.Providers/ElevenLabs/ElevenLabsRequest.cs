using System.Text.Json.Nodes;
using McpI2V.Engine.Providers;

namespace McpI2V.Providers.ElevenLabs;

/// <summary>A request whose body is written when it leaves: a form opens its files then.</summary>
/// <param name="Order">The order.</param>
/// <param name="Address">Where it goes.</param>
/// <param name="Content">Makes the body.</param>
/// <param name="Body">What a lost one is known by; null: nothing can be found.</param>
internal sealed record ElevenLabsRequest(GenerationOrder Order, Uri Address, Func<HttpContent> Content, JsonObject? Body = null)
    : PreparedRequest(Order)
{
    /// <inheritdoc/>
    public override JsonObject? Sent => Body;

    /// <summary>The message.</summary>
    public HttpRequestMessage Message() => new(HttpMethod.Post, Address) { Content = Content() };
}
