using McpI2V.Engine.Library;
using McpI2V.Engine.Providers;
using McpI2V.Engine.Storage.LocalFiles;

namespace McpI2V.Engine.Jobs.Remote;

/// <summary>
/// Prepares and sends requests in a process that does nothing else: the sending end of <see cref="ISendElsewhere"/>. What the
/// vendor says is noted beside the database before it is told on, so that whoever carries the job on finds it.
/// </summary>
public sealed class RequestSender
{
    private readonly JobStore jobs;
    private readonly RemoteParts parts;
    private readonly ProviderPlaces places;
    private readonly LibraryOptions library;

    internal RequestSender(JobStore jobs, RemoteParts parts, ProviderPlaces places, LibraryOptions library) => (this.jobs, this.parts, this.places, this.library) = (jobs, parts, places, library);

    /// <summary>Prepares a job's request. From now on, until it is given up or sent, its answer counts as on its way.</summary>
    /// <exception cref="ProviderException">An upload failed for good, or the key is not accepted.</exception>
    /// <exception cref="I2VException">The request can't be prepared.</exception>
    public async Task<IReadyRequest> PrepareAsync(long id, CancellationToken cancellationToken)
    {
        var job = jobs.Get(id);
        var provider = places.Of(job.Provider)?.Provider ?? throw new I2VException(ErrorCode.ProviderFailed, $"{job.Name} was made for {job.Provider}, which this process does not have.");
        var key = job.AttemptKey ?? throw new I2VException(ErrorCode.ProviderFailed, $"{job.Name} has no attempt to send.");
        var folder = parts.Work.Create();
        try
        {
            var order = await parts.Orders.ReadAsync(job, folder.Work(), cancellationToken) with { AnswerFile = parts.Notes.AnswerOf(key) };
            var prepared = await provider.PrepareAsync(order, cancellationToken);
            return new Held(new ReadyRequest(provider, prepared), new AnswerUnderWay(library, key), folder, parts.Notes, key);
        }
        catch
        {
            folder.Dispose();
            throw;
        }
    }

    private sealed class Held(ReadyRequest ready, AnswerUnderWay underWay, WorkFolder folder, SendNotes notes, string key) : IReadyRequest
    {
        public System.Text.Json.Nodes.JsonObject? Body => ready.Body;

        public async Task<Submission> SendAsync(CancellationToken leaving)
        {
            try
            {
                var taken = await ready.SendAsync(leaving);
                notes.Note(key, new SendNote(taken.Task));
                return taken;
            }
            catch (ProviderException e) when (e.Acceptance == Acceptance.No)
            {
                notes.Note(key, new SendNote(null));
                throw;
            }
        }

        public ValueTask DisposeAsync()
        {
            underWay.Dispose();
            folder.Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
