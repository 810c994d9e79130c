namespace McpI2V.Engine.Library;

/// <summary>
/// Says where the files of assets lie, to whoever plans a render with them. A plan waits for nothing: it asks for paths, and what it has
/// asked for is checked or opened before the plan is carried out.
/// </summary>
public interface IAssetPaths
{
    /// <summary>Where an asset's file lies.</summary>
    string PathOf(Asset asset);
}
