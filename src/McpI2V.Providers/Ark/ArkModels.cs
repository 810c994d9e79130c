using System.Text.Json.Serialization.Metadata;
using McpI2V.Engine.Catalogue;
using McpI2V.Engine.Providers;
using McpI2V.Providers.Contract;

namespace McpI2V.Providers.Ark;

/// <summary>Ark's rows: those that the region has. What it does not have is not offered, so that nothing is routed to it.</summary>
internal sealed class ArkModels(ArkRegion region) : IModelSource
{
    private readonly EmbeddedModels rows = new(typeof(ArkModels).Assembly, "ark", ArkJson.Default.ArkWire);

    /// <inheritdoc/>
    public string Provider => rows.Provider;

    /// <inheritdoc/>
    public IReadOnlyList<string> AlsoCalled => ["byteplus", "modelark", "volcengine"];

    /// <inheritdoc/>
    public JsonTypeInfo? OwnWords => rows.OwnWords;

    /// <inheritdoc/>
    public IEnumerable<ModelEntry> Rows() => region == ArkRegion.BytePlus
        ? rows.Rows()
        : rows.Rows().Where(r => r.RetiredOn is not null || r.Wire?.OwnWords(ArkJson.Default.ArkWire).Volcengine is not null);

    /// <summary>
    /// A model's id in a region; null: it has none there. A row of the user's own may name an endpoint of their account (<c>ep-...</c>).
    /// </summary>
    public static string? IdIn(ArkRegion region, GenerationOrder order)
    {
        var own = JsonWire.FromOrder(order).OwnWords(ArkJson.Default.ArkWire);
        return region == ArkRegion.BytePlus
            ? own.Byteplus ?? Unless(order.VendorModel, "doubao-")
            : own.Volcengine ?? Unless(order.VendorModel, "dreamina-", "dola-");

        static string? Unless(string id, params string[] foreign) =>
            foreign.Any(f => id.StartsWith(f, StringComparison.Ordinal)) ? null : id;
    }
}
