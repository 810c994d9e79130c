using McpI2V.Engine.Jobs;
using McpI2V.Engine.Jobs.States;
using McpI2V.Engine.Library;
using McpI2V.Media.Formats;

namespace McpI2V.Answers;

/// <summary>Says what usually comes next: the craft, one step at a time.</summary>
internal static class NextSteps
{
    /// <summary>Where an exported clip's captions are.</summary>
    public const string CaptionsBeside = "Its captions lie beside it under the same name as .srt.";

    public static IReadOnlyList<string> After(Job job, IReadOnlyList<Asset> assets)
    {
        if (job.State == JobState.Unconfirmed)
        {
            return [$"check_job {job.Name} looks for it again. Only if the user wants to pay for a second try: " +
                "the same call with fresh: true."];
        }
        if (!JobTransitions.IsTerminal(job.State))
        {
            return [$"check_job {job.Name} with wait_seconds waits for it; it goes on by itself, also when this chat is closed."];
        }
        if (job.State != JobState.Succeeded || assets.Count == 0)
        {
            return [];
        }
        var made = assets[0];
        return made.Operation switch
        {
            "placeholder" => [$"Give a photo of the product in from for a real still, or animate_image {made.Handle} to block out the " +
                "film."],
            "generate" => [$"If the still is right, lock it: animate_image {made.Handle} with a motion prompt that names the camera and " +
                "does not retell the scene."],
            "speak" => [$"Lay it under a clip: edit_clip with the operation audio and audio {made.Handle}. A person in a still says it: " +
                $"animate_image with audio {made.Handle} and options.audio_role speak."],
            "sound" or "dub" =>
                [$"Lay it under a clip: edit_clip with the operation audio and audio {made.Handle}, or assemble_clips with it."],
            "transcribe" => [$"Captions with these words are free: edit_clip with the operation captions and cues {made.Handle}."],
            "upscale" or "extend" => [$"Look at the frames; export_clip {made.Handle} makes the post."],
            "animate" => [$"edit_clip {made.Handle} with one change, or batch_variants from the still for 30 to 100 ads."],
            "edit" => [$"One change per turn: edit_clip {made.Handle}; replace, remove or move changes a step by its number. " +
                $"To undo, go on from {made.Before ?? made.Parent} instead. export_clip {made.Handle} makes the post."],
            "assemble" => [$"export_clip {made.Handle} makes the post for each platform."],
            _ when made.HasCaptionsBeside =>
                [$"The file is ready to upload: {made.Handle}. {CaptionsBeside}"],
            _ when made.Handle.Kind == MediaKind.Clip => [$"The file is ready to upload: {made.Handle}."],
            _ => [],
        };
    }
}
