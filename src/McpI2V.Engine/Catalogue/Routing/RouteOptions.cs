using McpI2V.Media;

namespace McpI2V.Engine.Catalogue.Routing;

/// <summary>What can be set for the choice between providers.</summary>
public sealed class RouteOptions(SettingsSection settings)
{
    /// <summary>What holds where nothing is set.</summary>
    public RouteOptions()
        : this(SettingsSection.Unset)
    {
    }

    /// <summary>
    /// The providers that are asked first, in that order, whatever another would cost; the others follow, of two that make the same the
    /// cheaper first.
    /// </summary>
    public IReadOnlyList<string> Order { get; init; } = [.. settings.List("Order").Select(p => p.ToLowerInvariant())];

    /// <summary>Notes it as a fault where a provider is named that there is not.</summary>
    public void RefuseUnknown(IReadOnlyList<string> providers)
    {
        foreach (var unknown in Order.Except(providers))
        {
            settings.Refuse(
                "Order",
                $"names {ForeignText.Quote(unknown, 60)}, which is no provider; there are {string.Join(", ", providers)}");
        }
    }
}
