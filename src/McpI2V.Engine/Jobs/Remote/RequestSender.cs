using McpI2V.Engine.Jobs.Remote.Pacing;
using McpI2V.Engine.Jobs.Remote.Sending;
using McpI2V.Engine.Library;
using McpI2V.Engine.Providers;
using McpI2V.Engine.Storage.LocalFiles;

namespace McpI2V.Engine.Jobs.Remote;

/// <summary>
/// Prepares and sends requests in a process that does nothing else: the sending end of <see cref="ISendElsewhere"/>. What the
/// provider says is noted beside the database before it is told on, so that whoever carries the job on finds it.
/// </summary>
public sealed class RequestSender
{
    private readonly JobStore jobs;
    private readonly RemoteServices services;
    private readonly ConcurrencyByProvider concurrency;
    private readonly LibraryOptions library;

    internal RequestSender(JobStore jobs, RemoteServices services, ConcurrencyByProvider concurrency, LibraryOptions library) =>
        (this.jobs, this.services, this.concurrency, this.library) = (jobs, services, concurrency, library);

    /// <summary>Prepares a job's request. From now on, until it is given up or sent, its answer counts as on its way.</summary>
    /// <exception cref="ProviderException">An upload failed for good, or the key is not accepted.</exception>
    /// <exception cref="I2VException">The request can't be prepared.</exception>
    public async Task<IReadyRequest> PrepareAsync(long id, CancellationToken cancellationToken)
    {
        var job = jobs.Get(id);
        var provider = concurrency.Find(job.Provider)?.Provider
            ?? throw new I2VException(ErrorCode.ProviderFailed,
                $"{job.Name} was made for {job.Provider}, which this process does not have.");
        var key = job.AttemptKey ?? throw new I2VException(ErrorCode.ProviderFailed, $"{job.Name} has no attempt to send.");
        var folder = services.Work.Create();
        var held = services.Library.Hold();
        try
        {
            var order = await services.ReadOrderAsync(job, held, folder.Work(), cancellationToken);
            var prepared = await provider.PrepareAsync(order, cancellationToken);
            return new Held(new ReadyRequest(provider, prepared), new AnswerUnderWay(library, key), folder, held, services.Notes, key);
        }
        catch
        {
            await held.DisposeAsync();
            folder.Dispose();
            throw;
        }
    }

    private sealed class Held(
        ReadyRequest ready,
        AnswerUnderWay underWay,
        WorkFolder folder,
        HeldMedia inputs,
        SendNotes notes,
        string key) : IReadyRequest
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
                notes.Note(key, SendNote.Of(e));
                throw;
            }
        }

        public async ValueTask DisposeAsync()
        {
            underWay.Dispose();
            await inputs.DisposeAsync();
            folder.Dispose();
        }
    }
}
