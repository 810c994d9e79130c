using System.Text.Json.Nodes;
using McpI2V.Engine.Providers;
using McpI2V.Providers.Contract;
using McpI2V.Providers.Http;

namespace McpI2V.Providers.Xai;

/// <summary>
/// Clips. Each request gives its clip the attempt's key as a name among the account's files: a request that was lost is found by it once
/// its clip is made.
/// </summary>
internal sealed class XaiClips(ProviderHttp http, XaiErrors errors, XaiFiles files, XaiSettings settings)
{
    private const string Stored = "v1/files";

    // Stills travel inside the request.
    private static readonly TimeSpan SubmitTimeout = TimeSpan.FromMinutes(5);

    /// <summary>The request. What costs or changes the clip is always said: xAI would make 8 s at 480p with sound.</summary>
    public async Task<ContentRequest> PrepareAsync(GenerationOrder order, CancellationToken jobCancelled)
    {
        var inline = new InlineFiles(order.Key);
        var clip = order.Clip is null ? null : await files.NameOfAsync(order.Clip, jobCancelled);
        var body = JsonWire.Body(
            order,
            input => input == order.Clip ? new JsonObject { ["file_id"] = clip } : new JsonObject { ["url"] = inline.DataUri(input) });
        if (settings.KeepHours > 0)
        {
            body["storage_options"] = new JsonObject
            {
                ["filename"] = XaiFiles.NameOf(order),
                ["expires_after"] = (int)TimeSpan.FromHours(settings.KeepHours).TotalSeconds,
            };
        }
        return new ContentRequest(order, http.At("v1/" + JsonWire.PathOf(order)), () => inline.Content(body));
    }

    /// <summary>Sends it once.</summary>
    public Task<Submission> SubmitAsync(ContentRequest request, CancellationToken finishing)
    {
        return http.SubmitOnceAsync(
            () => http.Request(HttpMethod.Post, request.Address, request.Content()),
            errors.JudgeOrder,
            SubmitTimeout,
            Named,
            finishing);

        static RemoteTask? Named(JsonObject given) => given["request_id"]?.ToString() is { Length: > 0 } id ? new RemoteTask(id) : null;
    }

    /// <summary>The clip of a request whose answer was lost; null: it is not made, or not yet.</summary>
    public async Task<RemoteTask?> FindAsync(GenerationOrder order, CancellationToken jobCancelled) =>
        settings.KeepHours > 0 && await files.FindAsync(order, jobCancelled) is { } id ? new RemoteTask(id, Stored) : null;

    /// <summary>How a request stands.</summary>
    public async Task<RemoteStatus> GetStatusAsync(RemoteTask task, GenerationOrder order, CancellationToken jobCancelled)
    {
        if (task.Path == Stored)
        {
            return await files.HasAsync(task.Id, jobCancelled) ? Done(order, task.Id) : RemoteStatus.Gone;
        }
        var answer = await http.GetStatusAsync(
            () => http.Request(HttpMethod.Get, http.At($"v1/videos/{Uri.EscapeDataString(task.Id)}")),
            a => XaiVideo.IsAtWork(a) ? null : errors.Judge(a),
            jobCancelled);
        var now = answer is null ? null : XaiVideo.Read(answer);
        return now switch
        {
            // What it does not know any more may lie among the files.
            null or { Status: "expired" } => await FindAsync(order, jobCancelled) is { } kept ? Done(order, kept.Id) : RemoteStatus.Gone,
            { Status: "failed" } => errors.OfFailure(now),
            { Status: "done" } or { Status: null, Video.Url: not null } => now.Video?.RespectModeration == false
                ? errors.OfModeration(now, order)
                : Done(order, now),
            // A word that may come one day is no end.
            _ => RemoteStatus.Working(now.Progress is >= 0 and <= 100 ? now.Progress / 100 : null),
        };
    }

    /// <summary>Downloads a clip: from its address, or where that has ended from the account's files.</summary>
    public async Task FetchAsync(Uri address, string path, CancellationToken jobCancelled)
    {
        var kept = address.Fragment.TrimStart('#');
        try
        {
            await http.DownloadAsync(address, path, withKey: IsStored(address), jobCancelled);
        }
        catch (ProviderException e) when (e.IsGone && kept.Length > 0)
        {
            await http.DownloadAsync(files.ContentOf(Uri.UnescapeDataString(kept)), path, withKey: true, jobCancelled);
        }
    }

    // What is found among the files tells no cost: the price list counts.
    private RemoteStatus Done(GenerationOrder order, string file) => new()
    {
        State = RemoteState.Done,
        Outputs = OrderOutputs.At(order, [files.ContentOf(file)]),
    };

    // The part of the address that never leaves this machine says which file it is, for when the address has ended.
    private RemoteStatus Done(GenerationOrder order, XaiVideo made)
    {
        var kept = made.Video?.FileOutput?.FileId;
        var address = Uri.TryCreate(made.Video?.Url, UriKind.Absolute, out var given)
            ? string.IsNullOrEmpty(kept) ? given : new UriBuilder(given) { Fragment = Uri.EscapeDataString(kept) }.Uri
            : string.IsNullOrEmpty(kept) ? null : files.ContentOf(kept);
        return new RemoteStatus
        {
            State = RemoteState.Done,
            Outputs = OrderOutputs.At(order, address is null ? [] : [address]),
            CostUsd = made.CostUsd,
        };
    }

    private bool IsStored(Uri address) => address.AbsoluteUri.StartsWith(http.At(Stored + "/").AbsoluteUri, StringComparison.Ordinal);
}
