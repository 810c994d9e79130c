using System.Globalization;
using McpI2V.Engine;
using McpI2V.Engine.Providers;
using McpI2V.Providers.Contract;
using McpI2V.Providers.Http;

namespace McpI2V.Providers.Firefly;

/// <summary>
/// Adobe's Firefly Services: every order is a job, looked up at the address that Adobe named for it. There is no list and no idempotency
/// key: a lost answer stays lost.
/// </summary>
internal sealed class FireflyProvider(
    ProviderOptions options,
    ProviderHttp http,
    FireflyErrors errors,
    FireflyUploads uploads,
    FireflyTokens tokens,
    ApiKeyCheck key) : ConfiguredProvider(options, Usual), IProvider, IDisposable
{
    /// <summary>The API's host.</summary>
    public static readonly Uri Api = new("https://firefly-api.adobe.io");

    /// <summary>
    /// How Firefly may be used: four requests a minute by organization unless its contract has other numbers, and whether looks count is
    /// not published (developer.adobe.com, usage notes).
    /// </summary>
    public static readonly ProviderLimits Usual = new()
    {
        MaxConcurrent = 4,
        PollEvery = TimeSpan.FromSeconds(5),
        PollAtMost = TimeSpan.FromSeconds(30),
        CanCancel = true,
    };

    private static readonly TimeSpan SubmitTimeout = TimeSpan.FromSeconds(60);

    /// <inheritdoc/>
    public string Answered => "Adobe gives a token for the credentials (no balance is told); Firefly Video 1, trained on licensed " +
        "content, where the contract has it";

    /// <inheritdoc/>
    public IReadOnlyList<string> Review(GenerationOrder order)
    {
        FireflyBody.Require(order);
        return FireflyWire.Of(order).Guessed && Options.Own<FireflySettings>().OperationUsd is null
            ?
            [
                .. JsonWire.Unheeded(order),
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"What {order.Model.Id} costs is a guess, for only your contract with Adobe tells it: " +
                        $"${FireflyModels.GuessedUsd:0.00} an operation. I2V__Providers__Firefly__OperationUsd sets it."),
            ]
            : JsonWire.Unheeded(order);
    }

    /// <inheritdoc/>
    public async Task<PreparedRequest> PrepareAsync(GenerationOrder order, CancellationToken jobCancelled)
    {
        await key.RequireAsync(CheckKeyAsync, jobCancelled);
        var named = await OrderInputs.NamedAsync(order, input => uploads.NameOfAsync(input, jobCancelled));
        return new JsonRequest(order, http.At("v3/videos/generate"), FireflyBody.Of(order, named));
    }

    /// <inheritdoc/>
    public async Task<Submission> SubmitAsync(PreparedRequest request, CancellationToken finishing)
    {
        var mine = request as JsonRequest ?? throw new ArgumentException("not Firefly's", nameof(request));
        try
        {
            return await http.SubmitOnceAsync(Order, errors.JudgeOrder, SubmitTimeout, FireflyAddresses.Named, finishing);
        }
        catch (ProviderException e) when (e is { Acceptance: Acceptance.No, IsPassing: false })
        {
            // An upload may be gone.
            uploads.Forget(mine.Order);
            throw;
        }

        HttpRequestMessage Order()
        {
            var message = http.Request(HttpMethod.Post, mine.Address, JsonRequest.Content(mine.Body));
            message.Headers.Add("x-model-version", JsonWire.PathOf(mine.Order));
            return message;
        }
    }

    /// <inheritdoc/>
    public async Task<RemoteStatus> GetStatusAsync(RemoteTask task, GenerationOrder order, CancellationToken jobCancelled)
    {
        var address = FireflyAddresses.StatusOf(task, http);
        if (await http.GetStatusAsync(() => http.Request(HttpMethod.Get, address), errors.JudgeLook, jobCancelled) is not { } answer)
        {
            return RemoteStatus.Gone;
        }
        if (FireflyErrors.EndOf(answer) is { } end)
        {
            return Ended(end, answer);
        }
        var now = FireflyJob.Read(answer);
        return now.Status?.ToLowerInvariant() switch
        {
            "succeeded" => Done(now, order),
            "pending" => RemoteStatus.Waiting,
            // A word that may come one day is no end.
            _ => RemoteStatus.Working(now.Progress is { } percent ? Math.Clamp(percent / 100, 0, 1) : null),
        };
    }

    /// <inheritdoc/>
    public Task CancelAsync(RemoteTask task, CancellationToken jobCancelled) => http.AskAsync(
        () => http.Request(HttpMethod.Put, FireflyAddresses.CancelOf(task, http)),
        errors.JudgeCancel,
        jobCancelled);

    /// <inheritdoc/>
    public Task FetchAsync(RemoteOutput output, string path, CancellationToken jobCancelled) =>
        http.DownloadAsync(output.Address!, path, withKey: false, jobCancelled);

    /// <inheritdoc/>
    public Task<string?> CheckKeyAsync(CancellationToken cancellationToken) => ApiKeyCheck.RefusalForNothingAsync(async () =>
    {
        // A job that never was: 404 with a good token, and nothing is charged.
        await http.AskAsync(() => http.Request(HttpMethod.Get, http.At("v3/status/none")), errors.Judge, cancellationToken);
    });

    /// <inheritdoc/>
    public void Dispose()
    {
        http.Dispose();
        tokens.Dispose();
    }

    // No answer names a cost: the operations of the row count.
    private static RemoteStatus Done(FireflyJob made, GenerationOrder order)
    {
        var outputs = (made.Result?.Outputs ?? []).OfType<FireflyOutput>().ToList();
        return new RemoteStatus
        {
            State = RemoteState.Done,
            Outputs = OrderOutputs.At(order, outputs.Select(o => o.Video?.Url)),
            Seed = outputs.FirstOrDefault()?.Seed,
        };
    }

    private RemoteStatus Ended(string end, ProviderAnswer answer) => end is "canceled" or "cancelled"
        ? new RemoteStatus { State = RemoteState.Canceled, CostUsd = 0 }
        : RemoteStatus.Failed(errors.OfJob(answer, isLate: end == "timeout"), 0);
}
