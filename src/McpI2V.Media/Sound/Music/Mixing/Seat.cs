using McpI2V.Media.Sound.Music.Instruments;

namespace McpI2V.Media.Sound.Music.Mixing;

/// <summary>A player of the band: what is played, how loud, where, and how far from the microphone.</summary>
/// <param name="Play">The instrument.</param>
/// <param name="GainDb">How loud.</param>
/// <param name="Room">Its share of the room, 0 to 1, before the style's.</param>
/// <param name="Pan">-1 left to 1 right.</param>
/// <param name="GivesWay">True if it is softer while the kick sounds.</param>
internal sealed record Seat(Action<Tone, Track> Play, double GainDb, double Room, double Pan = 0, bool GivesWay = false);
