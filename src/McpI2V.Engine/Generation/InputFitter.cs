using McpI2V.Engine.Catalogue;
using McpI2V.Engine.Editing;
using McpI2V.Engine.Library;
using McpI2V.Engine.Providers;
using McpI2V.Media;
using McpI2V.Media.Clips;
using McpI2V.Media.Clips.Rendering;
using McpI2V.Media.Ffmpeg;
using McpI2V.Media.Formats;
using McpI2V.Media.Geometry;
using McpI2V.Media.Stills;

namespace McpI2V.Engine.Generation;

/// <summary>
/// Brings inputs within a provider's limits before they leave: smaller, upright, in a format it reads, without what a camera wrote into
/// them.
/// </summary>
public sealed class InputFitter(
    StillFitter fitter,
    StillComposer composer,
    ClipRenderer clips,
    Recipes recipes,
    HeardSound sounds)
{
    private const double Smaller = 0.85;

    /// <summary>A still within the limits; of another shape only where the user asked for it.</summary>
    /// <param name="asset">The still.</param>
    /// <param name="limits">The provider's limits.</param>
    /// <param name="shape">The size to bring it to, with how; null: its own shape.</param>
    /// <param name="held">Holds what is read, until the request has left.</param>
    /// <param name="work">Where temporary files go.</param>
    /// <param name="jobCancelled">Ends the render.</param>
    /// <exception cref="I2VException">It is too small for the provider.</exception>
    public async Task<OrderInput> StillAsync(
        Asset asset,
        InputLimits limits,
        (PixelSize Size, CanvasFit Fit)? shape,
        HeldMedia held,
        MediaWork work,
        CancellationToken jobCancelled)
    {
        var picture = await held.PlanAsync(files => files.StillOf(asset), jobCancelled);
        if (shape is { } wanted)
        {
            var fitted = work.At($"{asset.Handle}-fitted.jpg");
            var composition = new StillComposition
            {
                Size = wanted.Size.Within(limits.LongestSide).Even(),
                Picture = picture,
                Fit = wanted.Fit,
                Backdrop = Backdrop.Studio,
            };
            await composer.RenderAsync(composition, fitted, work, jobCancelled);
            return Taken(asset, fitted, MediaFormat.Jpeg, composition.Size);
        }
        var size = Within(asset, limits);
        var isPrivate = asset.Format == MediaFormat.Jpeg && StillFitter.CarriesMetadata(picture.Path);
        if (size == asset.Size
            && asset.Bytes <= limits.StillBytes
            && asset.Orientation == 1
            && !isPrivate
            && limits.StillTypes.Contains(asset.Format.MimeType))
        {
            return Taken(asset, picture.Path, asset.Format, size);
        }
        var keepAlpha = asset.HasAlpha && limits.StillTypes.Contains("image/png");
        var format = keepAlpha ? MediaFormat.Png : MediaFormat.Jpeg;
        for (var attempt = 0; ; attempt++)
        {
            var smaller = work.At($"{asset.Handle}-{attempt}{format.Extension}");
            await fitter.RenderAsync(picture, size, keepAlpha, smaller, work, jobCancelled);
            if (new FileInfo(smaller).Length <= limits.StillBytes || size.ShortSide * Smaller < limits.ShortestSide)
            {
                return Taken(asset, smaller, format, size);
            }
            size = size.Within((int)(size.LongSide * Smaller));
        }
    }

    /// <summary>A clip within the limits: cut at the provider's length, scaled to its size.</summary>
    public async Task<OrderInput> ClipAsync(
        Asset asset,
        InputLimits limits,
        HeldMedia held,
        MediaWork work,
        CancellationToken jobCancelled)
    {
        var tooLong = asset.Duration.TotalSeconds > limits.ClipSeconds + 0.05;
        if (asset is { Master: null } && !tooLong && asset.Size.LongSide <= limits.ClipLongestSide && asset.Bytes <= limits.ClipBytes)
        {
            return Taken(asset, await held.PathOfAsync(asset, jobCancelled), asset.Format, asset.Size);
        }
        System.Text.Json.Nodes.JsonArray fitting = [];
        if (tooLong)
        {
            System.Text.Json.Nodes.JsonNode cut = new System.Text.Json.Nodes.JsonObject
            {
                ["op"] = "trim",
                ["start_seconds"] = 0,
                ["end_seconds"] = limits.ClipSeconds,
            };
            fitting.Add(cut);
        }
        if (asset.Size.LongSide > limits.ClipLongestSide || asset.Bytes > limits.ClipBytes)
        {
            System.Text.Json.Nodes.JsonNode scale = new System.Text.Json.Nodes.JsonObject
            {
                ["op"] = "scale",
                ["resolution"] = limits.ClipLongestSide >= 1920 ? "1080p" : "720p",
            };
            fitting.Add(scale);
        }
        var source = await held.PlanAsync(files => recipes.SourceOf(asset, fitting, files: files), jobCancelled);
        var path = work.At($"{asset.Handle}-fitted.mp4");
        await clips.RenderAsync(source, path, EncodeQuality.Best, comment: null, work, jobCancelled);
        return Taken(asset, path, MediaFormat.Mp4, source.Result().Size);
    }

    /// <summary>A sound; one that is too long is refused, for cutting it would cut a sentence.</summary>
    /// <exception cref="I2VException">It is too long or too large.</exception>
    public static async Task<OrderInput> SoundAsync(Asset asset, InputLimits limits, HeldMedia held, CancellationToken jobCancelled)
    {
        if (asset.Duration.TotalSeconds > limits.AudioSeconds || asset.Bytes > limits.AudioBytes)
        {
            throw I2VException.Invalid("audio", $"{asset.Handle} lasts {asset.Duration.TotalSeconds:0.#} s with {asset.Bytes / 1e6:0.#} " +
                $"MB, and the model takes {limits.AudioSeconds:0.#} s with {limits.AudioBytes / 1e6:0.#} MB. Give a shorter sound, " +
                "or name another model. Nothing was spent.");
        }
        return Taken(asset, await held.PathOfAsync(asset, jobCancelled), asset.Format, default);
    }

    /// <summary>What is heard in a clip, as a sound.</summary>
    public async Task<OrderInput> HeardAsync(Asset clip, MediaWork work, CancellationToken jobCancelled)
    {
        var path = work.At($"{clip.Handle}-heard{HeardSound.Format.Extension}");
        await sounds.WriteAsync(clip, path, work, jobCancelled);
        return Taken(clip, path, HeardSound.Format, default);
    }

    /// <summary>What the user should know of what fitting will do, before anything is spent.</summary>
    /// <exception cref="I2VException">A still is too small for the provider.</exception>
    public static IEnumerable<string> Advice(Asset asset, InputLimits limits)
    {
        if (asset.Format.Kind == MediaKind.Still)
        {
            Within(asset, limits);
        }
        if (asset.Format.Kind == MediaKind.Clip && asset.Duration.TotalSeconds > limits.ClipSeconds + 0.05)
        {
            yield return $"{asset.Handle} lasts {asset.Duration.TotalSeconds:0.#} s; the model takes {limits.ClipSeconds:0.#} s, so " +
                $"only its first {limits.ClipSeconds:0.#} s are sent.";
        }
    }

    private static PixelSize Within(Asset asset, InputLimits limits) => asset.Size.ShortSide >= limits.ShortestSide
        ? asset.Size.Within(limits.LongestSide)
        : throw I2VException.Invalid("image", $"{asset.Handle} is {asset.Size}, and the model needs at least {limits.ShortestSide} " +
            "pixels on the short side. Use a larger picture. Nothing was spent.");

    private static OrderInput Taken(Asset asset, string path, MediaFormat format, PixelSize size)
    {
        var bytes = new FileInfo(path).Length;
        return new OrderInput(asset.Handle.ToString(), path, format, bytes, $"{asset.Sha256}-{size}-{bytes}", size);
    }
}
