using System.Text.Json;
using System.Text.Json.Nodes;
using McpI2V.Tools;
using ModelContextProtocol;

namespace McpI2V.Tests;

public sealed class ToolSnapshots
{
    private static readonly JsonSerializerOptions Indented = new()
    {
        WriteIndented = true,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    [Fact]
    public void The_tools_are_as_they_were_promised()
    {
        // To accept a change of the face, run the tests with I2V_ACCEPT=1 and look at the diff.
        var now = new JsonArray([.. ToolList.All().Select(t => Described(t.Describe()))]).ToJsonString(Indented) + "\n";
        var snapshot = Path.Combine(Folder(), "tools.json");
        if (Environment.GetEnvironmentVariable("I2V_ACCEPT") == "1")
        {
            File.WriteAllText(snapshot, now);
        }

        Assert.Equal(File.ReadAllText(snapshot), now);
    }

    [Fact]
    public void There_are_thirteen_tools_with_the_arguments_of_the_design()
    {
        Dictionary<string, string> promised = new()
        {
            ["generate_still"] = "prompt from elements count aspect_ratio size model seed options",
            ["animate_image"] = "image prompt preset camera end_image references elements duration_seconds aspect_ratio resolution audio " +
                "count quality model seed options",
            ["edit_clip"] = "clip instruction operations model seed options",
            ["generate_audio"] = "kind text prompt voice duration_seconds mood tempo model seed options",
            ["batch_variants"] = "name images prompts presets cameras aspect_ratios models texts audio takes combine limit operations",
            ["assemble_clips"] = "clips transition audio operations",
            ["export_clip"] = "clip platforms captions disclosure",
            ["check_job"] = "id wait_seconds",
            ["cancel_job"] = "id",
            ["find_assets"] = "query kind parent batch since until colour starred limit handle at_seconds",
            ["organize_assets"] = "items action value",
            ["save_element"] = "name kind images description",
            ["list_models"] = "kind capability available_only",
        };
        var tools = ToolList.All().ToDictionary(t => t.Name, t => t.Describe());

        Assert.Equal(promised.Keys.Order(), tools.Keys.Order());
        foreach (var (tool, arguments) in promised)
        {
            var known = tools[tool].InputSchema.GetProperty("properties").EnumerateObject().Select(p => p.Name).ToList();
            Assert.Empty(arguments.Split(' ').Except(known));
            if (tools[tool].Annotations!.ReadOnlyHint != true && tool is not ("cancel_job" or "save_element" or "organize_assets"))
            {
                Assert.Empty(new[] { "dry_run", "wait_seconds", "fresh" }.Except(known));
                // What can cost nothing has no limits on cost.
                Assert.Equal(tool is not ("assemble_clips" or "export_clip"), known.Contains("max_cost_usd"));
                Assert.Equal(known.Contains("max_cost_usd"), known.Contains("approve_usd"));
            }
        }
    }

    private static JsonObject Described(ModelContextProtocol.Protocol.Tool tool)
    {
        var json = JsonSerializer.SerializeToNode(tool, McpJsonUtilities.DefaultOptions)!.AsObject();
        return json;
    }

    private static string Folder([System.Runtime.CompilerServices.CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;
}
