using McpI2V.Media.Text.Setting;

namespace McpI2V.Media.Clips.Rendering;

/// <summary>An operation that sets words over the picture: where and how, by what the clip shows there at that time.</summary>
internal interface ISettingOperation : IOverlayOperation
{
    /// <summary>What is to be set on a clip; what it shows, and what stands on it, is added by who asks.</summary>
    TextOrder OrderFor(ClipShape before);
}
