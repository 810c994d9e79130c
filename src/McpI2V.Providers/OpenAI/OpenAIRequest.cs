using McpI2V.Engine.Providers;

namespace McpI2V.Providers.OpenAI;

/// <summary>A request whose body is written when it leaves: a form opens its files then.</summary>
/// <param name="Order">The order.</param>
/// <param name="Address">Where it goes.</param>
/// <param name="Content">Makes the body.</param>
internal sealed record OpenAIRequest(GenerationOrder Order, Uri Address, Func<HttpContent> Content) : PreparedRequest(Order);
