using System.Collections.Concurrent;
using McpI2V.Engine;
using McpI2V.Engine.Providers;
using McpI2V.Media;
using McpI2V.Providers.Http;
using McpI2V.Providers.Replicate.Schemas;

namespace McpI2V.Providers.Replicate;

/// <summary>What models take now, asked for at most once a minute: names and choices of inputs change without notice.</summary>
internal sealed class ReplicateModels(ProviderHttp http, ReplicateErrors errors, TimeProvider time)
{
    private static readonly TimeSpan Fresh = TimeSpan.FromMinutes(1);
    private readonly ConcurrentDictionary<string, (ModelSchema Schema, long At)> known = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>A model's schema.</summary>
    /// <exception cref="ProviderException">There is no such model (<see cref="ProviderException.IsGone"/>), it has no schema, or it could
    /// not be asked for.</exception>
    public async Task<ModelSchema> FindAsync(ReplicateModelId id, CancellationToken cancellationToken)
    {
        if (known.TryGetValue(id.ToString(), out var kept) && time.GetElapsedTime(kept.At) < Fresh)
        {
            return kept.Schema;
        }
        var path = $"models/{id.Model}{(id.Version is null ? "" : $"/versions/{id.Version}")}";
        var answer = await http.AskAsync(
            () => http.Request(HttpMethod.Get, http.At(path)),
            errors.Judge,
            cancellationToken);
        var schema = ModelSchema.Read(id, answer.Json!)
            ?? throw new ProviderException(
                ErrorCode.UnsupportedByModel,
                $"replicate tells no inputs of {ForeignText.Line(id.ToString(), 120)}",
                Acceptance.No);
        known[id.ToString()] = (schema, time.GetTimestamp());
        return schema;
    }

    /// <summary>Reads a model anew the next time: it took something else than it said.</summary>
    public void Forget(ReplicateModelId id) => known.TryRemove(id.ToString(), out _);
}
