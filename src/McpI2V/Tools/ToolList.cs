namespace McpI2V.Tools;

/// <summary>Every tool. To add one: its file in this folder, its line here.</summary>
internal static class ToolList
{
    public static IEnumerable<ToolFace> All() =>
    [
        GenerateStill.Face(),
        AnimateImage.Face(),
        EditClip.Face(),
        BatchVariants.Face(),
        AssembleClips.Face(),
        ExportClip.Face(),
        CheckJob.Face(),
        CancelJob.Face(),
        FindAssets.Face(),
        SaveElement.Face(),
        ListModels.Face(),
    ];
}
