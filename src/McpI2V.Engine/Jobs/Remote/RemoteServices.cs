using McpI2V.Engine.Catalogue;
using McpI2V.Engine.Generation;
using McpI2V.Engine.Jobs.Publishing;
using McpI2V.Engine.Jobs.Remote.Sending;
using McpI2V.Engine.Library;
using McpI2V.Engine.Providers;
using McpI2V.Engine.Storage.LocalFiles;
using McpI2V.Media;

namespace McpI2V.Engine.Jobs.Remote;

/// <summary>What the steps of a job at a provider share.</summary>
internal sealed record RemoteServices(
    OrderReader Orders,
    JobPublisher Publisher,
    MediaLibrary Library,
    WorkFolders Work,
    JobSignal Signal,
    CrashPoints CrashPoints,
    SendNotes Notes,
    HeardSound Heard)
{
    /// <summary>The order of a job without its inputs, with the place for an answer that holds the result.</summary>
    public GenerationOrder Outline(Job job) => Outline(job, JobRequests.Of(job, Library));

    /// <summary>The whole order of a job, its inputs brought within the provider's limits and held until it has left.</summary>
    public Task<GenerationOrder> ReadOrderAsync(Job job, HeldMedia held, MediaWork work, CancellationToken jobCancelled)
    {
        var request = JobRequests.Of(job, Library);
        return Orders.ReadAsync(request, Outline(job, request), held, work, jobCancelled);
    }

    /// <summary>Adds to a result what no provider delivers: to words that were heard, the sound in which they were.</summary>
    public Task CompleteAsync(Job job, GenerationOrder order, string path, MediaWork work, CancellationToken jobCancelled) =>
        order.Capability == Capability.SpeechToText && JobRequests.Of(job, Library).Inputs.Clip is { } clip
            ? Heard.WriteAsync(Library.Find(clip), path, work, jobCancelled)
            : Task.CompletedTask;

    private GenerationOrder Outline(Job job, GenerationRequest request) =>
        Orders.Outline(request, job.Model, job.AttemptKey!) with { AnswerFile = Notes.AnswerOf(job.AttemptKey!) };
}
