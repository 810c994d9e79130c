using System.Text.Json;
using System.Text.Json.Nodes;
using McpI2V.Media.Clips.Operations;

namespace McpI2V.Media.Tests.Clips;

public sealed class DeclaredMembers
{
    public static TheoryData<string> Operations => [.. OperationCatalogue.Names];

    [Theory]
    [MemberData(nameof(Operations))]
    public void What_the_schema_allows_is_read(string name)
    {
        var schema = SchemaOf(name);
        OperationCatalogue.Check(Smallest(schema));

        foreach (var (step, _) in Steps(schema, SamplesWithin))
        {
            OperationCatalogue.Check(step);
        }
    }

    [Theory]
    [MemberData(nameof(Operations))]
    public void What_the_schema_refuses_is_refused_by_the_name_of_operation_and_member(string name)
    {
        foreach (var (step, member) in Steps(SchemaOf(name), SamplesOutside))
        {
            var e = Assert.Throws<MediaException>(() => OperationCatalogue.Check(step));

            Assert.Equal(MediaFault.OutOfRange, e.Fault);
            Assert.StartsWith(name + ": " + member, e.Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [MemberData(nameof(Operations))]
    public void A_member_that_is_not_declared_is_refused(string name)
    {
        var step = JsonNode.Parse(Smallest(SchemaOf(name)).GetRawText())!.AsObject();
        step["sparkle"] = 1;

        var e = Assert.Throws<MediaException>(() => OperationCatalogue.Check(Element(step)));

        Assert.StartsWith($"{name}: there is no member \"sparkle\"", e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"op":"trimm"}""", "trim")]
    [InlineData("""{"op":"freezeframe","at_seconds":1}""", "freeze_frame")]
    [InlineData("""{"op":"speed","facotr":2}""", "factor")]
    [InlineData("""{"op":"trim","end":2}""", "end_seconds")]
    [InlineData("""{"op":"reframe","ratio":"1:1"}""", "aspect_ratio")]
    [InlineData("""{"op":"reframe","aspect_ratio":"1:1","mode":"croop"}""", "crop")]
    [InlineData("""{"op":"append","clips":["clip-1"],"transition":"cross_fade"}""", "crossfade")]
    [InlineData("""{"op":"captions","cues":[{"start":0,"end_seconds":1,"text":"Hi"}]}""", "start_seconds")]
    public void A_misspelt_word_is_answered_with_the_one_that_was_meant(string step, string meant)
    {
        using var document = JsonDocument.Parse(step);

        var e = Assert.Throws<MediaException>(() => OperationCatalogue.Check(document.RootElement));

        Assert.Contains($"Did you mean {meant}?", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_word_that_resembles_nothing_is_answered_with_all() =>
        Assert.Equal("", NearestWord.Ask("sparkle", OperationCatalogue.Names));

    [Fact]
    public void What_names_an_asset_is_told_before_the_step_is_read()
    {
        using var document = JsonDocument.Parse("""{"op":"append","clips":["https://example.com/a.mp4"]}""");

        Assert.Equal(["clips"], OperationCatalogue.Check(document.RootElement).References);
    }

    private static JsonObject SchemaOf(string name) => OperationCatalogue.All.First(d => d.Name == name).Schema();

    private static IEnumerable<(JsonElement Step, string Member)> Steps(JsonObject schema, Func<JsonObject, IEnumerable<JsonNode>> samples)
    {
        foreach (var (member, value) in schema["properties"]!.AsObject().Where(p => p.Key != "op"))
        {
            foreach (var sample in samples(value!.AsObject()))
            {
                var step = JsonNode.Parse(Smallest(schema).GetRawText())!.AsObject();
                step[member] = sample;
                yield return (Element(step), member);
            }
        }
    }

    private static JsonElement Smallest(JsonObject schema)
    {
        JsonObject step = [];
        foreach (var required in new[] { "op" }.Concat((schema["required"]?.AsArray() ?? []).Select(r => r!.GetValue<string>())))
        {
            step[required] = SamplesWithin(schema["properties"]![required]!.AsObject()).First();
        }
        if (step.ContainsKey("start_seconds"))
        {
            step["end_seconds"] = 600;
        }
        return Element(step);
    }

    private static IEnumerable<JsonNode> SamplesWithin(JsonObject schema)
    {
        JsonNode[] samples = Kind(schema) switch
        {
            "const" => [schema["const"]!],
            "enum" => [.. schema["enum"]!.AsArray().Select(w => w!)],
            "number" or "integer" => [schema["minimum"]!, schema["maximum"]!, .. schema["default"] is { } usual ? new[] { usual } : []],
            "boolean" => [true, false],
            "array" => [new JsonArray(Item(schema["items"]!.AsObject()))],
            _ => [schema.ContainsKey("pattern") ? "#c08040" : "Hello"],
        };
        return samples.Select(s => s.DeepClone());
    }

    private static IEnumerable<JsonNode> SamplesOutside(JsonObject schema) => Kind(schema) switch
    {
        "enum" => ["sparkle", 7],
        "integer" => [schema["minimum"]!.GetValue<double>() - 1, schema["maximum"]!.GetValue<double>() + 1, 1.5, "many"],
        "number" => [schema["minimum"]!.GetValue<double>() - 0.001, schema["maximum"]!.GetValue<double>() + 0.001, "many"],
        "boolean" => ["perhaps"],
        "array" => [new JsonArray(), "one"],
        _ => [7, .. schema["maxLength"] is { } longest ? new JsonNode[] { new string('x', longest.GetValue<int>() + 1) } : []],
    };

    private static JsonNode Item(JsonObject schema) =>
        schema["properties"] is null
            ? SamplesWithin(schema).First()
            : new JsonObject { ["start_seconds"] = 0, ["end_seconds"] = 1, ["text"] = "Hello" };

    private static string Kind(JsonObject schema) =>
        schema.ContainsKey("const") ? "const" : schema.ContainsKey("enum") ? "enum" : schema["type"]!.GetValue<string>();

    private static JsonElement Element(JsonNode node)
    {
        using var document = JsonDocument.Parse(node.ToJsonString());
        return document.RootElement.Clone();
    }
}
