using McpI2V.Engine.Providers;
using McpI2V.Media;
using Microsoft.Extensions.Logging;

namespace McpI2V.Engine.Jobs.Remote;

/// <summary>Brings finished results home. A network's hiccup never wastes a paid result: it is fetched again until the vendor itself has lost it.</summary>
internal sealed partial class RemoteFetch(ResultIntake intake, TimeProvider time, ILogger<RemoteFetch> log)
{
    private const int MostBadDeliveries = 4;
    private const int AskForNewAddressEvery = 3;

    // A delivery network may say for a while that it does not have what it will have.
    private const int MostTimesGone = 12;
    private const int AtOnce = 2;
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(60);

    /// <summary>Every result as a file in the work folder, examined.</summary>
    /// <param name="flight">The job.</param>
    /// <param name="job">The job as it stands.</param>
    /// <param name="order">What was ordered.</param>
    /// <param name="done">The vendor's last word, with where the results are.</param>
    /// <param name="costUsd">What all of it cost.</param>
    /// <param name="work">Where the files go.</param>
    /// <exception cref="ProviderException">The vendor has no results any more, or delivers what can't be used.</exception>
    public async Task<IReadOnlyList<ProducedFile>> BringAsync(RemoteFlight flight, Job job, GenerationOrder order, RemoteStatus done, decimal costUsd, MediaWork work)
    {
        using var step = JobTelemetry.Step("fetch", job);
        List<ProducedFile> files = [];
        for (var i = 0; i < done.Outputs.Count; i++)
        {
            // The whole cost is split so that its parts add up to the cent.
            var share = i == 0 ? costUsd - (decimal.Round(costUsd / done.Outputs.Count, 6) * (done.Outputs.Count - 1)) : decimal.Round(costUsd / done.Outputs.Count, 6);
            files.Add(await BringOneAsync(flight, job, order, done, i, share, work));
        }
        return files;
    }

    private async Task<ProducedFile> BringOneAsync(RemoteFlight flight, Job job, GenerationOrder order, RemoteStatus done, int index, decimal costUsd, MediaWork work)
    {
        var provider = flight.Slots.Provider;
        var path = work.At($"result-{index}");
        var (bad, gone) = (0, 0);
        for (var attempt = 1; ; attempt++)
        {
            ProviderException fault;
            try
            {
                await provider.FetchAsync(done.Outputs[index], path, flight.Stop);
                return await intake.ExamineAsync(job, order, done, done.Outputs[index], path, costUsd, work, flight.Stop);
            }
            catch (ProviderException e)
            {
                fault = e;
            }
            catch (MediaException e) when (e.Fault == MediaFault.Unreadable)
            {
                File.Delete(path);
                fault = new ProviderException(ErrorCode.ProviderFailed, $"{provider.Name} delivered a result that can't be used: {e.Message}", Acceptance.Yes, e);
                if (++bad >= MostBadDeliveries)
                {
                    throw fault;
                }
            }
            LogAgain(log, job.Name, attempt, fault.Message);
            gone = fault.IsGone ? gone + 1 : 0;
            if (fault.IsGone || attempt % AskForNewAddressEvery == 0)
            {
                var before = done.Outputs[index].Address;
                done = await AskAgainAsync(provider, job, order, done, gone >= MostTimesGone ? fault : null, flight.Stop);
                if (index >= done.Outputs.Count)
                {
                    throw new ProviderException(ErrorCode.ProviderFailed, $"{provider.Name} made it and names its result no more ({job.Remote!.Id})", Acceptance.Yes);
                }
                if (gone is > 0 and <= AtOnce && done.Outputs[index].Address != before)
                {
                    // The old address had ended; the new one may end soon.
                    continue;
                }
            }
            await Task.Delay(Pause(attempt, fault, provider.Limits), time, flight.Stop);
        }
    }

    // Addresses expire; the vendor gives new ones for as long as it keeps the result.
    private static async Task<RemoteStatus> AskAgainAsync(IProvider provider, Job job, GenerationOrder order, RemoteStatus done, ProviderException? lost, CancellationToken stop)
    {
        RemoteStatus now;
        try
        {
            now = await provider.LookAsync(job.Remote!, order, stop);
        }
        catch (ProviderException)
        {
            // Nobody answered, or the key has ended: the result is there as it was.
            return done;
        }
        return now.State switch
        {
            RemoteState.Done when lost is null => now,
            RemoteState.Done or RemoteState.Gone when lost is not null => throw new ProviderException(ErrorCode.ProviderFailed, $"{provider.Name} made it and does not keep it any more ({job.Remote!.Id}): {lost.Message}", Acceptance.Yes),
            _ => done,
        };
    }

    private static TimeSpan Pause(int attempt, ProviderException fault, ProviderLimits limits)
    {
        var step = limits.PollEvery < TimeSpan.FromSeconds(1) ? limits.PollEvery : TimeSpan.FromSeconds(1);
        var pause = fault.RetryAfter ?? step * Math.Pow(2, Math.Min(attempt - 1, 6));
        return pause < LongestPause ? pause : LongestPause;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Job}: try {Attempt} to fetch the result failed: {Reason}")]
    private static partial void LogAgain(ILogger logger, string job, int attempt, string reason);
}
