using McpI2V.Access;
using McpI2V.Engine;
using McpI2V.Engine.Storage.LocalFiles;

namespace McpI2V.Tests;

/// <summary>What leaves the server and comes back from outside.</summary>
public sealed class SigningStates
{
    private static readonly DateTimeOffset Until = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);
    private readonly Lazy<byte[][]> key = new([new byte[32]]);

    private static byte[] Newer => [.. Enumerable.Repeat((byte)1, 32)];

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
        Assert.Null(new StateSigner(new([Newer]), "link").Read(text));
    }

    [Fact]
    public void What_an_older_key_signed_is_understood_until_that_key_is_taken_away()
    {
        var text = new StateSigner(key, "link").Sign("a", Until);
        var replaced = new StateSigner(new([Newer, new byte[32]]), "link");

        Assert.Equal(new SignedState("a", Until), replaced.Read(text));
        Assert.NotEqual(text, replaced.Sign("a", Until));
        Assert.Null(new StateSigner(key, "link").Read(replaced.Sign("a", Until)));
    }

    [Fact]
    public void Every_process_of_a_library_signs_with_the_same_keys_and_what_is_no_key_is_replaced()
    {
        var library = new LibraryOptions { Home = Directory.CreateTempSubdirectory("i2v-keys-").FullName };
        var documents = new HomeDocuments(library);

        var made = SigningKeys.Read(documents, SigningKeys.OfAgreements);
        Assert.Equal(made, SigningKeys.Read(new HomeDocuments(library), SigningKeys.OfAgreements));
        Assert.NotEqual(made[0], SigningKeys.Read(documents, SigningKeys.OfLinks)[0]);
        documents.Write(SigningKeys.OfAgreements, [.. Newer, .. made[0]]);
        Assert.Equal([Newer, made[0]], SigningKeys.Read(documents, SigningKeys.OfAgreements));
        documents.Write(SigningKeys.OfAgreements, "no key"u8);
        Assert.Single(SigningKeys.Read(documents, SigningKeys.OfAgreements));
        Directory.Delete(library.Home, recursive: true);
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
