using System.Globalization;
using System.Text.Json.Nodes;
using McpI2V.Engine.Catalogue;
using McpI2V.Engine.Editing;
using McpI2V.Engine.Generation;
using McpI2V.Engine.Jobs;
using McpI2V.Engine.Library;
using McpI2V.Engine.Planning;
using McpI2V.Engine.Planning.Mending;
using McpI2V.Engine.Words;
using McpI2V.Media;
using McpI2V.Media.Clips;

namespace McpI2V.Engine.Sound;

/// <summary>What a given sound becomes in a clip of a still. Only who says so gets a talking picture: a song under a cup of coffee is
/// no avatar.</summary>
public sealed class ShotSounds(ModelCatalogue models, OtherWays others, RoutePlanner routes, Recipes recipes)
{
    /// <summary>The option that says it.</summary>
    public const string Option = "audio_role";

    private const double FadeSeconds = 0.5;

    /// <summary>The role of a sound.</summary>
    /// <param name="said">What <c>options.audio_role</c> says; null: nothing.</param>
    /// <param name="model">The model that the call names; one that makes pictures speak and nothing else has said it.</param>
    /// <exception cref="I2VException">There is no such role, or nothing that is configured makes a picture speak.</exception>
    public SoundRole RoleOf(string? said, string? model)
    {
        var named = model is null ? [] : models.Named(model);
        var role = said is null
            ? named.Count > 0 && named.All(IsForFaces) ? SoundRole.Speak : SoundRole.Under
            : SnakeCase.Parse<SoundRole>(said) ?? throw I2VException.Invalid("options.audio_role",
                $"options.audio_role is {ForeignText.Quote(said, 40)}; one of {SnakeCase.All<SoundRole>()} is allowed. Nothing was spent.");
        if (role != SoundRole.Under && named.Count == 0 && !others.Has(Capability.LipSync))
        {
            throw new I2VException(
                ErrorCode.UnsupportedByModel,
                $"Nothing that is configured makes a picture {SnakeCase.From(role)}. {others.Of(Capability.LipSync)} " +
                    "options.audio_role under lays the sound under the clip, free. Nothing was made or spent.",
                "options.audio_role");
        }
        return role;
    }

    /// <summary>The clips of a plan with a sound under each.</summary>
    /// <param name="takes">The plan; each of its jobs makes one clip.</param>
    /// <param name="shot">What the clips will be, so that what does not fit is told before anything is made.</param>
    /// <param name="sound">The sound.</param>
    /// <param name="isSaid">True if the user said that it goes under; else they are told how to have it spoken.</param>
    public BatchPlan Under(BatchPlan takes, MendedShot shot, Asset sound, bool isSaid)
    {
        var settings = shot.Route.Settings;
        var shape = new ClipShape(settings.Size, TimeSpan.FromSeconds(settings.DurationSeconds), 30, settings.NativeAudio);
        JsonArray steps =
        [
            new JsonObject { ["op"] = "audio", ["audio"] = sound.Handle.ToString(), ["fade_seconds"] = FadeSeconds },
        ];
        recipes.RequireFit(steps, shape);
        var told = Told(sound, shape, isSaid).ToList();
        NewJob[] first = shot.Before is { } before ? [before] : [];
        int? after = first.Length > 0 ? 0 : null;
        var masters = takes.Jobs.Select(j => j with { Title = j.Title + " master", Variant = null, After = after });
        var clips = takes.Jobs.Select((job, place) =>
        {
            var request = new RecipeRequest
            {
                Operations = steps.DeepClone().AsArray(),
                Operation = "edit",
                Quality = shot.Request.Quality,
                Further = [sound.Handle.ToString()],
            };
            var under = NewJob.For(job.Tool, job.Title, request, routes.ForOperations);
            return under with
            {
                After = first.Length + place,
                // A clip and its sound are answered as one job; with a still that is extended first they are a batch of one.
                Variant = job.Variant ?? (first.Length == 0 ? null : """{"take":1}"""),
                Warnings = [.. under.Warnings, .. told],
            };
        });
        return takes with { Jobs = [.. first, .. masters, .. clips] };
    }

    private static bool IsForFaces(ModelEntry model) =>
        model.Capabilities.Contains(Capability.LipSync) && !model.Capabilities.Contains(Capability.ImageToVideo);

    private static IEnumerable<string> Told(Asset sound, ClipShape shape, bool isSaid)
    {
        if (!isSaid)
        {
            yield return $"{sound.Handle} is laid under the clip. To have the person in the picture speak or sing it say " +
                "options.audio_role speak or sing, which a lip-sync model is paid for.";
        }
        if (sound.Duration > shape.Duration + TimeSpan.FromMilliseconds(50))
        {
            yield return string.Create(CultureInfo.InvariantCulture,
                $"{sound.Handle} lasts {sound.Duration.TotalSeconds:0.#} s and ends with the clip, at " +
                    $"{shape.Duration.TotalSeconds:0.#} s; duration_seconds makes the clip longer.");
        }
    }
}
