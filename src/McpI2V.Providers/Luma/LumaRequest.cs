using McpI2V.Engine.Providers;

namespace McpI2V.Providers.Luma;

/// <summary>A request whose body is written when it leaves. What was sent is not kept: Luma lists nothing to find it in.</summary>
/// <param name="Order">The order.</param>
/// <param name="Address">Where it goes.</param>
/// <param name="Content">Makes the body.</param>
internal sealed record LumaRequest(GenerationOrder Order, Uri Address, Func<HttpContent> Content) : PreparedRequest(Order);
