using McpI2V.Engine.Catalogue;
using McpI2V.Engine.Providers;

namespace McpI2V.Providers.Contract;

/// <summary>The results of an order, by their addresses.</summary>
internal static class OrderOutputs
{
    /// <summary>One for each address, in order.</summary>
    public static IReadOnlyList<RemoteOutput> At(GenerationOrder order, IEnumerable<Uri> addresses) =>
        [.. addresses.Select((address, i) => new RemoteOutput(order.Capability.Makes(), address, Index: i))];

    /// <summary>One for each text that is an address, in order.</summary>
    public static IReadOnlyList<RemoteOutput> At(GenerationOrder order, IEnumerable<string?> addresses) =>
        At(order, addresses.Select(a => Uri.TryCreate(a, UriKind.Absolute, out var address) ? address : null).OfType<Uri>());
}
