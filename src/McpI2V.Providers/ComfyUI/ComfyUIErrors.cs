using System.Net;
using System.Text.Json.Nodes;
using McpI2V.Engine;
using McpI2V.Engine.Providers;
using McpI2V.Media;
using McpI2V.Providers.Http;

namespace McpI2V.Providers.ComfyUI;

/// <summary>What ComfyUI's statuses, refusals and failures mean (server.py, execution.py, about 0.38.1).</summary>
internal sealed class ComfyUIErrors(ProviderHttp http, TimeProvider time)
{
    private const string Name = "comfyui";
    private const string DiskFull =
        "the disk of the machine that ComfyUI runs on is full: free space there (its folders output, input and temp) and ask again";

    /// <summary>An answer to a request of ours; null if it is good. Some good ones have no body.</summary>
    public ProviderException? Judge(ProviderAnswer answer)
    {
        if (answer.IsSuccess)
        {
            return answer.Body.Length > 0 && answer.Json is null ? HttpFaults.NotJson(Name, answer) : null;
        }
        if (answer.Status == HttpStatusCode.MethodNotAllowed)
        {
            // So a server of before answers a POST to an address that it does not have.
            return new ProviderException(ErrorCode.ProviderFailed, "this ComfyUI does not have what was asked for (405)", Acceptance.No)
            {
                IsGone = true,
            };
        }
        var error = answer.Json?["error"];
        var words = http.Safe((error as JsonObject)?["message"]?.ToString() ?? error?.ToString());
        return IsDiskFull(words) || IsDiskFull(answer.Text)
            ? new ProviderException(ErrorCode.ProviderFailed, DiskFull, Acceptance.No)
            : HttpFaults.Of(Name, "I2V__Providers__ComfyUI__ApiKey", answer, words, time.GetUtcNow());
    }

    /// <summary>The same where the answer is what was asked for.</summary>
    public ProviderException? OfQuestion(ProviderAnswer answer) =>
        Judge(answer) ?? (answer.Json is null ? HttpFaults.NotJson(Name, answer) : null);

    /// <summary>An answer to the upload of a still, which a full disk ends with a plain 500.</summary>
    public ProviderException? OfUpload(ProviderAnswer answer) => answer.Status == HttpStatusCode.InternalServerError
        ? new ProviderException(
            ErrorCode.ProviderFailed,
            "comfyui could not keep the still (500): the disk of its machine may be full; its own log says why",
            Acceptance.No) { IsPassing = true }
        : Judge(answer);

    /// <summary>An answer to a workflow that was sent: a refusal names the node at fault.</summary>
    public ProviderException? OfSubmit(ProviderAnswer answer, Workflow workflow)
    {
        if (answer.Status != HttpStatusCode.BadRequest || answer.Json?["error"] is not JsonObject error)
        {
            return Judge(answer);
        }
        if (error["type"]?.ToString() == "missing_node_type")
        {
            return Missing(workflow, [error["extra_info"]?["class_type"]?.ToString() ?? "(unnamed)"]);
        }
        foreach (var (id, node) in answer.Json["node_errors"] as JsonObject ?? [])
        {
            foreach (var fault in (node?["errors"] as JsonArray ?? []).OfType<JsonObject>())
            {
                return OfNode(workflow, id, node!["class_type"]?.ToString(), fault);
            }
        }
        return new ProviderException(
            ErrorCode.ProviderRefused,
            $"comfyui refused the workflow {Shown(workflow)}: \"{Said(error)}\". Open it in ComfyUI, run it there, and export it again",
            Acceptance.No);
    }

    /// <summary>Why a workflow failed while it ran.</summary>
    /// <param name="error">exception_type, exception_message, node_id, node_type; null: the server does not say.</param>
    /// <param name="workflow">The workflow's name.</param>
    public ProviderException OfRun(JsonNode? error, string workflow)
    {
        var (type, words) = ($"{error?["exception_type"]}", http.Safe(error?["exception_message"]?.ToString()));
        var (node, name) = (ForeignText.Line($"{error?["node_type"]}", 60), ForeignText.Line(workflow, 80));
        if (type.Contains("OutOfMemory", StringComparison.OrdinalIgnoreCase))
        {
            return Failed($"the graphics card of the user's ComfyUI ran out of memory in {node} of {name}: ask for a smaller resolution " +
                "or a shorter clip, or close what else uses the card");
        }
        return IsDiskFull(words)
            ? Failed(DiskFull)
            : Failed($"comfyui could not run {name}{(node.Length > 0 ? $" ({node})" : "")}: \"{words}\"");
    }

    /// <summary>A workflow ran to its end and left nothing of the wanted kind.</summary>
    public static ProviderException Nothing(string workflow, IEnumerable<string> files)
    {
        var left = ForeignText.Line(string.Join(", ", files), 200);
        var saved = left.Length > 0 ? $"no fitting file (only {left})" : "no file";
        return Failed($"the workflow {ForeignText.Line(workflow, 80)} ran and saved {saved}; " +
            "end it with SaveVideo for a clip, with SaveImage for a still");
    }

    /// <summary>A server lacks nodes of a workflow.</summary>
    public static ProviderException Missing(Workflow workflow, IReadOnlyList<string> types) => new(
        ErrorCode.UnsupportedByModel,
        $"this ComfyUI does not have {(types.Count == 1 ? "the node" : "the nodes")} {ForeignText.Line(string.Join(", ", types), 300)} " +
            $"of the workflow {Shown(workflow)}. Install the custom nodes there (ComfyUI Manager, Install Missing Custom Nodes), or " +
            "update ComfyUI, and start it again",
        Acceptance.No);

    private static ProviderException OfNode(Workflow workflow, string id, string? type, JsonObject fault)
    {
        var input = ForeignText.Line(fault["extra_info"]?["input_name"]?.ToString(), 60);
        var given = ForeignText.Quote(fault["extra_info"]?["received_value"]?.ToString(), 120);
        var where = $"{(input.Length > 0 ? $"{input} of " : "")}node {ForeignText.Line(id, 40)}, {ForeignText.Line(type, 60)}";
        return fault["type"]?.ToString() switch
        {
            "value_not_in_list" => new(
                ErrorCode.UnsupportedByModel,
                $"this ComfyUI does not have {given} ({where} of the workflow {Shown(workflow)}). Put that file into its models folder, " +
                    $"or name one that is there in {workflow.Where}{Choices(fault["extra_info"]?["input_config"])}",
                Acceptance.No),
            "required_input_missing" => new(
                ErrorCode.ProviderRefused,
                $"the workflow {Shown(workflow)} lacks an input ({where}): open it in ComfyUI, run it there, and export it again",
                Acceptance.No),
            _ => new(
                ErrorCode.ProviderRefused,
                $"comfyui refused the workflow {Shown(workflow)} ({where}): \"{Said(fault)}\"",
                Acceptance.No),
        };
    }

    // [choices, more], or ["COMBO", {"options": choices}].
    private static string Choices(JsonNode? config)
    {
        var list = (config as JsonArray)?[0] as JsonArray ?? (config as JsonArray)?.ElementAtOrDefault(1)?["options"] as JsonArray;
        return list is { Count: > 0 } ? ": " + ForeignText.Line(string.Join(", ", list.Select(c => c?.ToString())), 200) : "";
    }

    private static string Said(JsonObject error) =>
        ForeignText.Line($"{error["message"]}{(error["details"]?.ToString() is { Length: > 0 } more ? $": {more}" : "")}", 300);

    private static string Shown(Workflow workflow) => ForeignText.Line(workflow.Name, 80);

    private static bool IsDiskFull(string words) =>
        words.Contains("No space left on device", StringComparison.OrdinalIgnoreCase)
        || words.Contains("[Errno 28]", StringComparison.Ordinal);

    private static ProviderException Failed(string what) => new(ErrorCode.ProviderFailed, what, Acceptance.Yes);
}
