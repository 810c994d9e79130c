using System.Text.Json.Nodes;
using McpI2V.Engine.Providers;

namespace McpI2V.Providers.ComfyUI;

/// <summary>A filled workflow. It is not kept: a lost request is found by its id.</summary>
/// <param name="Order">The order.</param>
/// <param name="Workflow">The workflow.</param>
/// <param name="Graph">Its nodes, filled.</param>
internal sealed record ComfyUIRequest(GenerationOrder Order, Workflow Workflow, JsonObject Graph) : PreparedRequest(Order);
