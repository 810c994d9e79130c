using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using McpI2V.Engine;
using McpI2V.Engine.Providers;
using McpI2V.Media;
using McpI2V.Providers.Http;

namespace McpI2V.Providers.ComfyUI;

/// <summary>
/// Which classes of nodes a server has, asked one by one: all together they are more than an answer may be. An unknown class is answered
/// with an empty object (server.py, 0.38.1).
/// </summary>
/// <param name="http">The way to the server.</param>
/// <param name="errors">What its answers mean.</param>
/// <param name="allowPartners">True if nodes that spend Comfy credits may run.</param>
internal sealed class ComfyUINodes(ProviderHttp http, ComfyUIErrors errors, bool allowPartners)
{
    // What is there stays until the server is started anew; what is missing may come.
    private readonly ConcurrentDictionary<string, bool> spends = new(StringComparer.Ordinal);

    /// <summary>Passes if the server has every node of a workflow, and none that spends unless that is allowed.</summary>
    /// <exception cref="ProviderException">It has not; the message names the nodes.</exception>
    public async Task RequireAsync(Workflow workflow, CancellationToken jobCancelled)
    {
        List<string> missing = [];
        List<string> partners = [];
        foreach (var type in workflow.Classes)
        {
            if (await SpendsAsync(type, jobCancelled) is not { } isPartner)
            {
                missing.Add(type);
            }
            else if (isPartner && !allowPartners)
            {
                partners.Add(type);
            }
        }
        if (missing.Count > 0)
        {
            throw ComfyUIErrors.Missing(workflow, missing);
        }
        if (partners.Count > 0)
        {
            throw new ProviderException(
                ErrorCode.InputForbidden,
                $"the workflow {ForeignText.Line(workflow.Name, 80)} runs {ForeignText.Line(string.Join(", ", partners), 200)}, which " +
                    "spends Comfy credits outside of every budget here. Set I2V__Providers__ComfyUI__AllowPartnerNodes=true and " +
                    "I2V__Providers__ComfyUI__ApiKey to a key of platform.comfy.org if that is meant",
                Acceptance.No) { MayFallBack = false };
        }
    }

    // Null: the server does not have it.
    private async Task<bool?> SpendsAsync(string type, CancellationToken jobCancelled)
    {
        if (spends.TryGetValue(type, out var known))
        {
            return known;
        }
        JsonNode? told;
        try
        {
            told = (await http.AskAsync(
                () => new HttpRequestMessage(HttpMethod.Get, http.At("object_info/" + Uri.EscapeDataString(type))),
                errors.OfQuestion,
                jobCancelled)).Json?[type];
        }
        catch (ProviderException e) when (e.IsGone)
        {
            told = null;
        }
        if (told is null)
        {
            return null;
        }
        return spends[type] = told["api_node"]?.ToString() == "true";
    }
}
