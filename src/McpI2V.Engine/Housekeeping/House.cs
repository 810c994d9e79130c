using McpI2V.Engine.Library.Finding;

namespace McpI2V.Engine.Housekeeping;

/// <summary>What keeps house.</summary>
/// <param name="Items">Finds what is named.</param>
/// <param name="Marks">Writes what is said of it.</param>
/// <param name="Bin">What was deleted.</param>
/// <param name="Times">Days as people say and read them.</param>
/// <param name="Clock">The time.</param>
public sealed record House(LibraryItems Items, Marking Marks, Bin Bin, SpokenTime Times, TimeProvider Clock);
