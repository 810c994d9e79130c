using McpI2V.Engine.Generation;
using McpI2V.Engine.Providers;
using McpI2V.Engine.Storage.LocalFiles;

namespace McpI2V.Engine.Jobs.Remote;

/// <summary>What the steps of a job at a vendor share.</summary>
internal sealed record RemoteServices(OrderReader Orders, JobPublisher Publisher, WorkFolders Work, JobSignal Signal, CrashPoints CrashPoints, SendNotes Notes)
{
    /// <summary>The order of a job without its inputs, with the place for an answer that holds the result.</summary>
    public GenerationOrder Outline(Job job) => Orders.Outline(job) with { AnswerFile = Notes.AnswerOf(job.AttemptKey!) };
}
