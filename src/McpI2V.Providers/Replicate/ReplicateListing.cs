using System.Collections.Concurrent;
using System.Text.Json.Serialization.Metadata;
using McpI2V.Engine;
using McpI2V.Engine.Catalogue;
using McpI2V.Engine.Providers;
using McpI2V.Media;
using McpI2V.Providers.Contract;
using McpI2V.Providers.Replicate.Schemas;

namespace McpI2V.Providers.Replicate;

/// <summary>Replicate's models: the catalogue's rows, and any other by its id, read from its schema and again when that changed.</summary>
internal sealed class ReplicateListing(ProviderOptions options, ReplicateModels models, TimeProvider time) : IModelSource
{
    private const string Prefix = "replicate:";

    private static readonly EmbeddedModels Listed = new(
        typeof(ReplicateListing).Assembly,
        "replicate",
        ReplicateJson.Default.ReplicateWire);

    // What the catalogue was told last: it is not told the same again.
    private readonly ConcurrentDictionary<string, ModelSchema> told = new(StringComparer.OrdinalIgnoreCase);

    /// <inheritdoc/>
    public string Provider => Listed.Provider;

    /// <inheritdoc/>
    public JsonTypeInfo? OwnWords => Listed.OwnWords;

    /// <inheritdoc/>
    public IEnumerable<ModelEntry> Rows() => Listed.Rows();

    /// <inheritdoc/>
    public async Task<ModelEntry?> LearnAsync(string id, CancellationToken cancellationToken)
    {
        if (!id.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase)
            || ReplicateModelId.Parse(id[Prefix.Length..]) is not { } model
            || options.ApiKey is null)
        {
            return null;
        }
        ModelSchema schema;
        try
        {
            schema = await models.FindAsync(model, cancellationToken);
        }
        catch (ProviderException e) when (e.IsGone)
        {
            return null;
        }
        catch (ProviderException e)
        {
            throw new I2VException(
                e.Code,
                $"model is {ForeignText.Quote(id, 100)}, which the catalogue does not have, and replicate could not be asked for it: " +
                    $"{e.Message.TrimEnd('.')}. Name another model (list_models), or ask again later. Nothing was spent.",
                "model");
        }
        if (told.TryGetValue(id, out var before) && ReferenceEquals(before, schema))
        {
            return null;
        }
        var row = LearnedRow.Of(schema, time.GetUtcNow())
            ?? throw new I2VException(
                ErrorCode.UnsupportedByModel,
                $"replicate has {ForeignText.Line(model.ToString(), 120)}, and what it makes can't be asked for here: its inputs are " +
                    $"{ForeignText.Line(string.Join(", ", schema.Inputs.Keys), 300)}. A clip is made of a still here (generate_still " +
                    "first), and a model that makes it takes one; a row in models.json (docs/models.md) says what its schema does not. " +
                    "Name another model (list_models). Nothing was spent.",
                "model");
        told[id] = schema;
        return row;
    }
}
