namespace McpI2V.Engine.Library;

/// <summary>A named subject that stays the same across shots.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Description">What it looks like, in words that every prompt can reuse.</param>
/// <param name="Images">Its reference stills.</param>
public sealed record Element(string Name, string Description, IReadOnlyList<AssetHandle> Images);
