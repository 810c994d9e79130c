using System.Text.Json.Nodes;

namespace McpI2V.Commands;

/// <summary>What a turn of the demo made.</summary>
/// <param name="Turn">The turn.</param>
/// <param name="Assets">Its assets, as the server answered them.</param>
/// <param name="ContactSheet">A batch's contact sheet.</param>
internal sealed record DemoResult(DemoTurn Turn, IReadOnlyList<JsonObject> Assets, string? ContactSheet);
