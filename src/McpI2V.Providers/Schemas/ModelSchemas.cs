using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using McpI2V.Engine;
using McpI2V.Engine.Catalogue;
using McpI2V.Engine.Providers;
using McpI2V.Media;
using McpI2V.Providers.Contract;

namespace McpI2V.Providers.Schemas;

/// <summary>
/// What a provider's models take now, asked for at most once a minute: names and choices of inputs change without notice.
/// </summary>
/// <param name="provider">The provider.</param>
/// <param name="read">Asks it for a model by its id.</param>
/// <param name="time">The time.</param>
internal sealed class ModelSchemas(string provider, Func<string, CancellationToken, Task<ListedModel>> read, TimeProvider time)
{
    private const int LongestId = 120;

    // Stands for every file when a request is held against a schema.
    private const string AnyFile = "https://example.com/file";
    private static readonly TimeSpan Fresh = TimeSpan.FromMinutes(1);
    private readonly ConcurrentDictionary<string, (ListedModel Model, long At)> known = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>True for an order whose inputs are found by their names.</summary>
    public static bool IsByNames(GenerationOrder order) => order.Model.Wire is null || OwnWords(order).ByNames;

    /// <summary>What the row's wire says of a model that is asked for its inputs.</summary>
    public static SchemaWire OwnWords(GenerationOrder order) => order.Model.Wire is null
        ? new()
        : JsonWire.FromOrder(order).OwnWords(SchemaJson.Default.SchemaWire);

    /// <summary>A model.</summary>
    /// <exception cref="ProviderException">There is no such model (<see cref="ProviderException.IsGone"/>), it has no schema, or it could
    /// not be asked for.</exception>
    public async Task<ListedModel> FindAsync(string id, CancellationToken cancellationToken)
    {
        if (known.TryGetValue(id, out var kept) && time.GetElapsedTime(kept.At) < Fresh)
        {
            return kept.Model;
        }
        var model = await read(id, cancellationToken);
        known[id] = (model, time.GetTimestamp());
        return model;
    }

    /// <summary>Reads a model anew the next time: it took something else than it said.</summary>
    public void Forget(string id) => known.TryRemove(id, out _);

    /// <summary>
    /// An order as its model is asked for it now, held against what it takes before anything is uploaded or paid: what a model does not
    /// know it may take no notice of, and make something else. The model is null where it can't be had now and the row says enough.
    /// </summary>
    /// <exception cref="ProviderException">It does not take this, it is gone, or nobody knows how it is asked for.</exception>
    public async Task<(GenerationOrder Asked, ListedModel? Now)> AskedAsync(GenerationOrder order, CancellationToken jobCancelled)
    {
        var id = JsonWire.PathOf(order);
        var now = await NowAsync(id, order, jobCancelled);
        if (now is null)
        {
            return (order, null);
        }
        var asked = AsNow(order, now);
        // A row may know of a choice that the model has lost since.
        if (now.Schema.Fault(JsonWire.Body(asked, _ => AnyFile)) is { } fault)
        {
            Forget(id);
            throw new ProviderException(
                ErrorCode.UnsupportedByModel,
                $"{ForeignText.Line(id, LongestId)} does not take this request as it is now: {fault}. Its inputs may have changed since " +
                    $"they were read ({order.Model.AsOf}); ask again with what it takes, or with options. It was not sent",
                Acceptance.No);
        }
        return (asked, now);
    }

    /// <summary>
    /// An order as a model is asked for it. What the row says beside the names holds on; sound that a model makes unless told otherwise is
    /// always told.
    /// </summary>
    public static GenerationOrder AsNow(GenerationOrder order, ListedModel model)
    {
        if (!IsByNames(order))
        {
            return order;
        }
        var (row, named) = (JsonWire.FromOrder(order), InputNames.Wire(model.Schema));
        return order with
        {
            Model = order.Model with
            {
                Audio = named.Sound is null ? order.Model.Audio : "optional",
                Wire = named with
                {
                    Path = row.Path,
                    Fixed = Both(named.Fixed, row.Fixed),
                    ResolutionValues = row.ResolutionValues ?? named.ResolutionValues,
                },
            },
        };
    }

    private static JsonObject? Both(JsonObject? named, JsonObject? row)
    {
        var both = named?.DeepClone().AsObject() ?? [];
        foreach (var (name, value) in row ?? [])
        {
            both[name] = value?.DeepClone();
        }
        return both.Count == 0 ? null : both;
    }

    private async Task<ListedModel?> NowAsync(string id, GenerationOrder order, CancellationToken jobCancelled)
    {
        try
        {
            return await FindAsync(id, jobCancelled);
        }
        catch (ProviderException e) when (e.IsGone)
        {
            throw new ProviderException(
                ErrorCode.UnsupportedByModel,
                $"{provider} does not have {ForeignText.Line(id, LongestId)} any more. Name another model (list_models)",
                Acceptance.No,
                e);
        }
        catch (ProviderException e) when (e.Code != ErrorCode.ProviderAuth && !IsByNames(order))
        {
            return null;
        }
    }
}
