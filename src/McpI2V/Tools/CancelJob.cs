using McpI2V.Answers;
using McpI2V.Engine;
using McpI2V.Engine.Batches;
using McpI2V.Engine.Jobs;
using ModelContextProtocol.Protocol;

namespace McpI2V.Tools;

/// <summary>Calls off a job or a batch.</summary>
internal static class CancelJob
{
    private const string Description =
        "Calls off a job, or every open job of a batch. What waits never begins; what runs is stopped; what is done stays in the library. Ending a chat or a wait does not call a job off; this does.";

    private static readonly (string, System.Text.Json.Nodes.JsonObject)[] Members = [("id", Schema.Text("job-4 or batch-2."))];

    public static ToolFace Face() => new(
        "cancel_job",
        () => ToolDescription.Write(
            "cancel_job",
            "Call off a job",
            Description,
            Schema.Object(["id"], Members),
            AnswerSchemas.Work,
            new ToolAnnotations { Title = "Call off a job", ReadOnlyHint = false, DestructiveHint = true, IdempotentHint = true, OpenWorldHint = false }),
        CallAsync);

    private static Task<Answer> CallAsync(ToolRooms rooms, ToolCall call, CancellationToken callCancelled)
    {
        call.Arguments.RequireAllRead(Members.Select(m => m.Item1));
        var id = call.Arguments.Required("id");
        if (Batch.TryParse(id, out var batch))
        {
            rooms.Batches.Get(batch);
            return rooms.Desk.CancelAsync(rooms.Jobs.OfBatch(batch), call, wait => rooms.Desk.FollowBatchAsync(batch, wasKnown: false, wait, call, callCancelled));
        }
        if (Job.TryParse(id, out var job))
        {
            // An edit that waits for a model's clip: both are called off.
            var one = rooms.Jobs.Get(job);
            Job[] all = one is { Batch: null, After: { } before } ? [rooms.Jobs.Get(before), one] : [one];
            return rooms.Desk.CancelAsync(all, call, wait => rooms.Desk.FollowAsync(job, wasKnown: false, wait, call, callCancelled));
        }
        throw I2VException.Invalid("id", $"id is \"{id}\"; a job (job-4) or a batch (batch-2) is needed.");
    }
}
