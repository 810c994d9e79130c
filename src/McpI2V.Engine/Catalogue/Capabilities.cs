using McpI2V.Media.Formats;

namespace McpI2V.Engine.Catalogue;

/// <summary>What follows from a capability alone.</summary>
public static class Capabilities
{
    /// <summary>What comes out.</summary>
    public static MediaKind Makes(this Capability capability) => capability switch
    {
        Capability.TextToImage or Capability.ImageEdit => MediaKind.Still,
        Capability.TextToSpeech or Capability.SoundEffect or Capability.Music => MediaKind.Audio,
        Capability.SpeechToText or Capability.Dubbing => MediaKind.Audio,
        _ => MediaKind.Clip,
    };

    /// <summary>True if of the clip that goes in the sound alone is sent.</summary>
    public static bool HearsAlone(this Capability capability) => capability is Capability.SpeechToText or Capability.Dubbing;

    /// <summary>True if what comes out is as long as what goes in, unless the model says otherwise.</summary>
    public static bool KeepsLength(this Capability capability) => capability
        is Capability.VideoEdit or Capability.VideoExtend or Capability.Upscale or Capability.LipSync;
}
