namespace McpI2V.Media.Speech;

/// <summary>Who speaks here; all of them sound like robots.</summary>
public enum SpeechEngine
{
    /// <summary>The source of that name inside ffmpeg: English only.</summary>
    Flite,

    /// <summary>The program espeak-ng, where it is installed: more than a hundred languages.</summary>
    EspeakNg,
}
