using System.Text.Json.Nodes;
using McpI2V.Engine;
using McpI2V.Engine.Providers;
using McpI2V.Media;
using McpI2V.Providers.Contract;
using McpI2V.Providers.Http;

namespace McpI2V.Providers.ComfyUI;

/// <summary>
/// The user's own ComfyUI: a workflow is a model. We choose the id of what is sent, so that a lost answer is found by it; nothing is
/// charged, so that what the server has forgotten is sent again.
/// </summary>
internal sealed class ComfyUIProvider(
    ProviderOptions options,
    ProviderHttp http,
    ComfyUIErrors errors,
    WorkflowFolder workflows,
    ComfyUINodes nodes,
    ComfyUIJobs jobs,
    ComfyUISocket socket,
    UploadMemory uploads) : ConfiguredProvider(options, Usual), IProvider, IDisposable
{
    /// <summary>Where a server listens unless it is told otherwise.</summary>
    public static readonly Uri Home = new("http://127.0.0.1:8188");

    /// <summary>How a server may be used: it does one at a time, the rest waits in its own queue. Files stay until somebody deletes
    /// them.</summary>
    public static readonly ProviderLimits Usual = new()
    {
        MaxConcurrent = 2,
        PollEvery = TimeSpan.FromSeconds(1),
        PollAtMost = TimeSpan.FromSeconds(10),
        CanCancel = true,
        CanFind = true,
        IsFree = true,
        KeepsFor = TimeSpan.FromMinutes(10),
        GiveUpAfter = TimeSpan.FromHours(6),
    };

    private static readonly TimeSpan SubmitTimeout = TimeSpan.FromMinutes(1);
    private string answered = "it answers";

    /// <inheritdoc/>
    public override string? UnavailableReason => Options.BaseUrl is null
        ? $"no server is set; set I2V__Providers__ComfyUI__BaseUrl to yours ({Home.AbsoluteUri.TrimEnd('/')}, if it runs on this machine)"
        : null;

    /// <inheritdoc/>
    public string Answered => answered;

    /// <inheritdoc/>
    public IReadOnlyList<string> Review(GenerationOrder order) => WorkflowOrder.Review(workflows.Find(order.VendorModel), order);

    /// <inheritdoc/>
    public async Task<PreparedRequest> PrepareAsync(GenerationOrder order, CancellationToken jobCancelled)
    {
        var workflow = workflows.Find(order.VendorModel);
        workflows.Keep(workflow);
        await nodes.RequireAsync(workflow, jobCancelled);
        var named = await OrderInputs.NamedAsync(
            order,
            input => uploads.OnceAsync(input.Fingerprint, () => UploadAsync(input), jobCancelled));
        var graph = WorkflowOrder.Fill(workflow, order, named);
        socket.Follow(WorkflowOrder.IdOf(order.Key), () => graph);
        return new ComfyUIRequest(order, workflow, graph);
    }

    /// <inheritdoc/>
    public async Task<Submission> SubmitAsync(PreparedRequest request, CancellationToken finishing)
    {
        var mine = request as ComfyUIRequest ?? throw new ArgumentException("not ComfyUI's", nameof(request));
        var id = WorkflowOrder.IdOf(mine.Order.Key);
        var body = new JsonObject
        {
            ["prompt"] = mine.Graph.DeepClone(),
            ["prompt_id"] = id,
            ["client_id"] = socket.Client,
            ["extra_data"] = Options.ApiKey is { } key && Options.Own<ComfyUISettings>().AllowPartnerNodes
                ? new JsonObject { ["api_key_comfy_org"] = key.Reveal() }
                : new JsonObject(),
        };
        try
        {
            return await http.SubmitOnceAsync(
                () => new HttpRequestMessage(HttpMethod.Post, http.At("prompt")) { Content = JsonRequest.Content(body) },
                answer => errors.OfSubmit(answer, mine.Workflow),
                SubmitTimeout,
                Named,
                finishing);
        }
        catch (ProviderException e) when (e.Acceptance == Acceptance.No)
        {
            // Somebody may have emptied the server's folder of inputs.
            foreach (var input in OrderInputs.FromOrder(mine.Order))
            {
                uploads.Forget(input.Fingerprint);
            }
            throw;
        }

        // A server of before takes an id of its own instead.
        static RemoteTask? Named(JsonObject given) =>
            given["prompt_id"]?.ToString() is { Length: > 0 } named ? new RemoteTask(named) : null;
    }

    /// <inheritdoc/>
    public async Task<RemoteStatus> GetStatusAsync(RemoteTask task, GenerationOrder order, CancellationToken jobCancelled)
    {
        socket.Follow(task.Id, () => workflows.GraphOf(order.VendorModel));
        var status = await jobs.LookAsync(task.Id, order, jobCancelled);
        switch (status.State)
        {
            case RemoteState.Waiting:
                return status with { Progress = 0 };
            case RemoteState.Working:
                return status with { Progress = socket.Of(task.Id) };
            case RemoteState.Gone:
                return status;
            default:
                socket.Forget(task.Id);
                return status;
        }
    }

    /// <inheritdoc/>
    public Task CancelAsync(RemoteTask task, CancellationToken jobCancelled) => jobs.CancelAsync(task.Id, jobCancelled);

    /// <inheritdoc/>
    public Task FetchAsync(RemoteOutput output, string path, CancellationToken jobCancelled) =>
        http.DownloadAsync(output.Address!, path, withKey: false, jobCancelled);

    /// <summary>By the id that we gave it: the server takes the same id twice, so it is looked for before it is sent again.</summary>
    public async Task<RemoteTask?> FindAsync(LostRequest lost, CancellationToken jobCancelled)
    {
        var id = WorkflowOrder.IdOf(lost.Order.Key);
        return (await jobs.LookAsync(id, lost.Order, jobCancelled)).State == RemoteState.Gone ? null : new RemoteTask(id);
    }

    /// <inheritdoc/>
    public async Task<string?> CheckKeyAsync(CancellationToken cancellationToken)
    {
        if (await SystemAsync(cancellationToken) is not { } system)
        {
            return $"what answers at {Options.BaseUrl?.Authority} is no ComfyUI; set I2V__Providers__ComfyUI__BaseUrl to your server's " +
                "address";
        }
        var version = ForeignText.Line(system["comfyui_version"]?.ToString(), 40);
        answered = $"ComfyUI {(version.Length > 0 ? version : "of an unknown version")} answers; free";
        return workflows.Faults() is { Count: > 0 } faults ? $"reached, {answered}. {string.Join(' ', faults)}" : null;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        socket.Dispose();
        http.Dispose();
    }

    private async Task<JsonObject?> SystemAsync(CancellationToken cancellationToken)
    {
        try
        {
            return (await http.AskAsync(
                () => new HttpRequestMessage(HttpMethod.Get, http.At("system_stats")),
                errors.OfQuestion,
                cancellationToken)).Json?["system"] as JsonObject;
        }
        catch (ProviderException e) when (e.IsGone)
        {
            return null;
        }
    }

    // Under a name that is made of the bytes, so that the same still is there once; the server may name it otherwise.
    private async Task<string> UploadAsync(OrderInput input)
    {
        var name = $"i2v-{WorkflowOrder.IdOf(input.Fingerprint)}{input.Format.Extension}";
        var answer = await http.UploadAsync(
            () => new HttpRequestMessage(HttpMethod.Post, http.At("upload/image"))
            {
                Content = new MultipartFormDataContent
                {
                    { OrderInputs.ContentOf(input), "image", name },
                    { new StringContent("input"), "type" },
                    { new StringContent("true"), "overwrite" },
                },
            },
            errors.OfUpload,
            CancellationToken.None);
        var given = answer.Json?["name"]?.ToString() is { Length: > 0 } text ? text : name;
        return answer.Json?["subfolder"]?.ToString() is { Length: > 0 } folder ? $"{folder}/{given}" : given;
    }
}
