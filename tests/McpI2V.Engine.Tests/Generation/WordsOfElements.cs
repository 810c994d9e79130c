using McpI2V.Engine.Generation;

namespace McpI2V.Engine.Tests.Generation;

public sealed class WordsOfElements : IDisposable
{
    private readonly TestStudio studio = new();

    public void Dispose() => studio.Dispose();

    [Theory]
    [InlineData("Glow on a table.", "Glow on a table. Glow: amber glass, black cap.")]
    [InlineData("Glow (amber glass, black cap) on a table", "Glow (amber glass, black cap) on a table")]
    public void What_an_element_looks_like_goes_with_a_prompt_once(string prompt, string sent)
    {
        var request = new StillRequest { Prompt = prompt, Width = 64, Height = 64, Subjects = ["Glow: amber glass, black cap"] };

        Assert.Equal(sent, request.Need(studio.Library).Prompt);
        Assert.Equal(sent, GenerationRequest.FromJson(request.ToJson()).Need(studio.Library).Prompt);
    }

    [Fact]
    public void A_request_without_elements_is_the_call_it_always_was() => Assert.DoesNotContain(
        "subjects",
        new StillRequest { Prompt = "a cup", Width = 64, Height = 64 }.ToKey(),
        StringComparison.Ordinal);
}
