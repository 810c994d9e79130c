using McpI2V.Engine.Generation;
using McpI2V.Engine.Jobs.Publishing;
using McpI2V.Engine.Jobs.Remote.Sending;
using McpI2V.Engine.Providers;
using McpI2V.Engine.Storage.LocalFiles;
using McpI2V.Media;

namespace McpI2V.Engine.Jobs.Remote;

/// <summary>What the steps of a job at a provider share.</summary>
internal sealed record RemoteServices(
    OrderReader Orders,
    JobPublisher Publisher,
    WorkFolders Work,
    JobSignal Signal,
    CrashPoints CrashPoints,
    SendNotes Notes)
{
    /// <summary>The order of a job without its inputs, with the place for an answer that holds the result.</summary>
    public GenerationOrder Outline(Job job) =>
        Orders.Outline(RequestOf(job), job.Model, job.AttemptKey!) with { AnswerFile = Notes.AnswerOf(job.AttemptKey!) };

    /// <summary>The whole order of a job, its inputs brought within the provider's limits.</summary>
    public Task<GenerationOrder> ReadOrderAsync(Job job, MediaWork work, CancellationToken jobCancelled) =>
        Orders.ReadAsync(RequestOf(job), Outline(job), work, jobCancelled);

    private static GenerationRequest RequestOf(Job job) => GenerationRequest.FromJson(job.Request);
}
