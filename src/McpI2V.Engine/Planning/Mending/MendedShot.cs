using McpI2V.Engine.Catalogue.Routing;
using McpI2V.Engine.Generation;
using McpI2V.Engine.Jobs;

namespace McpI2V.Engine.Planning.Mending;

/// <summary>A shot as a model can make it.</summary>
/// <param name="Request">The request, with what stood in the way changed.</param>
/// <param name="Route">Who makes it.</param>
/// <param name="Before">The job that brings the still to the ratio first; null: it has it.</param>
/// <param name="Said">What was changed, a line each.</param>
public sealed record MendedShot(AnimateRequest Request, Route Route, NewJob? Before, IReadOnlyList<string> Said);
