using System.Text.Json.Nodes;
using McpI2V.Media.Camera;
using McpI2V.Media.Clips.Operations;

namespace McpI2V.Tools.Arguments;

/// <summary>Schemas of arguments that several tools share, and their names.</summary>
internal static class ArgumentSchemas
{
    private const string AnyReference = "a handle (still-7), a path, an https URL or a data URI";
    private const string Assets = "An image, audio or clip is " + AnyReference + ".";
    private const int MostSteps = 50;

    public static JsonObject Reference(string what) => Schema.Text($"{what}: {AnyReference}.");

    public static JsonObject References(string what, int most) =>
        Schema.List($"{what}; each is {AnyReference}.", Schema.Text(AnyReference), most);

    public static JsonObject AspectRatio(string description) =>
        Schema.Choice(description, [.. Media.Geometry.AspectRatio.All.Select(r => r.ToString()), "source"]);

    public static JsonObject Camera(string description) => Schema.Object(
        ["move"],
        ("move", Schema.Choice<CameraMove>("The move. Left and up are the camera's: pan_left turns the camera left.")),
        ("strength", Schema.Number("How far, 0 to 1; 0.5 unless given. Subtle (0.2 to 0.4) suits products.", 0, 1)),
        ("easing", Schema.Choice<Easing>("How it starts and stops; ease_in_out unless given."))).Saying(description);

    /// <summary>Steps of a recipe, each with its members.</summary>
    public static JsonObject Operations(string description) =>
        Schema.List(
            $"{description} Times are seconds of the clip as it stands before that step. {Assets}",
            OperationCatalogue.Schema(),
            MostSteps);

    /// <summary>Steps of a recipe whose members another tool's schema tells.</summary>
    public static JsonObject OperationsAsInEditClip(string description)
    {
        var step = Schema.Open("op and its members.");
        step["properties"] = new JsonObject { ["op"] = Schema.Choice("The edit.", OperationCatalogue.Names) };
        step["required"] = new JsonArray("op");
        return Schema.List($"{description} Their members are those of operations in edit_clip.", step, MostSteps);
    }

    /// <summary>What every tool that can spend takes besides.</summary>
    public static (string, JsonObject)[] Spending =>
    [
        ("model", Schema.Text("Model id or alias from list_models; auto unless given.")),
        ("seed", Schema.Whole("Repeats a result, or asks for another of the same.", 0, 4_294_967_295)),
        ("options", Schema.Open("What the chosen model understands beyond the common arguments; see this tool's description.")),
        ("fresh", Schema.Flag("True to make it again although the same call was answered within the last 10 minutes.")),
        .. Paying,
    ];

    /// <summary>Limits on spending and waiting.</summary>
    public static (string, JsonObject)[] Paying =>
    [
        ("max_cost_usd", Schema.Number("Refuse if it would cost more.", 0)),
        ("approve_usd", Schema.Number("What the user has agreed to pay, after being told the price.", 0)),
        ("dry_run", Schema.Flag("True to check, plan and price only; nothing is made or spent.")),
        ("wait_seconds", Schema.Number(
            "How long to wait for the result, 0 to 300; 45 unless given. Work goes on after that; check_job picks it up.",
            0,
            300)),
    ];
}
