using System.Globalization;
using System.Text.Json.Nodes;
using McpI2V.Engine;
using McpI2V.Engine.Catalogue;
using McpI2V.Engine.Providers;
using McpI2V.Media.Formats;
using McpI2V.Providers.Contract;
using McpI2V.Providers.Http;

namespace McpI2V.Providers.Gemini;

/// <summary>
/// Clips by Omni through the Interactions API: in the background and stored, delivered by address. The id is all there is: no
/// list, no idempotency key (@google/genai 3.1.0), so it is written down at once.
/// </summary>
internal sealed class GeminiClips(ProviderHttp http, GeminiErrors errors, GeminiFiles files)
{
    private static readonly TimeSpan SubmitTimeout = TimeSpan.FromSeconds(90);

    /// <summary>The request.</summary>
    public async Task<JsonRequest> PrepareAsync(GenerationOrder order, CancellationToken jobCancelled)
    {
        JsonArray content = [];
        foreach (var input in OrderInputs.FromOrder(order))
        {
            var part = new JsonObject
            {
                ["type"] = input.Format.Kind == MediaKind.Clip ? "video" : "image",
                ["mime_type"] = input.Format.MimeType,
            };
            part[GeminiParts.IsInline(input) ? "data" : "uri"] = GeminiParts.IsInline(input)
                ? await GeminiParts.Base64Async(input, jobCancelled)
                : await files.AddressOfAsync(input, jobCancelled);
            JsonNode item = part;
            content.Add(item);
        }
        JsonNode words = new JsonObject { ["type"] = "text", ["text"] = Prompt(order) };
        content.Add(words);
        JsonNode turn = new JsonObject { ["type"] = "user_input", ["content"] = content };
        var body = new JsonObject
        {
            ["model"] = order.VendorModel,
            ["input"] = new JsonArray(turn),
            ["response_format"] = Format(order),
            ["generation_config"] = Generation(order),
            ["background"] = true,
            ["store"] = true,
            ["labels"] = new JsonObject { ["attempt"] = order.Key },
        };
        if (order.Thread is { } thread)
        {
            body["previous_interaction_id"] = thread;
        }
        return new JsonRequest(order, http.At("v1beta/interactions"), body);
    }

    /// <summary>Sends it once.</summary>
    public async Task<Submission> SubmitAsync(JsonRequest request, CancellationToken finishing)
    {
        return await http.SubmitOnceAsync(
            () => Request(HttpMethod.Post, request.Address, request.Body),
            errors.Judge,
            SubmitTimeout,
            Named,
            finishing);

        static RemoteTask? Named(JsonObject given) =>
            given["id"]?.ToString() is { Length: > 0 } id ? new RemoteTask(id, "interactions") : null;
    }

    /// <summary>How an interaction stands.</summary>
    public async Task<RemoteStatus> GetStatusAsync(RemoteTask task, GenerationOrder order, CancellationToken jobCancelled)
    {
        if (await http.GetStatusAsync(() => Request(HttpMethod.Get, At(task), null), errors.Judge, jobCancelled) is not { } answer)
        {
            return RemoteStatus.Gone;
        }
        var now = answer.Json;
        var usage = now?["usage"];
        var video = (usage?["output_tokens_by_modality"] as JsonArray)?.Where(m => m?["modality"]?.ToString() == "video").Sum(
            m => GeminiTokens.Count(m, "tokens"))
            ?? 0;
        var cost = GeminiTokens.Usd(
            order,
            GeminiTokens.Count(usage, "total_input_tokens"),
            video,
            GeminiTokens.Count(usage, "total_output_tokens") - video + GeminiTokens.Count(usage, "total_thought_tokens"));
        return now?["status"]?.ToString() switch
        {
            "completed" => await DoneAsync(now, task, order, cost, jobCancelled),
            "failed" or "incomplete" or "budget_exceeded" or "requires_action" => RemoteStatus.Failed(WhyFailed(now), cost),
            "cancelled" => new RemoteStatus { State = RemoteState.Canceled, CostUsd = cost },
            "queued" => RemoteStatus.Waiting,
            // The type is open-ended: a word that is not known is no end.
            _ => RemoteStatus.Working(),
        };
    }

    /// <summary>Asks for an interaction to be stopped.</summary>
    public Task CancelAsync(RemoteTask task, CancellationToken jobCancelled) =>
        http.AskAsync(() => Request(HttpMethod.Post, new Uri(At(task).AbsoluteUri + "/cancel"), []), errors.Judge, jobCancelled);

    /// <summary>Downloads the clip.</summary>
    public Task FetchAsync(RemoteOutput output, string path, CancellationToken jobCancelled)
    {
        if (output.File is { } file)
        {
            File.Copy(file, path, overwrite: true);
            return Task.CompletedTask;
        }
        var address = http.Own(output.Address!);
        var withMedia = address.Query.Contains("alt=media", StringComparison.Ordinal)
            ? address
            : new Uri(address.AbsoluteUri + (address.Query.Length > 0 ? "&" : "?") + "alt=media");
        return http.DownloadAsync(withMedia, path, withKey: true, jobCancelled);
    }

    private async Task<RemoteStatus> DoneAsync(
        JsonObject now,
        RemoteTask task,
        GenerationOrder order,
        decimal cost,
        CancellationToken jobCancelled)
    {
        var video = now["output_video"] as JsonObject ?? Outputs(now).LastOrDefault();
        RemoteOutput? output = null;
        if (Uri.TryCreate(video?["uri"]?.ToString(), UriKind.Absolute, out var uri))
        {
            output = new RemoteOutput(MediaKind.Clip, uri);
        }
        else if (video?["data"]?.ToString() is { Length: > 0 } data)
        {
            var file = order.AnswerFile + ".mp4";
            await AnswerFiles.SaveBase64Async("gemini", data, file, jobCancelled);
            output = new RemoteOutput(MediaKind.Clip, null, file);
        }
        if (output is null)
        {
            var hint = order.Capability == Capability.VideoEdit && order.Thread is null
                ? " It refuses to edit uploaded clips in the EEA, Switzerland, the UK and some states of the US."
                : "";
            return RemoteStatus.Failed(
                new ProviderException(
                    ErrorCode.ProviderRefused,
                    $"gemini completed it without a video ({WhyFailed(now).Message}).{hint}",
                    Acceptance.Yes) { MayFallBack = hint.Length > 0 },
                cost);
        }
        return new RemoteStatus { State = RemoteState.Done, Outputs = [output], CostUsd = cost > 0 ? cost : null, Thread = task.Id };
    }

    private ProviderException WhyFailed(JsonObject now)
    {
        var error = (now["errors"] as JsonArray)?.FirstOrDefault()
            ?? (now["steps"] as JsonArray)?.Select(s => s?["error"]).FirstOrDefault(e => e is not null);
        return errors.OfInteraction(
            error?["code"]?.ToString(),
            error?["message"]?.ToString() ?? (error is null ? now["status"]?.ToString() + " without a reason" : null));
    }

    // steps[] since May 2026, outputs[] before.
    private static IEnumerable<JsonObject> Outputs(JsonObject now) =>
        (now["steps"] as JsonArray ?? [])
            .Where(s => s?["type"]?.ToString() == "model_output")
            .SelectMany(s => s?["content"] as JsonArray ?? [])
            .Concat(now["outputs"] as JsonArray ?? [])
            .OfType<JsonObject>()
            .Where(p => p["type"]?.ToString() == "video");

    private static JsonObject Format(GenerationOrder order)
    {
        var format = new JsonObject { ["type"] = "video", ["delivery"] = "uri" };
        if (order.Capability == Capability.ImageToVideo && order.Settings.AspectRatio is { } ratio)
        {
            format["aspect_ratio"] = ratio;
        }
        if (order.Settings.Resolution is { } resolution)
        {
            format["resolution"] = JsonWire.FromOrder(order).ResolutionValues?.GetValueOrDefault(resolution) ?? resolution;
        }
        // An edit is as long as its source; of an extension the duration is what is added.
        if (order.Capability != Capability.VideoEdit && order.Settings.DurationSeconds > 0)
        {
            format["duration"] = order.Settings.DurationSeconds.ToString("0.###", CultureInfo.InvariantCulture) + "s";
        }
        return format;
    }

    private static JsonObject Generation(GenerationOrder order)
    {
        JsonObject config = [];
        var task = order.Capability switch
        {
            Capability.VideoEdit => "edit",
            Capability.VideoExtend => "extend",
            _ => order.References.Count == 0 ? "image_to_video" : null,
        };
        if (task is not null)
        {
            config["video_config"] = new JsonObject { ["task"] = task };
        }
        config["thinking_level"] = order.Options["thinking_level"]?.DeepClone() ?? "low";
        if (order.Seed is { } seed)
        {
            config["seed"] = seed & int.MaxValue;
        }
        return config;
    }

    // Which picture is what stands before the words; without "single continuous shot" Omni cuts between shots.
    private static string Prompt(GenerationOrder order)
    {
        if (order.Capability != Capability.ImageToVideo)
        {
            return order.Prompt;
        }
        var sources = "<FIRST_FRAME>@Image1" + (order.EndImage is null ? "" : " <LAST_FRAME>@Image2");
        var before = order.EndImage is null ? 2 : 3;
        var references = order.References.Count == 0
            ? ""
            : $" [# References {string.Join(' ', order.References.Select((_, i) => $"<IMAGE_REF_{i}>@Image{i + before}"))}]";
        var shot = order.Prompt.Contains("cut", StringComparison.OrdinalIgnoreCase)
            || order.Prompt.Contains("shot", StringComparison.OrdinalIgnoreCase)
            ? ""
            : " Single continuous shot.";
        return $"[# Sources {sources}]{references} {order.Prompt}{shot}";
    }

    private Uri At(RemoteTask task) => http.At("v1beta/interactions/" + Uri.EscapeDataString(task.Id));

    private HttpRequestMessage Request(HttpMethod method, Uri address, JsonObject? body) =>
        http.Request(method, address, body is null ? null : JsonRequest.Content(body));
}
