using System.Text.Json.Nodes;
using McpI2V.Engine.Jobs;

namespace McpI2V.Engine.Planning;

/// <summary>The jobs of one call: several are a batch.</summary>
/// <param name="Matrix">What distinguishes them, by axis.</param>
/// <param name="Jobs">At least one; those that others work on come before them.</param>
public sealed record BatchPlan(JsonObject Matrix, IReadOnlyList<NewJob> Jobs)
{
    /// <summary>The same, each job working on what another makes first.</summary>
    public BatchPlan Following(NewJob? first) => first is null
        ? this
        : this with { Jobs = [first, .. Jobs.Select(j => j with { After = 0 })] };
}
