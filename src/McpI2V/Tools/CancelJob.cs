using McpI2V.Answers;
using McpI2V.Answers.Structured;
using McpI2V.Engine;
using McpI2V.Engine.Batches;
using McpI2V.Engine.Jobs;
using McpI2V.Tools.Arguments;
using McpI2V.Tools.Calls;

namespace McpI2V.Tools;

/// <summary>Cancels a job or a batch.</summary>
internal static class CancelJob
{
    private const string Description =
        "Cancels a job, or every open job of a batch. What waits never begins; what runs is stopped; " +
            "what is done stays in the library. Ending a chat or a wait does not cancel a job; this does.";

    private static readonly Argument<string> Id = Argument.RequiredText("id", "job-4 or batch-2.");

    public static ToolDefinition Definition() => new()
    {
        Name = "cancel_job",
        Title = "Cancel a job",
        Description = Description,
        Effect = ToolEffect.Cancels,
        Arguments = () => [Id],
        AnswerSchema = AnswerSchemas.Work,
        Handler = CallAsync,
    };

    private static Task<Answer> CallAsync(ToolServices services, ToolCall call, CancellationToken callCancelled)
    {
        var id = Id.Read(call.Arguments);
        if (Batch.TryParse(id, out var batch))
        {
            services.Batches.Get(batch);
            return services.Submission.CancelAsync(
                services.Jobs.OfBatch(batch),
                call,
                wait => services.Submission.FollowBatchAsync(batch, wasKnown: false, wait, call, callCancelled));
        }
        if (Job.TryParse(id, out var job))
        {
            // An edit that waits for a model's clip: both are canceled.
            var one = services.Jobs.Get(job);
            Job[] all = one is { Batch: null, After: { } before } ? [services.Jobs.Get(before), one] : [one];
            return services.Submission.CancelAsync(
                all,
                call,
                wait => services.Submission.FollowAsync(job, wasKnown: false, wait, call, callCancelled));
        }
        throw I2VException.Invalid(
            "id",
            $"id is {Media.ForeignText.Quote(id, 60)}; a job (job-4) or a batch (batch-2) is needed: the call that began it named it. " +
                "find_assets lists what is made, with kind batch the batches.");
    }
}
