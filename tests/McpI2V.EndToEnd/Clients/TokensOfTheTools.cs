using System.Text.Json.Nodes;

namespace McpI2V.EndToEnd.Clients;

/// <summary>What a conversation pays for having the tools at hand.</summary>
public sealed class TokensOfTheTools
{
    private const int Whole = 9_000;
    private const int Asked = 6_000;

    [Fact]
    public async Task Listing_the_tools_costs_a_conversation_little()
    {
        using var library = new TestLibrary();

        var (code, output, error) = await Shell.RunAsync(
            NodeTools.Node,
            $"\"{NodeTools.Folder}/tools-list.mjs\" \"{Assistant.ProgramPath}\"",
            new Dictionary<string, string> { ["I2V_HOME"] = library.Home });

        Assert.True(code == 0, output + error);
        var tokens = JsonNode.Parse(output)!;
        Assert.True(tokens["whole"]!.GetValue<int>() < Whole, $"the whole list is to be under {Whole} tokens: {output}");
        Assert.True(tokens["asked"]!.GetValue<int>() < Asked, $"names, descriptions and inputs are to be under {Asked} tokens: {output}");
    }
}
