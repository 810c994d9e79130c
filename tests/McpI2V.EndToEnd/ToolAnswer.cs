using System.Text.Json.Nodes;
using McpI2V.Servers;
using ModelContextProtocol.Protocol;

namespace McpI2V.EndToEnd;

/// <summary>What a tool answered, as a program reads it.</summary>
public sealed record ToolAnswer(string Text, JsonNode Structured, bool IsError, int ImageBytes)
{
    public string? Code => Structured["error"]?["code"]?.GetValue<string>();

    public string? State => Structured["job"]?["state"]?.GetValue<string>();

    public string Job => Structured["job"]!["id"]!.GetValue<string>();

    public JsonArray Assets => Structured["assets"]!.AsArray();

    public string Handle => Assets[0]!["handle"]!.GetValue<string>();

    public string Path => FileOf(Assets[0]!);

    /// <summary>The file of an asset of an answer, here or behind the object store.</summary>
    public static string FileOf(JsonNode asset) => FileAt(asset["path"]!.GetValue<string>());

    /// <summary>The file at a path of an answer, here or behind the object store.</summary>
    public static string FileAt(string path)
    {
        var store = $"s3://{S3Server.Bucket}/";
        return path.StartsWith(store, StringComparison.Ordinal) ? S3Server.Shared.FileOf(path[store.Length..]) : path;
    }

    public IReadOnlyList<string> Warnings => [.. Structured["warnings"]!.AsArray().Select(w => w!.GetValue<string>())];

    public static ToolAnswer FromResult(CallToolResult result) => new ToolAnswer(
        string.Join('\n', result.Content.OfType<TextContentBlock>().Select(t => t.Text)),
        result.StructuredContent is { } structured ? JsonNode.Parse(structured.GetRawText())! : new JsonObject(),
        result.IsError == true,
        result.Content.OfType<ImageContentBlock>().Sum(i => i.DecodedData.Length)).WithoutKeys();

    // Whatever a test is about: no answer ever holds a key.
    private ToolAnswer WithoutKeys()
    {
        Assert.DoesNotContain(SimulatedProviders.Key, Text, StringComparison.Ordinal);
        Assert.DoesNotContain(SimulatedProviders.Key, Structured.ToJsonString(), StringComparison.Ordinal);
        return this;
    }

    public ToolAnswer ShouldSucceed()
    {
        Assert.False(IsError, Text);
        return this;
    }

    public ToolAnswer ShouldBe(string code, params string[] words)
    {
        Assert.True(IsError, "an error was expected: " + Text);
        Assert.Equal(code, Code);
        foreach (var word in words)
        {
            Assert.Contains(word, Text, StringComparison.OrdinalIgnoreCase);
        }
        return this;
    }
}
