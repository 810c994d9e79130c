namespace McpI2V.Answers.Contents;

/// <summary>The models that make one kind of thing.</summary>
/// <param name="Kind">What they make.</param>
/// <param name="Models">How many there are.</param>
/// <param name="Available">How many can be used now.</param>
/// <param name="Aliases">Short names of those that can, in route order.</param>
internal sealed record ModelFamily(string Kind, int Models, int Available, IReadOnlyList<string> Aliases);
