using McpI2V.Media.Formats;

namespace McpI2V.Engine.Library;

/// <summary>What to look for in the library.</summary>
/// <param name="Words">Words in handle, title, prompt, model or operation; empty: any.</param>
/// <param name="Kind">Only this kind; null: any.</param>
/// <param name="Parent">Only what was made from this asset; null: any.</param>
/// <param name="Batch">Only what this batch made; null: any.</param>
/// <param name="Limit">At most this many, 1 to 100.</param>
/// <param name="Offset">Skipping this many.</param>
public sealed record AssetQuery(string Words, MediaKind? Kind, AssetHandle? Parent, long? Batch, int Limit, int Offset);
