using McpI2V.Answers;
using McpI2V.Answers.Structured;
using McpI2V.Engine.Catalogue.Routing;
using McpI2V.Engine.Generation;
using McpI2V.Engine.Jobs;
using McpI2V.Engine.Planning;
using McpI2V.Engine.Planning.Mending;
using McpI2V.Engine.Words;
using McpI2V.Media;
using McpI2V.Media.Ffmpeg;
using McpI2V.Media.Formats;
using McpI2V.Media.Geometry;
using McpI2V.Tools.Arguments;
using McpI2V.Tools.Calls;

namespace McpI2V.Tools;

/// <summary>Makes a still: the part of a clip that does most of the work.</summary>
internal static class GenerateStill
{
    private const string Description =
        "Makes a still, the part of an ad clip that does most of the work: get it right and lock it before animating. " +
        "Pictures in from are edited or combined. With a key set, auto takes a generative model (list_models) and costs. " +
        "The free local:still (without a key, by name, or by the options fit, backdrop, cutout_*) composes: reframe to aspect_ratio " +
        "(options.fit: crop, extend_blur, extend_colour, extend_mirror, pad), a product cut out of its plain backdrop " +
        "(options.cutout: true), that or a transparent PNG on a backdrop with a shadow " +
        "(options.backdrop: a colour, 'top,bottom' gradient, or a still; cutout_height, _x, _y, shadow, reflection), " +
        "grade (options.look, exposure, temperature, ... as edit_clip's grade has them; lut, a .cube file), " +
        "text (options.text, text_position, text_style), crop (focus_x, focus_y, zoom 1-4). " +
        "From a prompt alone it makes a storyboard placeholder, never a real picture.";

    private static readonly Argument<string> Prompt = Argument.RequiredText(
        "prompt",
        "For a model: what the still shows, or what to do with the pictures in from. local:still acts on options alone.",
        4000);

    private static readonly Argument<IReadOnlyList<string>> From = Argument.References(
        "from",
        "Pictures to edit or combine, photograph first, then transparent PNGs",
        14);

    private static readonly Argument<long?> Count = Argument.Whole("count", "How many.", 1, 8);

    private static readonly Argument<string?> Ratio = RatioArgument.One(
        "The ratio the clip will have. 9:16 unless given or a picture sets it.");

    private static readonly Argument<string?> Size = Argument.Text(
        "size",
        "WIDTHxHEIGHT, or 480p, 720p, 1080p (default), 1440p, 2160p on the short side.");

    private static IReadOnlyList<IArgument> Arguments =>
        [Prompt, From, CommonArguments.Elements, Count, Ratio, Size, CommonArguments.Quality, .. CommonArguments.Spending];

    public static ToolDefinition Definition() => new()
    {
        Name = "generate_still",
        Title = "Make a still",
        Description = Description,
        Effect = ToolEffect.Makes,
        Arguments = () => Arguments,
        AnswerSchema = AnswerSchemas.Work,
        Handler = CallAsync,
    };

    private static async Task<Answer> CallAsync(ToolServices services, ToolCall call, CancellationToken callCancelled)
    {
        var arguments = call.Arguments;
        var prompt = Prompt.Read(arguments);
        var count = (int)(Count.Read(arguments) ?? 1);
        var seed = CommonArguments.Seed.Read(arguments);
        var options = CommonArguments.Options.Read(arguments);
        var (ratio, sizeText) = (Ratio.Read(arguments), Size.Read(arguments));
        var pictures = await References.ImportAllAsync(services, call, From, MediaKind.Still, callCancelled);
        pictures = [.. pictures, .. References.Elements(services, arguments)];
        await References.BindOptionAsync(services, call, options, "backdrop", callCancelled);
        await References.BindOptionAsync(services, call, options, "lut", callCancelled);
        var size = Sizes.OfStill(ratio, sizeText, pictures.FirstOrDefault(p => !p.HasAlpha) ?? (pictures.Count > 0 ? pictures[0] : null));
        var request = new StillRequest
        {
            Prompt = prompt,
            From = [.. pictures.Select(p => p.Handle.ToString())],
            AspectRatio = ratio,
            Resolution = Resolution.TryParse(sizeText, out var resolution) ? resolution.ToString() : null,
            IsExact = sizeText is not null && !Resolution.TryParse(sizeText, out _),
            Quality = CommonArguments.Quality.Read(arguments),
            Width = size.Width,
            Height = size.Height,
            Count = count,
            Seed = seed,
            Options = options,
            Subjects = References.Subjects(services, arguments),
        };
        var model = CommonArguments.Model.Read(arguments);
        model = ModelRouter.IsAuto(model) ? StillFinish.ModelOf(options) ?? model : model;
        (request, var finish) = services.Finish.Part(model, request);
        var route = await services.Routes.ForAsync(
            model,
            request.Need(services.Library),
            CommonArguments.MaxCostUsd.Read(arguments),
            callCancelled);
        var foremost = route.Model.IsEmbedded ? services.Words.Still.Foremost(request, pictures) : [];
        var words = route.Model.IsEmbedded && pictures.Count > 0 ? StillWords.Title(request, pictures) : prompt;
        var title = $"{ShortTitles.FromText(words, "still")} {ShortTitles.Ratio(size)}";
        var plan = services.Takes.Plan(count, route, (number, step) =>
        {
            var one = number is { } take ? request with { Count = 1, Seed = seed + take } : request;
            return NewJob.For("generate_still", title, one, step) with { Foremost = foremost };
        });
        return finish is null
            ? await services.Submission.MakeAsync(title, plan, call, callCancelled)
            : await services.Submission.MakeChainAsync(plan.Jobs[0], services.Finish.JobOf(finish, title), call, callCancelled);
    }
}
