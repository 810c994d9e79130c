using McpI2V.Access;

namespace McpI2V.Tests;

/// <summary>What leaves the server and comes back from outside.</summary>
public sealed class SigningStates
{
    private static readonly DateTimeOffset Until = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);
    private readonly Lazy<byte[]> key = new(new byte[32]);

    [Theory]
    [InlineData("media/clip-1")]
    [InlineData("a|b|c")]
    [InlineData("")]
    [InlineData("grüße\n|1|")]
    public void Comes_back_as_it_was(string value)
    {
        var signer = new StateSigner(key, "link");

        Assert.Equal(new SignedState(value, Until), signer.Read(signer.Sign(value, Until)));
    }

    [Fact]
    public void Signed_for_one_purpose_it_is_nothing_for_another()
    {
        var text = new StateSigner(key, "link").Sign("a", Until);

        Assert.Null(new StateSigner(key, "approval").Read(text));
        Assert.Null(new StateSigner(new([.. Enumerable.Repeat((byte)1, 32)]), "link").Read(text));
        Assert.Null(StateSigner.OfThisProcess("link").Read(StateSigner.OfThisProcess("link").Sign("a", Until)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("|")]
    [InlineData("||")]
    [InlineData("a|1|")]
    [InlineData("|1|0000")]
    public void What_was_never_given_out_is_nothing(string text) => Assert.Null(new StateSigner(key, "link").Read(text));

    [Fact]
    public void Whatever_is_altered_makes_it_nothing()
    {
        var signer = new StateSigner(key, "link");
        var text = signer.Sign("media/clip-1", Until);

        for (var i = 0; i < text.Length; i++)
        {
            Assert.Null(signer.Read(text[..i] + (char)(text[i] + 1) + text[(i + 1)..]));
            Assert.Null(signer.Read(text[..i] + text[(i + 1)..]));
            Assert.Null(signer.Read(text[..i]));
        }
        Assert.Null(signer.Read(text + "0"));
    }
}
