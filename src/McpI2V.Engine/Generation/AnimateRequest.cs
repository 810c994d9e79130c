using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using McpI2V.Engine.Catalogue;
using McpI2V.Engine.Catalogue.Routing;
using McpI2V.Engine.Library;
using McpI2V.Engine.Motion;
using McpI2V.Media;
using McpI2V.Media.Camera;
using McpI2V.Media.Geometry;
using McpI2V.Media.Stills;
using McpI2V.Media.Text;

namespace McpI2V.Engine.Generation;

/// <summary>A clip to be made from a still, with every reference resolved to a handle.</summary>
public sealed record AnimateRequest : GenerationRequest
{
    /// <summary>The job kind that carries it.</summary>
    public const string JobKind = "animate";

    private static readonly string[] FittingOptions = ["fit", "focus_x", "focus_y"];

    /// <summary>The first frame, by handle.</summary>
    public required string Image { get; init; }

    /// <summary>The last frame, by handle; null: free.</summary>
    public string? EndImage { get; init; }

    /// <summary>Stills of the subject, by handle.</summary>
    public string[] References { get; set; } = [];

    /// <summary>The motion, in words; may be empty where the camera says it all.</summary>
    public string Prompt { get; set; } = "";

    /// <summary>The camera's move.</summary>
    public required CameraMove Move { get; init; }

    /// <summary>0 to 1.</summary>
    public double Strength { get; set; } = 0.5;

    /// <summary>How the move starts and stops.</summary>
    public Easing Easing { get; set; } = Easing.EaseInOut;

    /// <summary>True if the camera was asked for, and not only chosen for want of words.</summary>
    public bool NamesCamera { get; init; }

    /// <summary>The ratio as it was asked for; null: the still's own.</summary>
    public string? AspectRatio { get; init; }

    /// <summary>The resolution as it was asked for; null: the model's usual.</summary>
    public string? Resolution { get; init; }

    /// <summary>The length in seconds; null: the model's usual.</summary>
    public double? DurationSeconds { get; init; }

    /// <summary>Width in pixels.</summary>
    public required int Width { get; init; }

    /// <summary>Height in pixels.</summary>
    public required int Height { get; init; }

    /// <summary>none, native, or an audio handle.</summary>
    public string Audio { get; set; } = "none";

    /// <summary>How many takes.</summary>
    [JsonPropertyOrder(2)]
    public int Count { get; set; } = 1;

    /// <summary>True if the job before this one brings the still to the ratio: what that makes goes in, in place of the image. Null:
    /// the image goes in as it is.</summary>
    [JsonPropertyOrder(5)]
    public bool? IsExtendedBefore { get; init; }

    /// <summary>Where a title is to stand on the clip, if all of its titles stand there: what is kept of the still leaves room for it.
    /// Null: nowhere.</summary>
    [JsonPropertyOrder(6)]
    public TextPosition? TitleAt { get; init; }

    /// <summary>True if the picture is to speak or sing to a sound.</summary>
    [JsonIgnore]
    public bool Speaks => Audio is not ("none" or "native");

    /// <summary>How the still is brought to the clip's ratio, if the user asked for that; null: it is not.</summary>
    /// <exception cref="I2VException">There is no such way.</exception>
    [JsonIgnore]
    public CanvasFit? Fit => Options["fit"]?.ToString() is not { } name
        ? null
        : SnakeCase.Parse<CanvasFit>(name) ?? throw I2VException.Invalid("options.fit",
            $"options.fit is {ForeignText.Quote(name, 40)}; one of {SnakeCase.All<CanvasFit>()} is allowed. Nothing was spent.");

    /// <inheritdoc/>
    [JsonIgnore]
    public override string Kind => JobKind;

    /// <inheritdoc/>
    [JsonIgnore]
    public override RequestInputs Inputs => new()
    {
        Image = Image,
        EndImage = EndImage,
        Audio = Speaks ? Audio : null,
        References = References,
    };

    /// <inheritdoc/>
    [JsonIgnore]
    public override JsonObject ProviderOptions =>
        [.. Options.Where(o => !FittingOptions.Contains(o.Key)).Select(o => KeyValuePair.Create(o.Key, o.Value?.DeepClone()))];

    /// <summary>The same with the still that the job before it has made.</summary>
    public AnimateRequest With(Asset extended)
    {
        // A model that was asked for a ratio may have made another.
        var options = ModelFit.IsSameRatio(extended.Size.Ratio, (double)Width / Height)
            ? Options
            : [.. Options.Select(o => KeyValuePair.Create(o.Key, o.Value?.DeepClone())), new("fit", SnakeCase.From(CanvasFit.ExtendBlur))];
        return this with { Image = extended.Handle.ToString(), IsExtendedBefore = null, Options = options };
    }

    /// <inheritdoc/>
    public override ModelNeed Need(MediaLibrary library) => new()
    {
        Capability = Speaks ? Capability.LipSync : Capability.ImageToVideo,
        Prompt = WithSubjects(ShotPrompt.Compose(Prompt, Move, Strength, NamesCamera)),
        DurationSeconds = DurationSeconds,
        AspectRatio = AspectRatio,
        Resolution = Resolution,
        InputSize = IsExtendedBefore == true ? new PixelSize(Width, Height) : library.Find(Image).Size,
        FitsInput = Options.ContainsKey("fit"),
        HasFirst = true,
        HasLast = EndImage is not null,
        References = References.Length,
        NativeAudio = Audio == "native",
        InputSeconds = Speaks ? library.Find(Audio).Duration.TotalSeconds : 0,
        Count = Count,
        Quality = Quality,
        Options = [.. Options.Select(o => o.Key).Except(FittingOptions)],
    };
}
