namespace McpI2V.Answers.Contents;

/// <summary>The models of one provider.</summary>
/// <param name="Provider">Who serves them.</param>
/// <param name="Models">How many there are.</param>
/// <param name="Available">How many can be used now.</param>
/// <param name="WhyNot">Why none can.</param>
internal sealed record ModelProvider(string Provider, int Models, int Available, string? WhyNot);
