namespace McpI2V.Media.Speech;

/// <summary>A voice that speaks on this machine.</summary>
/// <param name="Name">What it is called: one of flite's names, or for espeak-ng the code of its language.</param>
/// <param name="Language">What it speaks, as a BCP 47 code in lower case: <c>en-us</c>, <c>es</c>.</param>
/// <param name="Engine">Who speaks it.</param>
public sealed record LocalVoice(string Name, string Language, SpeechEngine Engine);
