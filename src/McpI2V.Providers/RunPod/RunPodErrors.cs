using System.Text.Json.Nodes;
using McpI2V.Engine;
using McpI2V.Engine.Providers;
using McpI2V.Providers.Http;

namespace McpI2V.Providers.RunPod;

/// <summary>What RunPod's statuses and bodies mean (runpod-sdk 1.1.2; docs.runpod.io, endpoints, 2026-11).</summary>
internal sealed class RunPodErrors(ProviderHttp http, string keyVariable, TimeProvider time)
{
    private const string Name = "runpod";

    /// <summary>An answer to a request of ours; null if it is good.</summary>
    public ProviderException? Judge(ProviderAnswer answer)
    {
        if (answer.IsSuccess)
        {
            return answer.Json is null ? HttpFaults.NotJson(Name, answer) : null;
        }
        return HttpFaults.Of(
            Name,
            keyVariable,
            answer,
            http.Safe(answer.Json?["error"]?.ToString() ?? answer.Json?["message"]?.ToString()),
            time.GetUtcNow());
    }

    /// <summary>Why a job failed.</summary>
    public ProviderException OfJob(JsonObject job)
    {
        var words = http.Safe(job["error"]?.ToString() ?? (job["output"] as JsonObject)?["error"]?.ToString());
        var isSafety = new[] { "safety", "nsfw", "content policy", "moderat" }.Any(w => words.Contains(
            w,
            StringComparison.OrdinalIgnoreCase));
        return isSafety
            ? new(
                ErrorCode.ProviderRefused,
                $"runpod's safety check refused it: \"{words}\". Change the prompt or the picture",
                Acceptance.Yes) { MayFallBack = false }
            : new(ErrorCode.ProviderFailed, $"runpod could not make it: \"{words}\"", Acceptance.Yes);
    }
}
