using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace McpI2V.ConformanceHost;

/// <summary>Tools that change the lists of tools and prompts, so that those who listen are told.</summary>
internal static class ChangingLists
{
    public static IEnumerable<FixtureTool> Tools(
        McpServerPrimitiveCollection<McpServerTool> tools,
        McpServerPrimitiveCollection<McpServerPrompt> prompts)
    {
        var passing = FixtureTool.Of("passing_tool", _ => FixtureTool.Text("here for now"));
        var prompt = FixturePrompts.Of("passing_prompt", "Here for now.");
        yield return FixtureTool.Of("test_trigger_tool_change", _ => Changed(tools.TryAdd(passing) || tools.Remove(passing)));
        yield return FixtureTool.Of("test_trigger_prompt_change", _ => Changed(prompts.TryAdd(prompt) || prompts.Remove(prompt)));
    }

    private static CallToolResult Changed(bool isChanged) => FixtureTool.Text(isChanged ? "changed" : "as it was");
}
