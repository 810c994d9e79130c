using FsCheck;
using FsCheck.Fluent;
using McpI2V.Media.Text;

namespace McpI2V.Media.Tests.Text;

public sealed class WritingText
{
    [Fact]
    public void No_text_opens_a_tag_or_ends_its_line()
    {
        Check.QuickThrowOnFailure(Prop.ForAll<NonNull<string>>(text =>
        {
            var literal = AssDocument.Literal(text.Get);
            Assert.DoesNotContain('\n', literal);
            Assert.DoesNotContain('\r', literal);
            for (var i = 0; i < literal.Length; i++)
            {
                if (literal[i] is '{' or '}')
                {
                    Assert.True(i > 0 && literal[i - 1] == '\\', literal);
                }
            }
        }));
    }

    [Theory]
    [InlineData("a\\Nb", "a\\\u2060Nb")]
    [InlineData("a\nb", "a\\Nb")]
    [InlineData("{\\b1}", "\\{\\\u2060b1\\}")]
    public void Escapes_of_the_user_are_shown_and_ours_are_obeyed(string text, string literal) =>
        Assert.Equal(literal, AssDocument.Literal(text));
}
