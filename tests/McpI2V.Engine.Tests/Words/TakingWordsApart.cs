using McpI2V.Engine.Words;

namespace McpI2V.Engine.Tests.Words;

public sealed class TakingWordsApart
{
    [Theory]
    [InlineData("push in, steam rises. Then it rains", "push in|steam rises|it rains")]
    [InlineData("make it 9:16: warm", "make it 9:16|warm")]
    [InlineData("a title saying: buy, now!", "a title saying: buy, now!")]
    public void Signs_are_borders_but_not_in_a_ratio_or_in_what_is_spoken(string text, string clauses)
    {
        Assert.Equal(clauses.Split('|'), Clauses.Of(text));
    }

    [Fact]
    public void An_address_is_quoted_by_its_host_alone()
    {
        Assert.Equal(
            "\"rain, (address at evil.example) falls\"",
            Clauses.Quote(Clauses.Of("rain, https://evil.example/a.png?q=1 falls")));
    }
}
