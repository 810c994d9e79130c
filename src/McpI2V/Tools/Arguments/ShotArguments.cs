namespace McpI2V.Tools.Arguments;

/// <summary>What is read alike of every clip that is made of a still, one or a batch.</summary>
internal static class ShotArguments
{
    /// <summary>The wanted length; null: the model's usual. Whether the model makes it, routing decides.</summary>
    public static readonly Argument<double?> Duration = Argument.Number(
        "duration_seconds",
        "Length; the model's usual (mostly 5) unless given.",
        0.1,
        600,
        "local:camera makes 1 to 60 s, most models 2 to 15 s");

    /// <summary>The ratio.</summary>
    public static readonly Argument<string?> Ratio = RatioArgument.One("The still's own unless given.");
}
