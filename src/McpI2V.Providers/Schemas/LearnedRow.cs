using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using McpI2V.Engine.Catalogue;
using McpI2V.Engine.Catalogue.Wire;
using McpI2V.Media.Formats;

namespace McpI2V.Providers.Schemas;

/// <summary>A row of the catalogue for a model that has none, made of its schema.</summary>
internal static class LearnedRow
{
    private const decimal SecondsOfAClip = 300;
    private const decimal SecondsOfAnother = 60;

    // As dear as the dearest of the catalogue's rows of such providers.
    private const decimal ClipSecondUsd = 0.40m;
    private const decimal ClipUsd = 2m;
    private const decimal StillUsd = 0.15m;
    private const decimal SoundUsd = 0.20m;
    private const int UsualReferences = 4;
    private const int MostResults = 4;
    private const int MostTold = 12;

    /// <summary>The row; null if the model makes nothing that is wanted here of what this server can give it.</summary>
    /// <param name="provider">Whose model it is.</param>
    /// <param name="listed">The model.</param>
    /// <param name="readAt">When it was read.</param>
    public static ModelEntry? Of(string provider, ListedModel listed, DateTimeOffset readAt)
    {
        var model = listed.Schema;
        var wire = InputNames.Wire(model);
        if (Capabilities(model, wire) is not { Length: > 0 } capabilities)
        {
            return null;
        }
        var others = InputNames.Others(model, wire);
        var hasFirst = capabilities.Any(c => c is Capability.ImageToVideo or Capability.ImageEdit)
            || (capabilities[0] == Capability.LipSync && wire.Image is not null);
        var durations = capabilities[0].Makes() == MediaKind.Still ? null : InputNames.Durations(model, wire);
        var own = new SchemaWire
        {
            ByNames = true,
            Others = [.. others],
            Needed = [.. others.Where(o => model.Required.Contains(o) && model.Inputs[o].Default is null)],
            SecondUsd = listed.SecondUsd,
            Guessed = listed.Price is null,
        };
        return new ModelEntry
        {
            Id = $"{provider}:{listed.Id}",
            Alias = listed.Id,
            Provider = provider,
            Capabilities = capabilities,
            Summary = $"Read from {listed.Source.Split('/')[0]}, not tried here" + (listed.Price is not null
                ? ", with its price."
                : listed.SecondUsd is null ? "; the price is a guess." : "; the price is a guess, settled by the time it takes.") +
                (others.Count == 0 ? "" : $" By options: {string.Join(", ", others.Take(MostTold))}."),
            Frames = [.. Frames(capabilities[0], wire)],
            DurationsSeconds = durations,
            Resolutions = [.. wire.ResolutionValues?.Keys ?? []],
            AspectRatios = [.. InputNames.RatiosOf(model, wire, hasFirst)],
            Audio = wire.Sound is null ? "none" : "optional",
            Voices = [.. wire.Voice is null ? [] : model.Inputs[wire.Voice.ToString()].Values],
            MaxReferences = (wire.Images ?? wire.References) is { } list
                ? (int)(model.Inputs[list.ToString()].MostItems ?? UsualReferences)
                : 0,
            MaxCount = wire.Count is null ? 1 : (int)Math.Clamp(model.Inputs[wire.Count.ToString()].Maximum ?? 1, 1, MostResults),
            Price = listed.Price ?? Guess(listed.SecondUsd, capabilities[0], durations),
            Wire = wire with { Own = JsonSerializer.SerializeToNode(own, SchemaJson.Default.SchemaWire)!.AsObject() },
            Source = listed.Source,
            AsOf = readAt.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        };
    }

    private static Capability[]? Capabilities(ModelSchema model, WireMapping wire)
    {
        bool Needs(WirePath? place) => place is not null && model.Required.Contains(place.ToString());
        return model.Makes switch
        {
            MediaKind.Clip when Needs(wire.Audio) && (wire.Clip ?? wire.Image) is not null => [Capability.LipSync],
            MediaKind.Clip when wire.Clip is not null && (Needs(wire.Clip) || wire.Image is null) =>
                [wire.Prompt is null ? Capability.Upscale : Capability.VideoEdit],
            MediaKind.Clip when wire.Image is not null => [Capability.ImageToVideo],
            MediaKind.Still when Needs(wire.Image) || Needs(wire.Images) => [Capability.ImageEdit],
            MediaKind.Still when (wire.Images ?? wire.Image) is not null => [Capability.TextToImage, Capability.ImageEdit],
            MediaKind.Still when wire.Prompt is not null => [Capability.TextToImage],
            MediaKind.Audio when wire.Prompt is null || wire.Clip is not null => null,
            MediaKind.Audio when wire.Voice is not null || wire.Prompt.ToString() == "text" => [Capability.TextToSpeech],
            MediaKind.Audio when model.Description.Contains("music", StringComparison.OrdinalIgnoreCase) => [Capability.Music],
            MediaKind.Audio => [Capability.SoundEffect],
            _ => null,
        };
    }

    private static IEnumerable<string> Frames(Capability capability, WireMapping wire)
    {
        if (capability == Capability.ImageToVideo || (capability == Capability.LipSync && wire.Image is not null))
        {
            yield return "first";
        }
        if (wire.End is not null)
        {
            yield return "last";
        }
        if ((wire.Images ?? wire.References) is not null)
        {
            yield return "references";
        }
    }

    private static Price Guess(decimal? secondUsd, Capability capability, DurationRange? durations)
    {
        var makes = capability.Makes();
        if (secondUsd is { } usd)
        {
            return new Price(
                makes == MediaKind.Still ? "image" : "clip",
                usd * (makes == MediaKind.Clip ? SecondsOfAClip : SecondsOfAnother));
        }
        return makes switch
        {
            MediaKind.Still => new Price("image", StillUsd),
            MediaKind.Audio => new Price("clip", SoundUsd),
            _ when durations is not null => new Price("second", ClipSecondUsd),
            _ when capability.KeepsLength() => new Price("input_second", ClipSecondUsd),
            _ => new Price("clip", ClipUsd),
        };
    }
}
