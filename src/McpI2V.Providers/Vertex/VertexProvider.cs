using System.Text.Json;
using System.Text.Json.Nodes;
using McpI2V.Engine;
using McpI2V.Engine.Catalogue;
using McpI2V.Engine.Providers;
using McpI2V.Providers.Contract;
using McpI2V.Providers.Http;

namespace McpI2V.Providers.Vertex;

/// <summary>
/// Veo on Google's Agent Platform (Vertex AI): every order is an operation, which can't be canceled. With a bucket of the user's own a job
/// is known by the folder that its clip is delivered into; without one the clip is in the operation, and a lost answer stays lost.
/// </summary>
internal sealed class VertexProvider(
    ProviderOptions options,
    ProviderHttp http,
    VertexErrors errors,
    VertexStorage storage,
    VertexTokens tokens,
    ApiKeyCheck key) : ConfiguredProvider(options, Usual with { CanFind = storage.IsSet }), IProvider, IDisposable
{
    /// <summary>How the platform may be used: ten requests a minute and model, as older pages say; looks every 10 to 15 s.</summary>
    public static readonly ProviderLimits Usual = new()
    {
        MaxConcurrent = 5,
        PollEvery = TimeSpan.FromSeconds(10),
        PollAtMost = TimeSpan.FromSeconds(15),
    };

    // A request may carry its pictures.
    private static readonly TimeSpan SubmitTimeout = TimeSpan.FromMinutes(3);
    private const string ModelToAskFor = "veo-3.1-generate-001";
    private const string Fetch = "fetchPredictOperation";

    /// <inheritdoc/>
    public string Answered => "the account may use the Agent Platform (no balance is told); " + (storage.IsSet
        ? "results are delivered into the bucket, so that a lost request is found again"
        : "I2V__Providers__Vertex__Bucket, a bucket of your own, lets a lost request be found again");

    /// <inheritdoc/>
    public IReadOnlyList<string> Review(GenerationOrder order) => JsonWire.Unheeded(order);

    /// <inheritdoc/>
    public async Task<PreparedRequest> PrepareAsync(GenerationOrder order, CancellationToken jobCancelled)
    {
        await key.RequireAsync(CheckKeyAsync, jobCancelled);
        var files = new InlineFiles(order.Key);
        var body = VertexBody.Of(order, await NamedAsync(order, files, jobCancelled), storage.FolderOf(order));
        var model = AddressOf(JsonWire.PathOf(order));
        return new ContentRequest(order, VertexAddresses.At(http, model, "predictLongRunning"), () => files.Content(body));
    }

    /// <inheritdoc/>
    public async Task<Submission> SubmitAsync(PreparedRequest request, CancellationToken finishing)
    {
        var mine = request as ContentRequest ?? throw new ArgumentException("not Vertex's", nameof(request));
        try
        {
            return await http.SubmitOnceAsync(
                () => http.Request(HttpMethod.Post, mine.Address, mine.Content()),
                errors.JudgeOrder,
                SubmitTimeout,
                Named,
                finishing);
        }
        catch (ProviderException e) when (e is { Acceptance: Acceptance.No, IsPassing: false })
        {
            // What was put into the bucket may have been cleared away.
            storage.Forget(mine.Order);
            throw;
        }

        RemoteTask? Named(JsonObject given) => VertexAddresses.Operation(given["name"]?.ToString()) is { } operation
            ? storage.FolderOf(mine.Order) is { } folder ? new RemoteTask(folder, operation) : new RemoteTask(operation)
            : null;
    }

    /// <inheritdoc/>
    public async Task<RemoteStatus> GetStatusAsync(RemoteTask task, GenerationOrder order, CancellationToken jobCancelled)
    {
        if (VertexAddresses.Operation(task.Path ?? task.Id) is not { } operation)
        {
            return await InFolderAsync(task, order, jobCancelled);
        }
        var file = order.AnswerFile + ".look";
        if (await http.GetStatusAsync(() => Look(operation), errors.JudgeLook, jobCancelled, file) is not { } answer)
        {
            return await InFolderAsync(task, order, jobCancelled);
        }
        return Told(await LenientJson.ReadAsync(file, jobCancelled) ?? throw VertexErrors.NotJson(answer), order, file);
    }

    /// <inheritdoc/>
    public Task CancelAsync(RemoteTask task, CancellationToken jobCancelled) => Task.CompletedTask;

    /// <inheritdoc/>
    public async Task FetchAsync(RemoteOutput output, string path, CancellationToken jobCancelled)
    {
        if (output.Address is { } address)
        {
            await storage.DownloadAsync(address, path, jobCancelled);
            return;
        }
        var told = await LenientJson.ReadAsync(output.File, jobCancelled);
        var data = Videos(told?["response"] as JsonObject).ElementAtOrDefault(output.Index)?["bytesBase64Encoded"]?.ToString();
        await AnswerFiles.SaveBase64Async(Name, data, path, jobCancelled);
    }

    /// <inheritdoc/>
    public async Task<RemoteTask?> FindAsync(LostRequest lost, CancellationToken jobCancelled) =>
        // Only this attempt delivers there. A folder that is empty proves nothing: it may be at work, or have been refused.
        storage.FolderOf(lost.Order) is { } folder && (await storage.ClipsInAsync(folder, jobCancelled)).Count > 0
            ? new RemoteTask(folder)
            : null;

    /// <inheritdoc/>
    public Task<string?> CheckKeyAsync(CancellationToken cancellationToken) => ApiKeyCheck.RefusalAsync(async () =>
    {
        var model = AddressOf(ModelToAskFor);
        await AskForNothingAsync($"{model}/operations/00000000-0000-0000-0000-000000000000", cancellationToken);
        await storage.CheckAsync(cancellationToken);
    });

    /// <inheritdoc/>
    public void Dispose()
    {
        http.Dispose();
        storage.Dispose();
        tokens.Dispose();
    }

    // An operation that never was: 404 or 400 for an account that may ask, and nothing is charged.
    private string AddressOf(string model) =>
        VertexAddresses.Model(VertexCredentials.Read(Options).Project, Options.Own<VertexSettings>().Location, model);

    private async Task AskForNothingAsync(string operation, CancellationToken cancellationToken)
    {
        try
        {
            await http.AskAsync(() => Look(operation), errors.Judge, cancellationToken);
        }
        catch (ProviderException e) when (e is { IsPassing: false, Code: not ErrorCode.ProviderAuth })
        {
            // It is answered.
        }
    }

    private HttpRequestMessage Look(string operation) => http.Request(
        HttpMethod.Post,
        VertexAddresses.At(http, VertexAddresses.ModelOf(operation), Fetch),
        JsonRequest.Content(new JsonObject { ["operationName"] = operation }));

    private async Task<Func<OrderInput, JsonObject>> NamedAsync(GenerationOrder order, InlineFiles files, CancellationToken jobCancelled)
    {
        if (!storage.IsSet)
        {
            return input => VertexBody.Inline(input, files);
        }
        var stored = await OrderInputs.NamedAsync(order, input => storage.NameOfAsync(input, jobCancelled));
        return input => VertexBody.Stored(input, stored(input));
    }

    // What is delivered is the user's own, and outlives the operation.
    private async Task<RemoteStatus> InFolderAsync(RemoteTask task, GenerationOrder order, CancellationToken jobCancelled)
    {
        IReadOnlyList<Uri> clips = VertexStorage.IsFolder(task.Id) ? await storage.ClipsInAsync(task.Id, jobCancelled) : [];
        return clips.Count > 0
            ? new RemoteStatus { State = RemoteState.Done, Outputs = OrderOutputs.At(order, clips) }
            : RemoteStatus.Gone;
    }

    // No answer names a cost: the price list counts. What was refused or failed is not charged.
    private RemoteStatus Told(JsonObject now, GenerationOrder order, string file)
    {
        if (now["done"]?.GetValueKind() != JsonValueKind.True)
        {
            return RemoteStatus.Working();
        }
        if (now["error"] is JsonObject error)
        {
            return RemoteStatus.Failed(errors.OfOperation(error), 0);
        }
        var response = now["response"] as JsonObject;
        List<RemoteOutput> outputs =
        [
            .. Videos(response).Select((v, i) => storage.AddressOf(v["gcsUri"]?.ToString()) is { } address
                ? new RemoteOutput(order.Capability.Makes(), address, Index: i)
                : new RemoteOutput(order.Capability.Makes(), null, file, i)),
        ];
        return outputs.Count == 0 && errors.Filtered(response) is { } refusal
            ? RemoteStatus.Failed(refusal, 0)
            : new RemoteStatus { State = RemoteState.Done, Outputs = outputs };
    }

    private static IEnumerable<JsonObject> Videos(JsonObject? response) => (response?["videos"] as JsonArray ?? []).OfType<JsonObject>();
}
