using System.Text.Json;
using System.Text.Json.Nodes;
using McpI2V.Engine;
using McpI2V.Engine.Editing;

namespace McpI2V.Tools.Arguments;

/// <summary>What is changed of the steps that a clip has.</summary>
internal static class RecipeArguments
{
    // A recipe has no more steps than that; whether a step is there is known only of the clip.
    private const int Most = Recipes.MostSteps;

    private static readonly Argument<long?> Step = Argument.Whole("step", "", 1, Most);

    private static readonly Argument<long?> To = Argument.Whole("to", "", 1, Most);

    private static readonly Argument<(int Step, JsonElement Operation)?> Replace = new(
        "replace",
        () => Schemas.Typed("object", "{step,operation}; members not named stay."),
        arguments => Members(arguments, "replace", "operation") is { } members
            ? (Number(members, Step, "replace"), members.Raw("operation") ?? throw Missing("replace", "operation"))
            : null);

    private static readonly Argument<IReadOnlyList<int>> Remove = new(
        "remove",
        () => new JsonObject { ["type"] = "array", ["items"] = Schemas.Typed("integer"), ["description"] = "Steps." },
        arguments => [.. arguments.Numbers("remove", 1, Most, Most).Select(Whole)]);

    private static readonly Argument<(int Step, int To)?> Move = new(
        "move",
        () => Schemas.Typed("object", "{step,to}"),
        arguments => Members(arguments, "move", "to") is { } members
            ? (Number(members, Step, "move"), Number(members, To, "move"))
            : null);

    /// <summary>All of them.</summary>
    public static IReadOnlyList<IArgument> All => [Replace, Remove, Move];

    /// <summary>The change that a call asks for.</summary>
    /// <param name="arguments">The call's arguments.</param>
    /// <param name="added">The steps that it adds.</param>
    /// <exception cref="I2VException">One is of another form.</exception>
    public static RecipeChange Read(ArgumentReader arguments, IReadOnlyList<JsonElement> added) => new()
    {
        Replace = Replace.Read(arguments),
        Remove = Remove.Read(arguments),
        Move = Move.Read(arguments),
        Add = added,
    };

    private static ArgumentReader? Members(ArgumentReader arguments, string name, string second)
    {
        if (!arguments.Has(name))
        {
            return null;
        }
        var given = arguments.Object(name);
        var unknown = given.Select(m => m.Key).FirstOrDefault(m => m != "step" && m != second);
        return unknown is null
            ? new ArgumentReader(given.ToDictionary(m => m.Key, m => JsonElement.Parse(m.Value?.ToJsonString() ?? "null")))
            : throw I2VException.Invalid(name,
                $"{name} has {Media.ForeignText.Quote(unknown, 40)}; it is an object of step and {second}. Nothing was spent.");
    }

    private static int Number(ArgumentReader members, Argument<long?> member, string name)
    {
        try
        {
            return (int)(member.Read(members) ?? throw Missing(name, member.Name));
        }
        catch (I2VException e) when (e.Argument == member.Name)
        {
            throw I2VException.Invalid($"{name}.{member.Name}", $"{name}.{e.Message}");
        }
    }

    private static int Whole(double number) => number == Math.Floor(number)
        ? (int)number
        : throw I2VException.Invalid("remove", $"remove has {number:0.###}; numbers of steps are whole. Nothing was spent.");

    private static I2VException Missing(string name, string member) => I2VException.Invalid(
        $"{name}.{member}",
        $"{name}.{member} is missing; {(member == "step" ? "it is the number of a step, as answers tell the recipe"
            : member == "to" ? "it is the number that the step has afterwards"
            : "it is an operation such as {\"op\":\"text\",\"text\":\"...\"}")}. Nothing was spent.");
}
