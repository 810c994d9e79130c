using System.Text.Json.Serialization;
using McpI2V.Engine.Catalogue;
using McpI2V.Engine.Storage.LocalFiles;

namespace McpI2V.Engine.Tests.Catalogue;

/// <summary>Rows that a person writes: what nobody would read is told, with the word that was meant.</summary>
public sealed class WritingARow : IDisposable
{
    private readonly string home = Directory.CreateTempSubdirectory("i2v-rows-").FullName;

    [Theory]
    [InlineData("\"wire\":{\"imgae\":\"image_url\"}", "wire.imgae", "Did you mean image?")]
    [InlineData("\"wire\":{\"for\":{\"image_to_video\":{\"duraton\":null}}}", "wire.for.image_to_video.duraton", "Did you mean duration?")]
    [InlineData("\"resolution\":[\"720p\"]", "resolution", "Did you mean resolutions?")]
    [InlineData("\"inputs\":{\"still_byte\":1}", "inputs.still_byte", "Did you mean still_bytes?")]
    [InlineData("\"durations_seconds\":{\"min\":1,\"max\":2,\"olny\":[1]}", "durations_seconds.olny", "Did you mean only?")]
    [InlineData("\"wire\":{\"answer_as\":\"list\"}", "wire.answer_as", "Known there: path, fixed, prompt")]
    public void A_word_that_nobody_reads_is_refused_with_file_row_word_and_the_nearest(string members, string word, string advice)
    {
        var told = Refusal(Row(members));

        Assert.Contains(Path.Combine(home, "models.json"), told, StringComparison.Ordinal);
        Assert.Contains("the row maker:mine", told, StringComparison.Ordinal);
        Assert.Contains(word, told, StringComparison.Ordinal);
        Assert.Contains(advice, told, StringComparison.Ordinal);
        Assert.Contains("docs/models.md", told, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"wire\":{\"prompt\":\"a..b\"}", "keyframes[0].url")]
    [InlineData("\"wire\":{\"prompt\":\"a[x]\"}", "keyframes[0].url")]
    [InlineData("\"wire\":{\"prompt\":\"a[100]\"}", "keyframes[0].url")]
    [InlineData("\"wire\":{\"duration_as\":\"minutes\"}", "number, text, text_s, milliseconds, frames")]
    [InlineData("\"wire\":{\"for\":{\"video_edti\":{}}}", "video_edit")]
    [InlineData("\"wire\":{\"fixed\":[]}", "fixed")]
    [InlineData("\"max_count\":\"two\"", "max_count")]
    [InlineData("\"max_count\":1,\"max_count\":2", "max_count")]
    public void A_value_that_can_t_be_used_is_refused_where_it_stands(string members, string told) =>
        Assert.Contains(told, Refusal(Row(members)), StringComparison.Ordinal);

    [Fact]
    public void Every_slip_is_told_at_once()
    {
        var told = Refusal($"{Row("\"summry\":\"a\"")},{Row("\"wire\":{\"sed\":\"seed\"}")}");

        Assert.Contains("summry", told, StringComparison.Ordinal);
        Assert.Contains("wire.sed", told, StringComparison.Ordinal);
    }

    [Fact]
    public void A_providers_own_words_are_known_in_its_rows_alone()
    {
        Write(Row("\"wire\":{\"answer_as\":\"list\",\"for\":{\"video_edit\":{\"answer_as\":\"one\"}}}"));

        var wire = Catalogue(new Maker("maker")).All.Single().Wire!;

        Assert.Equal("list", wire.OwnWords(MakerJson.Default.MakerWords).AnswerAs);
        Assert.Equal("one", wire.For(Capability.VideoEdit).OwnWords(MakerJson.Default.MakerWords).AnswerAs);
        Assert.Throws<I2VException>(() => Catalogue(new Maker("another")).All);
    }

    [Fact]
    public void A_providers_own_word_of_another_type_is_refused()
    {
        Write(Row("\"wire\":{\"answer_as\":[1]}"));

        Assert.Contains(
            "answer_as",
            Assert.Throws<I2VException>(() => Catalogue(new Maker("maker")).All).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_row_may_be_explained_by_comments()
    {
        Write("// mine\n" + Row("/* as its page says */ \"wire\":{\"prompt\":\"text\",\"for\":{/* none */}}"));

        Assert.Equal("text", Catalogue().All.Single().Wire!.Prompt!.ToString());
    }

    public void Dispose() => Directory.Delete(home, recursive: true);

    private static string Row(string members) =>
        $$"""{"id":"maker:mine","alias":"mine","provider":"maker","kinds":["image_to_video"],"price":{"unit":"free"},{{members}}}""";

    private void Write(string rows) => File.WriteAllText(Path.Combine(home, "models.json"), $$"""{"models":[{{rows}}]}""");

    private string Refusal(string rows)
    {
        Write(rows);
        return Assert.Throws<I2VException>(() => Catalogue().All).Message;
    }

    private ModelCatalogue Catalogue(params IModelSource[] sources)
    {
        LibraryOptions options = new() { Home = home };
        return new(options, new HomeDocuments(options), sources, _ => null, TimeProvider.System);
    }

    private sealed class Maker(string name) : IModelSource
    {
        public string Provider => name;

        public System.Text.Json.Serialization.Metadata.JsonTypeInfo OwnWords => MakerJson.Default.MakerWords;

        public IEnumerable<ModelEntry> Rows() => [];
    }
}

internal sealed record MakerWords(string? AnswerAs = null)
{
    public MakerWords()
        : this(AnswerAs: null)
    {
    }
}

[JsonSerializable(typeof(MakerWords))]
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
internal sealed partial class MakerJson : JsonSerializerContext;
