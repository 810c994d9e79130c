namespace McpI2V.Engine.Catalogue;

/// <summary>What a model can be asked for.</summary>
public enum Capability
{
    /// <summary>A still from words.</summary>
    TextToImage,

    /// <summary>A still from stills and words.</summary>
    ImageEdit,

    /// <summary>A clip from a still.</summary>
    ImageToVideo,

    /// <summary>A clip from a clip and words.</summary>
    VideoEdit,

    /// <summary>A clip that goes on.</summary>
    VideoExtend,

    /// <summary>A still or a clip that speaks to a sound.</summary>
    LipSync,

    /// <summary>A clip in which somebody moves as in another one.</summary>
    CharacterPerformance,

    /// <summary>A clip with more pixels.</summary>
    Upscale,

    /// <summary>A voice from words.</summary>
    TextToSpeech,

    /// <summary>A sound from words.</summary>
    SoundEffect,

    /// <summary>Music from words.</summary>
    Music,

    /// <summary>The words that are spoken in a clip, and when.</summary>
    SpeechToText,

    /// <summary>What is spoken in a clip, in another language.</summary>
    Dubbing,

    /// <summary>Typed edits of a clip; the embedded engine's.</summary>
    VideoOperations,
}
