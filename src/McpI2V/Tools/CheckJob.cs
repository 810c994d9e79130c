using McpI2V.Answers;
using McpI2V.Answers.Structured;
using McpI2V.Engine;
using McpI2V.Engine.Batches;
using McpI2V.Engine.Jobs;
using McpI2V.Engine.Jobs.States;
using McpI2V.Tools.Arguments;
using McpI2V.Tools.Calls;

namespace McpI2V.Tools;

/// <summary>Tells how a job or batch stands.</summary>
internal static class CheckJob
{
    private const string Description =
        "Tells how a job or batch stands, waits for it if wanted, and answers with what it made. " +
            "A job whose answer was lost (unconfirmed) is looked for again. Works from any client and after any restart. Free; " +
            "it never makes or pays for anything again.";

    private static readonly Argument<string> Id = Argument.RequiredText("id", "job-4 or batch-2.");

    private static readonly Argument<double?> Wait = Argument.Number("wait_seconds", "Wait for its end; 0 unless given.", 0, 300);

    public static ToolDefinition Definition() => new()
    {
        Name = "check_job",
        Title = "Check a job",
        Description = Description,
        Effect = ToolEffect.Looks,
        Arguments = () => [Id, Wait],
        AnswerSchema = AnswerSchemas.WorkInFull,
        Handler = CallAsync,
        // A batch tells what is new since it was last asked after.
        MayKeep = answer => answer.Structured is WorkAnswer { Batch: null, Job.State: "succeeded" },
    };

    private static async Task<Answer> CallAsync(ToolServices services, ToolCall call, CancellationToken callCancelled)
    {
        var wait = TimeSpan.FromSeconds(Wait.Read(call.Arguments) ?? 0);
        var id = Id.Read(call.Arguments);
        if (Batch.TryParse(id, out var batch))
        {
            foreach (var lost in services.Jobs.OfBatch(batch).Where(j => j.State == JobState.Unconfirmed))
            {
                await services.Submission.ReconcileAsync(lost.Id, callCancelled);
            }
            return await services.Submission.FollowBatchAsync(batch, wasKnown: false, wait, call, callCancelled);
        }
        if (!Job.TryParse(id, out var number))
        {
            throw I2VException.Invalid(
                "id",
                $"id is {Media.ForeignText.Quote(id, 60)}; a job (job-4) or a batch (batch-2) is needed: the call that began it " +
                    "named it. find_assets lists what is made, with kind batch the batches.");
        }
        var job = services.Jobs.Get(number);
        if (job is { Batch: null, After: { } before } && !JobTransitions.IsTerminal(job.State))
        {
            await services.Submission.ReconcileAsync(before, callCancelled);
        }
        if (job.State == JobState.Unconfirmed)
        {
            await services.Submission.ReconcileAsync(job.Id, callCancelled);
        }
        return await services.Submission.FollowAsync(number, wasKnown: false, wait, call, callCancelled);
    }
}
