using System.Text.Json.Nodes;
using McpI2V.Engine.Catalogue;
using McpI2V.Providers.Pika;
using McpI2V.Providers.Schemas;

namespace McpI2V.Providers.Tests.Pika;

/// <summary>Operations as Pika's catalogue tells them.</summary>
public sealed class ReadingTheCatalogue
{
    private const string Id = "acme/dream/image-to-video";

    [Fact]
    public void A_record_becomes_a_row_with_the_price_of_each_setting()
    {
        var row = LearnedRow.Of("pika", PikaCatalogue.Read(Id, Record())!, new DateTimeOffset(2026, 12, 2, 1, 0, 0, TimeSpan.Zero))!;

        Assert.Equal(("pika:" + Id, "second", 0.2m), (row.Id, row.Price.Unit, row.Price.Usd));
        Assert.Equal(["480p", "720p"], row.Resolutions);
        decimal Of(string resolution, bool sound) => row.Price.For(new ModelSettings
        {
            DurationSeconds = 4,
            Resolution = resolution,
            NativeAudio = sound,
        });
        Assert.Equal((0.04m, 0.4m, 0.8m), (Of("480p", sound: false), Of("720p", sound: false), Of("720p", sound: true)));
        Assert.DoesNotContain("guess", row.Summary, StringComparison.Ordinal);
        Assert.False(row.Wire!.OwnWords(SchemaJson.Default.SchemaWire).Guessed);
    }

    [Theory]
    [InlineData("""{"components":[{"role":"output","unit":{"type":"furlong","quantity":1},"price_tiers":[{"spec":{},"micro_usd":5}]}]}""")]
    [InlineData("""{"components":[{"role":"output","unit":{"type":"second","quantity":1},"price_tiers":[{"spec":{},"micro_usd":5}]},{"role":"input","unit":{"type":"video_input_second","quantity":1},"price_tiers":[{"spec":{},"micro_usd":5}]}]}""")]
    [InlineData("""{"components":[{"role":"output","unit":{"type":"second","quantity":0},"price_tiers":[{"spec":{},"micro_usd":5}]}]}""")]
    [InlineData("""{"components":[{"role":"output","unit":{"type":"second","quantity":1},"price_tiers":[{"spec":{},"micro_usd":-5}]}]}""")]
    [InlineData("""{"components":"many"}""")]
    [InlineData("{}")]
    [InlineData("null")]
    public void A_price_that_is_not_understood_whole_is_a_guess_and_said_so(string pricing)
    {
        var record = Record();
        record["display_pricing"] = JsonNode.Parse(pricing);

        var row = LearnedRow.Of("pika", PikaCatalogue.Read(Id, record)!, DateTimeOffset.UnixEpoch)!;

        Assert.True(row.Wire!.OwnWords(SchemaJson.Default.SchemaWire).Guessed);
        Assert.Contains("a guess", row.Summary, StringComparison.Ordinal);
        Assert.Equal(0.4m, row.Price.Usd);
    }

    [Theory]
    [InlineData("api_id", "\"other/thing\"")]
    [InlineData("call", "null")]
    [InlineData("call", """{"method":"GET","path":"/v1/media/acme/dream/image-to-video"}""")]
    [InlineData("call", """{"method":"POST","path":"/v1/media/../billing/balance"}""")]
    [InlineData("input_schema", "[]")]
    [InlineData("input_schema", """{"type":"object"}""")]
    public void A_record_that_can_t_be_called_as_it_was_read_is_none(string member, string value)
    {
        var record = Record();
        record[member] = JsonNode.Parse(value);

        Assert.Null(PikaCatalogue.Read(Id, record));
    }

    private static JsonObject Record() => JsonNode.Parse(
        """
        {"api_id":"acme/dream/image-to-video","category":"video","call":{"method":"POST","path":"/v1/media/acme/dream/image-to-video"},
        "display_pricing":{"components":[{"role":"output","unit":{"type":"second","quantity":1,"included":0},"price_tiers":[
        {"spec":{"resolution":"480p"},"micro_usd":10000},{"spec":{"resolution":"720p","generate_audio":false},"micro_usd":100000},
        {"spec":{"resolution":"720p","generate_audio":true},"micro_usd":200000}]}]},
        "input_schema":{"type":"object","additionalProperties":false,"required":["image"],"properties":{"prompt":{"type":"string"},
        "image":{"type":"string","media_kinds":["image"]},"duration":{"type":"integer","minimum":2,"maximum":8},
        "resolution":{"type":"string","enum":["480p","720p"]},"generate_audio":{"type":"boolean","default":true}}}}
        """)!.AsObject();
}
