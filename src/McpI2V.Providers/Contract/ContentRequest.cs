using McpI2V.Engine.Providers;

namespace McpI2V.Providers.Contract;

/// <summary>
/// A request whose body is written when it leaves: a form, or one that opens its files then. What was sent is not kept: it is found again
/// by something else, or not at all.
/// </summary>
/// <param name="Order">The order.</param>
/// <param name="Address">Where it goes.</param>
/// <param name="Content">Makes the body.</param>
internal sealed record ContentRequest(GenerationOrder Order, Uri Address, Func<HttpContent> Content) : PreparedRequest(Order);
