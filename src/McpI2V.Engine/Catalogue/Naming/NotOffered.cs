namespace McpI2V.Engine.Catalogue.Naming;

/// <summary>A model that people ask for and no provider here has.</summary>
/// <param name="Names">Its names as people write them.</param>
/// <param name="Lives">Where it is, or what became of it: a clause that follows its name.</param>
/// <param name="Nearest">Aliases of what comes nearest, the nearest first.</param>
/// <param name="Source">Where that was read.</param>
/// <param name="AsOf">When.</param>
internal sealed record NotOffered(string[] Names, string Lives, string[] Nearest, string Source, string AsOf);
