namespace McpI2V.Engine.Batches;

/// <summary>One dimension of a batch: its name and the values it takes.</summary>
/// <param name="Name">image, prompt, preset, camera, aspect_ratio, model, text, audio or take.</param>
/// <param name="Values">The values, as they are shown.</param>
public sealed record BatchAxis(string Name, IReadOnlyList<string> Values);
