using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace McpI2V.ConformanceHost;

/// <summary>The suite's prompts.</summary>
internal static class FixturePrompts
{
    public static IEnumerable<McpServerPrompt> All()
    {
        yield return Of("test_simple_prompt", "This is a simple prompt for testing.");
        yield return McpServerPrompt.Create(
            (string arg1, string arg2) => Result(Text($"Prompt with arguments: arg1='{arg1}', arg2='{arg2}'")),
            new McpServerPromptCreateOptions { Name = "test_prompt_with_arguments", Description = "A prompt with two arguments." });
        yield return McpServerPrompt.Create(
            (string resourceUri) => Result(
                ContentTools.Embedded(resourceUri, "text/plain", "Embedded resource content for testing."),
                Text("Please process the embedded resource above.")),
            new McpServerPromptCreateOptions
            {
                Name = "test_prompt_with_embedded_resource",
                Description = "A prompt with a resource in it.",
            });
        yield return McpServerPrompt.Create(
            () => Result(ImageContentBlock.FromBytes(ContentTools.Pixel, "image/png"), Text("Please analyze the image above.")),
            new McpServerPromptCreateOptions { Name = "test_prompt_with_image", Description = "A prompt with a picture in it." });
        yield return McpServerPrompt.Create(
            Asking,
            new McpServerPromptCreateOptions
            {
                Name = "test_input_required_result_prompt",
                Description = "A prompt that must know something first.",
            });
    }

    public static McpServerPrompt Of(string name, string words) =>
        McpServerPrompt.Create(() => Result(Text(words)), new McpServerPromptCreateOptions { Name = name, Description = words });

    public static CompleteResult Complete(CompleteRequestParams request)
    {
        string[] words = [.. new[] { "paris", "park", "party" }.Where(w => w.StartsWith(request.Argument.Value, StringComparison.Ordinal))];
        return new CompleteResult { Completion = new Completion { Values = words, Total = words.Length, HasMore = false } };
    }

    private static GetPromptResult Asking(RequestContext<GetPromptRequestParams> request) =>
        request.Params!.InputResponses is { } answers && answers.TryGetValue("user_context", out var answer)
            ? Result(Text($"The context: {InputRequiredTools.Member(answer, "context")}"))
            : throw InputRequiredTools.Ask(
                (
                    "user_context",
                    InputRequiredTools.Elicit(
                        """{"message": "What context should the prompt use?", "requestedSchema": {"type": "object", "properties": {"context": {"type": "string"}}, "required": ["context"]}}""")));

    private static TextContentBlock Text(string words) => new() { Text = words };

    private static GetPromptResult Result(params ContentBlock[] content) => new()
    {
        Messages = [.. content.Select(c => new PromptMessage { Role = Role.User, Content = c })],
    };
}
