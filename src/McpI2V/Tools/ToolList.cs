using McpI2V.Tools.Calls;

namespace McpI2V.Tools;

/// <summary>Every tool. To add one: its file in this folder, its line here.</summary>
internal static class ToolList
{
    public static IEnumerable<ToolDefinition> All() =>
    [
        GenerateStill.Definition(),
        AnimateImage.Definition(),
        EditClip.Definition(),
        GenerateAudio.Definition(),
        BatchVariants.Definition(),
        AssembleClips.Definition(),
        ExportClip.Definition(),
        CheckJob.Definition(),
        CancelJob.Definition(),
        FindAssets.Definition(),
        OrganizeAssets.Definition(),
        SaveElement.Definition(),
        ListModels.Definition(),
    ];
}
