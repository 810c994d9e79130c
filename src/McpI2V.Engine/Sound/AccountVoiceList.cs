using McpI2V.Engine.Providers;

namespace McpI2V.Engine.Sound;

/// <summary>The voices of an account.</summary>
/// <param name="Provider">Whose account.</param>
/// <param name="Voices">Its own voices.</param>
/// <param name="ReadAt">When they were asked for.</param>
/// <param name="WhyNot">Why they are not known; null: they are.</param>
public sealed record AccountVoiceList(string Provider, IReadOnlyList<ProviderVoice> Voices, DateTimeOffset ReadAt, string? WhyNot);
