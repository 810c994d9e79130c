using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using McpI2V.Answers;
using McpI2V.Engine.Catalogue;
using McpI2V.Engine.Catalogue.Routing;
using McpI2V.Media;
using McpI2V.Tools.Arguments;
using McpI2V.Tools.Calls;

namespace McpI2V.Tools;

/// <summary>Lists the catalogue.</summary>
internal static class ListModels
{
    private const string Description =
        "Lists the models: what each can make, for how long, at which sizes, at what price, and whether it can be used now. Free.";

    private static readonly string[] Takes = ["first", "last", "references", "audio"];

    private static readonly (string, JsonObject)[] Members =
    [
        ("kind", Schema.Choice<Capability>("Only models that make this.")),
        ("capability", Schema.Choice("Only models that take such frames, or make sound.", Takes)),
        ("available_only", Schema.Flag("Only models that can be used now.")),
    ];

    public static ToolDefinition Definition() => new(
        "list_models",
        () => ToolDescription.Looking("list_models", "List models", Description, Schema.Object([], Members), AnswerSchemas.Models),
        (services, call, _) => Task.FromResult(Call(services, call)))
    {
        Standing = services => services.Models.Standing,
    };

    /// <summary>Every model for programs.</summary>
    public static JsonObject ToJson(ModelCatalogue catalogue, IEnumerable<ModelEntry> models) => new()
    {
        ["models"] = new JsonArray([.. models.Select(m => ToJson(m, catalogue.UnavailableReason(m)))]),
    };

    private static Answer Call(ToolServices services, ToolCall call)
    {
        var arguments = call.Arguments;
        arguments.RequireAllRead(Members.Select(m => m.Item1));
        var kind = arguments.Choice<Capability>("kind");
        var capability = Word(arguments, "capability", Takes);
        var availableOnly = arguments.Flag("available_only");
        var models = services.Models.All
            .Where(m => kind is null || m.Capabilities.Contains(kind.Value))
            .Where(m => capability is null || m.Frames.Contains(capability) || (capability == "audio" && m.Audio is "native" or "optional"))
            .Where(m => !availableOnly || services.Models.UnavailableReason(m) is null)
            .ToList();
        var text = new StringBuilder(models.Count == 0 ? $"No model fits. {ModelCatalogue.HowToGetMore}" : $"{models.Count} models:");
        foreach (var model in models.Where(m => services.Models.UnavailableReason(m) is null))
        {
            text
                .Append('\n')
                .Append(model.Id)
                .Append(" (")
                .Append(string.Join(", ", model.Capabilities.Select(SnakeCase.From)))
                .Append("), ")
                .Append(Example(model))
                .Append(". ")
                .Append(model.Summary);
        }
        foreach (var group in models
            .Select(m => (Model: m, Why: services.Models.UnavailableReason(m)))
            .Where(m => m.Why is not null)
            .GroupBy(m => (m.Model.Provider, m.Why)))
        {
            text
                .Append("\nNot available, ")
                .Append(group.Key.Provider)
                .Append(": ")
                .Append(group.Key.Why)
                .Append(": ")
                .Append(string.Join(", ", group.Select(m => m.Model.Alias).Distinct()));
        }
        return new Answer(text.ToString(), ToJson(services.Models, models));
    }

    private static string? Word(ArgumentReader arguments, string name, string[] words)
    {
        var text = arguments.Text(name);
        return text is null || words.Contains(text)
            ? text
            : throw Engine.I2VException.Invalid(name, $"{name} is \"{text}\"; one of {string.Join(", ", words)} is allowed.");
    }

    private static JsonObject ToJson(ModelEntry model, string? whyNot)
    {
        JsonObject view = new()
        {
            ["id"] = model.Id,
            ["alias"] = model.Alias,
            ["provider"] = model.Provider,
            ["summary"] = model.Summary,
            ["kinds"] = AssetView.Texts(model.Capabilities.Select(SnakeCase.From)),
            ["available"] = whyNot is null,
            ["resolutions"] = AssetView.Texts(model.Resolutions),
            ["aspect_ratios"] = AssetView.Texts(model.AspectRatios),
            ["frames"] = AssetView.Texts(model.Frames),
            ["audio"] = model.Audio,
            ["price"] = PriceOf(model.Price),
            ["price_usd_example"] = Example(model),
        };
        if (whyNot is not null)
        {
            view["why_not"] = whyNot;
        }
        if (model.DurationsSeconds is { } durations)
        {
            JsonObject range = new() { ["min"] = durations.Min, ["max"] = durations.Max };
            if (durations.Only is { } only)
            {
                range["only"] = new JsonArray([.. only.Select(o => JsonValue.Create(o))]);
            }
            view["durations_seconds"] = range;
        }
        return view;
    }

    private static string Example(ModelEntry model)
    {
        var price = model.Price;
        if (price.IsFree)
        {
            return "free";
        }
        var fit = ModelFit.Judge(model, new ModelNeed
        {
            Capability = model.Capabilities[0],
            InputSeconds = 5,
            Prompt = new string('a', 1000),
        }).Settings;
        var usd = string.Create(CultureInfo.InvariantCulture, $"${price.For(fit):0.00##}");
        return price.Unit switch
        {
            "second" or "clip" when fit.DurationSeconds > 0 => string.Create(
                CultureInfo.InvariantCulture,
                $"{usd} for {fit.DurationSeconds:0.#} s{(fit.Resolution is { } resolution ? " at " + resolution : "")}"),
            "input_second" => $"{usd} for 5 s",
            "thousand_characters" => $"{usd} for 1,000 characters",
            _ => $"{usd} each",
        };
    }

    private static JsonObject PriceOf(Price price)
    {
        JsonObject view = new() { ["unit"] = price.Unit, ["usd"] = price.Usd };
        if (price.Rates is { Length: > 0 } rates)
        {
            view["rates"] = new JsonArray([.. rates.Select(Rate)]);
        }
        return view;
    }

    private static JsonObject Rate(PriceRate rate)
    {
        JsonObject view = new() { ["usd"] = rate.Usd };
        foreach (var (name, value) in new (string, JsonNode?)[]
        {
            ("resolution", rate.Resolution),
            ("audio", rate.Audio),
            ("seconds", rate.Seconds),
            ("quality", rate.Quality is { } quality ? SnakeCase.From(quality) : null),
        })
        {
            if (value is not null)
            {
                view[name] = value;
            }
        }
        return view;
    }
}
