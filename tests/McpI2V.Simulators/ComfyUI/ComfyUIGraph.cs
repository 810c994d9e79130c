using System.Text.Json.Nodes;
using McpI2V.Simulators.Simulation;

namespace McpI2V.Simulators.ComfyUI;

/// <summary>What a ComfyUI checks of the nodes that it is sent (execution.py, about 0.38.1), and what they would make.</summary>
public sealed class ComfyUIGraph(JsonObject nodes, Uploads uploads)
{
    private static readonly string[] Unets =
    [
        "qwen_image_edit_2509_fp8_e4m3fn.safetensors",
        "wan2.2_i2v_high_noise_14B_fp8_scaled.safetensors",
        "wan2.2_i2v_low_noise_14B_fp8_scaled.safetensors",
    ];

    private static readonly string[] Clips = ["qwen_2.5_vl_7b_fp8_scaled.safetensors", "umt5_xxl_fp8_e4m3fn_scaled.safetensors"];
    private static readonly string[] Vaes = ["qwen_image_vae.safetensors", "wan_2.1_vae.safetensors"];
    private static readonly string[] Samplers = ["euler", "dpmpp_2m", "uni_pc"];

    // Each class with the inputs that it needs.
    private static readonly Dictionary<string, string[]> Classes = new(StringComparer.Ordinal)
    {
        ["UNETLoader"] = ["unet_name", "weight_dtype"],
        ["CLIPLoader"] = ["clip_name", "type"],
        ["VAELoader"] = ["vae_name"],
        ["ModelSamplingSD3"] = ["model", "shift"],
        ["ModelSamplingAuraFlow"] = ["model", "shift"],
        ["CFGNorm"] = ["model", "strength"],
        ["LoadImage"] = ["image"],
        ["CLIPTextEncode"] = ["text", "clip"],
        ["TextEncodeQwenImageEditPlus"] = ["clip", "prompt"],
        ["WanImageToVideo"] = ["positive", "negative", "vae", "width", "height", "length", "batch_size"],
        ["EmptySD3LatentImage"] = ["width", "height", "batch_size"],
        ["KSampler"] = ["model", "seed", "steps", "cfg", "sampler_name", "scheduler", "positive", "negative", "latent_image", "denoise"],
        ["KSamplerAdvanced"] = ["model", "add_noise", "noise_seed", "steps", "cfg", "sampler_name", "positive", "negative", "latent_image"],
        ["VAEDecode"] = ["samples", "vae"],
        ["CreateVideo"] = ["images", "fps"],
        ["SaveVideo"] = ["video", "filename_prefix", "format", "codec"],
        ["SaveImage"] = ["images", "filename_prefix"],
        ["PreviewImage"] = ["images"],
        ["KlingImage2VideoNode"] = ["start_frame", "prompt"],
    };

    private static readonly Dictionary<string, string[]> Lists = new(StringComparer.Ordinal)
    {
        ["unet_name"] = Unets,
        ["clip_name"] = Clips,
        ["vae_name"] = Vaes,
        ["sampler_name"] = Samplers,
    };

    /// <summary>What <c>/object_info/{class}</c> says; an empty object for a class that is not there.</summary>
    public static JsonObject ObjectInfo(string type)
    {
        if (!Classes.TryGetValue(type, out var needed))
        {
            return [];
        }
        JsonObject required = [];
        foreach (var input in needed)
        {
            required[input] = Config(input);
        }
        return new JsonObject
        {
            [type] = new JsonObject
            {
                ["input"] = new JsonObject { ["required"] = required },
                ["output"] = new JsonArray(),
                ["name"] = type,
                ["output_node"] = IsOutput(type),
                ["api_node"] = IsPartner(type),
            },
        };
    }

    /// <summary>The refusal; null: it is taken.</summary>
    public JsonObject? Fault()
    {
        foreach (var (id, node) in nodes)
        {
            if (node is not JsonObject || node["class_type"]?.ToString() is not { } type)
            {
                return Error(
                    "missing_node_type",
                    $"Node 'ID #{id}' has no class_type. The workflow may be corrupted.",
                    "",
                    new() { ["node_id"] = id, ["class_type"] = null });
            }
            if (!Classes.ContainsKey(type))
            {
                return Error(
                    "missing_node_type",
                    $"Node '{type}' not found. The custom node may not be installed.",
                    $"Node ID '#{id}'",
                    new() { ["node_id"] = id, ["class_type"] = type });
            }
        }
        if (!nodes.Any(n => IsOutput(TypeOf(n.Value))))
        {
            return Error("prompt_no_outputs", "Prompt has no outputs", "", []);
        }
        foreach (var (id, node) in nodes)
        {
            if (OfNode(node!) is { } wrong)
            {
                var refused = Error("prompt_outputs_failed_validation", "Prompt outputs failed validation", "", []);
                refused["node_errors"] = new JsonObject
                {
                    [id] = new JsonObject
                    {
                        ["errors"] = new JsonArray((JsonNode)wrong),
                        ["dependent_outputs"] = new JsonArray((JsonNode)Saving().Id),
                        ["class_type"] = TypeOf(node),
                    },
                };
                return refused;
            }
        }
        return null;
    }

    /// <summary>What is to be rendered.</summary>
    public RenderSpec Spec()
    {
        var makesClip = nodes.Any(n => TypeOf(n.Value) == "SaveVideo");
        var sized = nodes.Select(n => n.Value!["inputs"]!).First(i => i["width"] is not null);
        var (width, height) = ((int)sized["width"]!, (int)sized["height"]!);
        var picture = Of("LoadImage")?["image"]?.ToString();
        var fps = (double?)Of("CreateVideo")?["fps"] ?? 16;
        var seconds = ((double?)sized["length"] ?? 81) / fps;
        return new RenderSpec(makesClip ? "clip" : "still", uploads.Behind(picture), $"ComfyUI {Words()}", width, height, seconds);
    }

    /// <summary>The node that saves, and the beginning of its files' names.</summary>
    public (string Id, string Prefix) Saving()
    {
        var (id, node) = nodes.First(n => IsOutput(TypeOf(n.Value)));
        return (id, node!["inputs"]!["filename_prefix"]?.ToString() ?? "ComfyUI");
    }

    // The sampler's positive words, wherever on the way to it they stand.
    private string Words()
    {
        JsonNode? inputs = Of("KSampler") ?? Of("KSamplerAdvanced");
        while (inputs is not null)
        {
            if ((inputs["text"] ?? inputs["prompt"]) is JsonValue words)
            {
                return words.ToString();
            }
            inputs = (inputs["positive"] as JsonArray)?[0] is { } before ? nodes[before.ToString()]?["inputs"] : null;
        }
        return "";
    }

    private JsonNode? Of(string type) => nodes.Select(n => n.Value).FirstOrDefault(n => TypeOf(n) == type)?["inputs"];

    private JsonObject? OfNode(JsonNode node)
    {
        var inputs = node["inputs"]!.AsObject();
        foreach (var needed in Classes[TypeOf(node)])
        {
            if (inputs[needed] is not { } given)
            {
                return Wrong("required_input_missing", "Required input is missing", needed, needed, null);
            }
            if (given is JsonArray link && nodes[link[0]!.ToString()] is null)
            {
                return Wrong("bad_linked_input", "Bad linked input", needed, needed, null);
            }
            if (given is JsonValue && Lists.TryGetValue(needed, out var list) && !list.Contains(given.ToString()))
            {
                var listed = string.Join(", ", list.Select(l => $"'{l}'"));
                return Wrong("value_not_in_list", "Value not in list", $"{needed}: '{given}' not in [{listed}]", needed, given.ToString());
            }
        }
        return TypeOf(node) == "LoadImage" && uploads.Find(inputs["image"]!.ToString()) is null
            ? Wrong(
                "custom_validation_failed",
                "Custom validation failed for node",
                $"image - Invalid image file: {inputs["image"]}",
                "image",
                null)
            : null;
    }

    private static JsonObject Wrong(string type, string message, string details, string input, string? given) => new()
    {
        ["type"] = type,
        ["message"] = message,
        ["details"] = details,
        ["extra_info"] = new JsonObject { ["input_name"] = input, ["input_config"] = Config(input), ["received_value"] = given },
    };

    private static JsonArray Config(string input) => Lists.TryGetValue(input, out var list)
        ? [new JsonArray([.. list.Select(l => (JsonNode)l)]), new JsonObject()]
        : ["*", new JsonObject()];

    private static JsonObject Error(string type, string message, string details, JsonObject extra) => new()
    {
        ["error"] = new JsonObject { ["type"] = type, ["message"] = message, ["details"] = details, ["extra_info"] = extra },
        ["node_errors"] = new JsonObject(),
    };

    private static string TypeOf(JsonNode? node) => node?["class_type"]?.ToString() ?? "";

    private static bool IsOutput(string type) => type is "SaveVideo" or "SaveImage" or "PreviewImage";

    private static bool IsPartner(string type) => type == "KlingImage2VideoNode";
}
