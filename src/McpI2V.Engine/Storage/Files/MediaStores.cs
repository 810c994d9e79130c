namespace McpI2V.Engine.Storage.Files;

/// <summary>The stores of one library.</summary>
/// <param name="Assets">Finished media: what rows name.</param>
/// <param name="Previews">Small pictures of assets; what is lost is made again.</param>
/// <param name="Sheets">Contact sheets of batches.</param>
public sealed record MediaStores(IMediaStore Assets, IMediaStore Previews, IMediaStore Sheets);
