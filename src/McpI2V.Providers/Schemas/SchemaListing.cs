using System.Collections.Concurrent;
using System.Text.Json.Serialization.Metadata;
using McpI2V.Engine;
using McpI2V.Engine.Catalogue;
using McpI2V.Engine.Providers;
using McpI2V.Media;
using McpI2V.Providers.Contract;

namespace McpI2V.Providers.Schemas;

/// <summary>A provider's models: the catalogue's rows, and any other by its id, read from its schema and again when that changed.</summary>
/// <param name="options">The provider's settings.</param>
/// <param name="models">What its models take.</param>
/// <param name="isId">True for what may be a model's id there.</param>
/// <param name="time">The time.</param>
internal sealed class SchemaListing(ProviderOptions options, ModelSchemas models, Func<string, bool> isId, TimeProvider time) : IModelSource
{
    private const int LongestId = 120;
    private const int LongestList = 300;
    private readonly EmbeddedModels listed = new(typeof(SchemaListing).Assembly, options.Name, SchemaJson.Default.SchemaWire);

    // What the catalogue was told last: it is not told the same again.
    private readonly ConcurrentDictionary<string, ListedModel> told = new(StringComparer.OrdinalIgnoreCase);

    /// <inheritdoc/>
    public string Provider => listed.Provider;

    /// <inheritdoc/>
    public JsonTypeInfo? OwnWords => listed.OwnWords;

    /// <inheritdoc/>
    public IEnumerable<ModelEntry> Rows() => listed.Rows();

    /// <inheritdoc/>
    public async Task<ModelEntry?> LearnAsync(string id, CancellationToken cancellationToken)
    {
        var prefix = Provider + ":";
        // Nothing leaves this machine before there is a key.
        if (!id.StartsWith(prefix, StringComparison.OrdinalIgnoreCase) || !isId(id[prefix.Length..]) || options.ApiKey is null)
        {
            return null;
        }
        ListedModel model;
        try
        {
            model = await models.FindAsync(id[prefix.Length..], cancellationToken);
        }
        catch (ProviderException e) when (e.IsGone)
        {
            return null;
        }
        catch (ProviderException e)
        {
            throw new I2VException(
                e.Code,
                $"model is {ForeignText.Quote(id, LongestId)}, which the catalogue does not have, and {Provider} could not be asked for " +
                    $"it: {e.Message.TrimEnd('.')}. Name another model (list_models), or ask again later. Nothing was spent.",
                "model");
        }
        if (told.TryGetValue(id, out var before) && ReferenceEquals(before, model))
        {
            return null;
        }
        var row = LearnedRow.Of(Provider, model, time.GetUtcNow())
            ?? throw new I2VException(
                ErrorCode.UnsupportedByModel,
                $"{Provider} has {ForeignText.Line(model.Id, LongestId)}, and what it makes can't be asked for here: its inputs are " +
                    $"{ForeignText.Line(string.Join(", ", model.Schema.Inputs.Keys), LongestList)}. A clip is made of a still here " +
                    "(generate_still first), and a model that makes it takes one; a row in models.json (docs/models.md) says what its " +
                    "schema does not. Name another model (list_models). Nothing was spent.",
                "model");
        told[id] = model;
        return row;
    }
}
