using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using McpI2V.Engine;
using McpI2V.Tools;
using McpI2V.Tools.Arguments;

namespace McpI2V.Tests;

/// <summary>What an argument's schema says is what its reading takes.</summary>
public sealed class DeclaredArguments
{
    private static IEnumerable<(string Tool, IArgument Argument)> All =>
        ToolList.All().SelectMany(t => t.Arguments(), (t, a) => (t.Name, a));

    public static TheoryData<string, string, string, string?> Values
    {
        get
        {
            TheoryData<string, string, string, string?> values = [];
            foreach (var (tool, argument) in All)
            {
                foreach (var (good, bad) in Around(argument.Schema()))
                {
                    values.Add(tool, argument.Name, good, bad);
                }
            }
            return values;
        }
    }

    [Theory]
    [MemberData(nameof(Values))]
    public void A_value_at_the_edge_of_the_schema_is_taken_and_one_beyond_it_is_refused(
        string tool,
        string name,
        string good,
        string? bad)
    {
        var argument = All.Single(a => a.Tool == tool && a.Argument.Name == name).Argument;

        argument.Check(Given(name, good));
        if (bad is not null)
        {
            var refused = Assert.Throws<I2VException>(() => argument.Check(Given(name, bad)));
            Assert.Equal(ErrorCode.InvalidArgument, refused.Code);
            Assert.StartsWith(name, refused.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_length_beyond_every_model_is_refused_with_what_is_usual()
    {
        var argument = All.Single(a => a.Tool == "animate_image" && a.Argument.Name == "duration_seconds").Argument;

        var refused = Assert.Throws<I2VException>(() => argument.Check(Given("duration_seconds", "86400")));

        Assert.Contains("0.1 to 600", refused.Message, StringComparison.Ordinal);
        Assert.Contains("1 to 60 s", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_misspelt_argument_is_refused_with_the_names_there_are()
    {
        var definition = ToolList.All().Single(t => t.Name == "check_job");

        var refused = Assert.Throws<I2VException>(() => Given("wait", "1").RequireKnown(definition.Arguments()));

        Assert.Equal(
            "wait is no argument of this tool. Did you mean wait_seconds? There are id, wait_seconds. Nothing was spent.",
            refused.Message);
    }

    [Fact]
    public void What_a_camera_holds_is_refused_as_a_part_of_it()
    {
        var camera = All.Single(a => a.Tool == "animate_image" && a.Argument.Name == "camera").Argument;

        Assert.StartsWith(
            "zoom is no argument of camera. There are move, strength, easing.",
            Refusal("""{"move":"push_in","zoom":2}""", "camera.zoom"),
            StringComparison.Ordinal);
        Assert.StartsWith(
            "camera.strength is 3;",
            Refusal("""{"move":"push_in","strength":3}""", "camera.strength"),
            StringComparison.Ordinal);
        Assert.StartsWith("camera.move is missing: one of ", Refusal("""{"strength":0.3}""", "camera.move"), StringComparison.Ordinal);

        string Refusal(string json, string argument)
        {
            var refused = Assert.Throws<I2VException>(() => camera.Check(Given("camera", json)));
            Assert.Equal(argument, refused.Argument);
            return refused.Message;
        }
    }

    [Fact]
    public void A_long_value_is_told_by_its_beginning()
    {
        foreach (var (_, argument) in All.Where(a => a.Argument.Schema()["enum"] is not null))
        {
            var refused = Assert.Throws<I2VException>(() => argument.Check(Given(argument.Name, Text(5_000))));

            Assert.InRange(refused.Message.Length, 1, 600);
        }
    }

    [Fact]
    public void What_is_missing_is_told_with_what_it_means()
    {
        foreach (var (_, argument) in All.Where(a => a.Argument.IsRequired))
        {
            var refused = Record.Exception(() => argument.Check(new ArgumentReader(new Dictionary<string, JsonElement>())));

            Assert.True(refused is null || refused.Message.StartsWith(argument.Name + " is missing: ", StringComparison.Ordinal));
        }
    }

    // Values at an edge of a schema, each with one beyond it.
    private static IEnumerable<(string Good, string? Bad)> Around(JsonObject schema)
    {
        if (schema["minimum"] is { } low)
        {
            yield return (low.ToJsonString(), Number(low.GetValue<double>() - 1));
        }
        if (schema["maximum"] is { } high)
        {
            yield return (high.ToJsonString(), Number(high.GetValue<double>() + 1));
        }
        if (schema["maxLength"] is { } longest)
        {
            yield return (Text(longest.GetValue<int>()), Text(longest.GetValue<int>() + 1));
        }
        foreach (var word in schema["enum"]?.AsArray() ?? [])
        {
            yield return (word!.ToJsonString(), "\"nonsense\"");
        }
        if (schema["maxItems"]?.GetValue<int>() is { } most)
        {
            var item = schema["items"]!.AsObject();
            var isNumber = item["type"]!.ToJsonString() == "\"number\"";
            var good = isNumber ? "1" : item["enum"]?[0]!.ToJsonString() ?? "\"push_in\"";
            var bad = isNumber ? Number(item["maximum"]!.GetValue<double>() + 1) : null;
            yield return (List(good, most), List(good, most + 1));
            if (bad is not null)
            {
                yield return (List(good, 1), List(bad, 1));
            }
        }
        if (schema["type"]?.ToJsonString() == "\"boolean\"")
        {
            yield return ("true", "\"perhaps\"");
        }
    }

    private static ArgumentReader Given(string name, string json) =>
        new(new Dictionary<string, JsonElement> { [name] = JsonElement.Parse(json) });

    private static string Number(double number) => number.ToString("R", CultureInfo.InvariantCulture);

    private static string Text(int length) => $"\"{new string('a', length)}\"";

    private static string List(string item, int count) => $"[{string.Join(',', Enumerable.Repeat(item, count))}]";
}
