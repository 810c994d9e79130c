using McpI2V.EndToEnd.Conversations.Transcripts;

namespace McpI2V.EndToEnd.Conversations;

/// <summary>The forty asks, and what is odd, stand under docs/conversations; each test holds its own heading there.</summary>
public sealed class ToldConversations
{
    private const int Asks = 40;
    private const int OddOnes = 31;

    [Fact]
    public void Every_ask_is_told()
    {
        var numbers = TranscriptPage.Headings().Select(h => h[3..h.IndexOf(". ", StringComparison.Ordinal)]).ToHashSet();

        Assert.Empty(Enumerable.Range(1, Asks).Select(n => $"{n}").Except(numbers));
        Assert.Empty(Enumerable.Range(1, OddOnes).Select(n => $"B{n}").Except(numbers));
    }
}
