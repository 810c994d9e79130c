using System.Text.Json.Nodes;
using McpI2V.Engine;
using McpI2V.Media.Ffmpeg;
using McpI2V.Media.Geometry;

namespace McpI2V.Tools.Arguments;

/// <summary>The arguments that several tools take.</summary>
internal static class CommonArguments
{
    /// <summary>The model's name.</summary>
    public static readonly Argument<string?> Model = Argument.Text("model", "From list_models; auto unless given.");

    /// <summary>The seed.</summary>
    public static readonly Argument<long?> Seed = Argument.Whole("seed", "Repeats a result; another, another take.", 0, uint.MaxValue);

    /// <summary>What only the chosen model understands.</summary>
    public static readonly Argument<JsonObject> Options = Argument.Open(
        "options",
        "The model's own; see the description.");

    /// <summary>True to make anew what was just made.</summary>
    public static readonly Argument<bool> Fresh = Argument.Flag("fresh", "Make anew what the same call just made.");

    /// <summary>The most that the call may cost.</summary>
    public static readonly Argument<decimal?> MaxCostUsd = Argument.Dollars("max_cost_usd", "Refuse above it.");

    /// <summary>What the user has agreed to.</summary>
    public static readonly Argument<decimal?> ApproveUsd = Argument.Dollars(
        "approve_usd",
        "What the user, told the price, agreed to.");

    /// <summary>True to plan only.</summary>
    public static readonly Argument<bool> DryRun = Argument.Flag("dry_run", "Only check, plan and price.");

    /// <summary>How long to wait for a result.</summary>
    public static readonly Argument<double?> WaitSeconds = Argument.Number(
        "wait_seconds",
        "45 unless given; work goes on after.",
        0,
        300);

    /// <summary>How good the encode is; standard unless given.</summary>
    public static readonly Argument<EncodeQuality> Quality = Argument.Choice(
        "quality",
        "draft to look, best for a final.",
        EncodeQuality.Standard);

    /// <summary>Names of saved elements.</summary>
    public static readonly Argument<IReadOnlyList<string>> Elements = Argument.Texts(
        "elements",
        "Saved elements whose pictures are added.",
        8);

    /// <summary>Stills of the subject.</summary>
    public static readonly Argument<IReadOnlyList<string>> References = Argument.References(
        "references",
        "Stills of the subject",
        8);

    /// <summary>A resolution; null if it is not given.</summary>
    public static readonly Argument<Resolution?> ShortSide = new(
        "resolution",
        () => Schemas.Choice("Short side; the model's usual unless given.", [.. Resolution.All.Select(r => r.ToString())]),
        arguments => arguments.Text("resolution") is not { } text
            ? null
            : Resolution.TryParse(text, out var resolution)
            ? resolution
            : throw I2VException.Invalid(
                "resolution",
                $"resolution is {Media.ForeignText.Quote(text, 40)}; one of {Resolution.Names} is allowed. Nothing was spent."));

    /// <summary>What every tool takes that makes something.</summary>
    public static IReadOnlyList<IArgument> Making => [Fresh, DryRun, WaitSeconds];

    /// <summary>Limits on spending and waiting.</summary>
    public static IReadOnlyList<IArgument> Paying => [MaxCostUsd, ApproveUsd, .. Making];

    /// <summary>What every tool that may ask a model takes besides.</summary>
    public static IReadOnlyList<IArgument> Spending => [Model, Seed, Options, .. Paying];
}
