using McpI2V.Answers;
using McpI2V.Engine;
using McpI2V.Engine.Batches;
using McpI2V.Engine.Jobs;

namespace McpI2V.Tools;

/// <summary>Tells how a job or batch stands.</summary>
internal static class CheckJob
{
    private const string Description =
        "Tells how a job or batch stands, waits for it if wanted, and answers with what it made. A job whose answer was lost (unconfirmed) is looked for again. Works from any client and after any restart. Free; it never makes or pays for anything again.";

    private static readonly (string, System.Text.Json.Nodes.JsonObject)[] Members =
    [
        ("id", Schema.Text("job-4 or batch-2.")),
        ("wait_seconds", Schema.Number("How long to wait for its end, 0 to 300; 0 unless given.", 0, 300)),
    ];

    public static ToolFace Face() => new(
        "check_job",
        () => ToolDescription.Looking("check_job", "Check a job", Description, Schema.Object(["id"], Members), AnswerSchemas.Work),
        CallAsync);

    private static async Task<Answer> CallAsync(ToolRooms rooms, ToolCall call, CancellationToken callCancelled)
    {
        call.Arguments.RequireAllRead(Members.Select(m => m.Item1));
        var wait = TimeSpan.FromSeconds(call.Arguments.Number("wait_seconds", 0, 300) ?? 0);
        var id = call.Arguments.Required("id");
        if (Batch.TryParse(id, out var batch))
        {
            foreach (var lost in rooms.Jobs.OfBatch(batch).Where(j => j.State == JobState.Unconfirmed))
            {
                await rooms.Desk.LookAgainAsync(lost.Id, callCancelled);
            }
            return await rooms.Desk.FollowBatchAsync(batch, wasKnown: false, wait, call, callCancelled);
        }
        if (!Job.TryParse(id, out var number))
        {
            throw I2VException.Invalid("id", $"id is \"{id}\"; a job (job-4) or a batch (batch-2) is needed.");
        }
        var job = rooms.Jobs.Get(number);
        await rooms.Desk.LookAgainAsync(job.Id, callCancelled);
        if (job is { Batch: null, After: { } before })
        {
            await rooms.Desk.LookAgainAsync(before, callCancelled);
        }
        return await rooms.Desk.FollowAsync(number, wasKnown: false, wait, call, callCancelled);
    }
}
