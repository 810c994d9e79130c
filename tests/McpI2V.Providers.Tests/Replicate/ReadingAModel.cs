using System.Text.Json.Nodes;
using McpI2V.Media.Formats;
using McpI2V.Providers.Replicate;

namespace McpI2V.Providers.Tests.Replicate;

/// <summary>Models as Replicate tells them.</summary>
public sealed class ReadingAModel
{
    private const string Version = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

    [Theory]
    [InlineData("acme/dream", "acme/dream")]
    [InlineData(" acme/dream-2.5_x ", "acme/dream-2.5_x")]
    [InlineData("acme/dream:" + Version, "acme/dream:" + Version)]
    [InlineData("acme", null)]
    [InlineData("acme/dream/more", null)]
    [InlineData("acme/..", null)]
    [InlineData("acme/dream?x=1", null)]
    [InlineData("acme/dream:latest", null)]
    public void An_id_is_an_owner_and_a_name_and_a_version_if_wanted(string text, string? id) =>
        Assert.Equal(id, ReplicateModelId.Parse(text)?.ToString());

    [Theory]
    [InlineData("""{"openapi_schema":null}""")]
    [InlineData("""{"latest_version":{"openapi_schema":{"components":{"schemas":{"Input":{"properties":[]}}}}}}""")]
    [InlineData("""{"latest_version":{"openapi_schema":[]}}""")]
    [InlineData("""{"latest_version":{"openapi_schema":{"components":"none"}},"default_example":"none"}""")]
    [InlineData("""{"latest_version":7}""")]
    [InlineData("{}")]
    public void What_is_no_schema_is_none(string model) =>
        Assert.Null(ReplicateModels.Read(ReplicateModelId.Parse("acme/dream")!, JsonNode.Parse(model)!.AsObject()));

    [Theory]
    [InlineData("https://replicate.delivery/x.mp4", "paints pictures", MediaKind.Clip)]
    [InlineData("https://replicate.delivery/x.webp", "makes videos", MediaKind.Still)]
    [InlineData("words", "paints pictures", MediaKind.Still)]
    [InlineData("words", "speaks", null)]
    public void What_a_model_makes_is_told_by_its_example_else_by_its_description(string example, string description, MediaKind? makes)
    {
        var model = JsonNode.Parse(
            """
            {"latest_version":{"openapi_schema":{"components":{"schemas":{"Input":{"properties":{"prompt":{"type":"string"}}}}}}}}
            """)!.AsObject();
        (model["description"], model["default_example"]) = (description, new JsonObject { ["output"] = example });

        Assert.Equal(makes, ReplicateModels.Read(ReplicateModelId.Parse("acme/dream")!, model)!.Schema.Makes);
    }
}
