namespace McpI2V.Answers.Contents;

/// <summary>What an asset was made from, step by step.</summary>
/// <param name="Handle">The asset.</param>
/// <param name="Lineage">It, what it was made from, and so on.</param>
internal sealed record LineageContent(string Handle, IReadOnlyList<AssetContent> Lineage);
