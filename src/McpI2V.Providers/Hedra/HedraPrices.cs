using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using McpI2V.Engine;
using McpI2V.Engine.Catalogue;
using McpI2V.Engine.Providers;
using McpI2V.Media.Ffmpeg;
using McpI2V.Media.Formats;
using McpI2V.Providers.Contract;
using McpI2V.Providers.Http;
using McpI2V.Providers.Schemas;

namespace McpI2V.Providers.Hedra;

/// <summary>
/// What Hedra asks for a request (<c>POST models/{id}/estimate</c>, free). Some can't be priced before their sound is measured.
/// </summary>
internal sealed partial class HedraPrices(ProviderHttp http, HedraErrors errors, TimeProvider time)
{
    private const int MostQuestions = 12;
    private const int Characters = 1000;
    private const decimal MostUsd = 10_000;
    private readonly ConcurrentDictionary<string, (string Inputs, Price? Price)> known = new(StringComparer.Ordinal);

    /// <summary>What a request costs; null: Hedra does not price it beforehand.</summary>
    /// <param name="model">The model, as Hedra names it.</param>
    /// <param name="input">Its inputs.</param>
    /// <param name="cancellationToken">Ends the question.</param>
    /// <exception cref="ProviderException">It does not take such a request, or not with this key, or can't tell for now.</exception>
    public async Task<decimal?> AskAsync(string model, JsonObject input, CancellationToken cancellationToken)
    {
        var body = new JsonObject { ["input"] = input.DeepClone() };
        try
        {
            var answer = await http.AskAsync(
                () => http.Request(HttpMethod.Post, http.At($"models/{Uri.EscapeDataString(model)}/estimate"), JsonRequest.Content(body)),
                errors.Judge,
                cancellationToken);
            return answer.Json?["cost"] is JsonValue cost && cost.TryGetValue<decimal>(out var usd) && usd is >= 0 and <= MostUsd
                ? usd
                : null;
        }
        catch (ProviderException e) when (e is { Code: ErrorCode.ProviderFailed, IsPassing: false })
        {
            return null;
        }
    }

    /// <summary>The price of a model that no row has: asked for at each resolution and quality, else as it is described.</summary>
    /// <returns>Null: neither tells.</returns>
    public async Task<Price?> OfAsync(ListedModel model, string? described, CancellationToken cancellationToken)
    {
        var inputs = $"{described} {string.Join(',', model.Schema.Inputs.Keys)} {model.Schema.Description}";
        if (known.TryGetValue(model.Id, out var before) && before.Inputs == inputs)
        {
            return before.Price;
        }
        var price = LearnedRow.Of("hedra", model, time.GetUtcNow()) is { } row
            ? await AskedAsync(model, row, cancellationToken) ?? Described(described, row.Capabilities[0])
            : null;
        known[model.Id] = (inputs, price);
        return price;
    }

    /// <summary>A price in Hedra's own words, the dearest that they name.</summary>
    public static Price? Described(string? words, Capability capability)
    {
        var named = PriceInWords().Matches(words ?? "")
            .Select(m => (
                Usd: decimal.Parse(m.Groups["usd"].ValueSpan, CultureInfo.InvariantCulture),
                Unit: m.Groups["unit"].Value.ToLowerInvariant()))
            .Where(p => p.Usd <= MostUsd)
            .ToList();
        if (named.Count == 0)
        {
            return null;
        }
        var (usd, unit) = named.MaxBy(p => p.Usd);
        return unit[0] switch
        {
            's' => new Price(capability.KeepsLength() ? "input_second" : "second", usd),
            '1' => new Price("thousand_characters", usd),
            'i' => new Price("image", usd),
            _ => new Price("clip", usd),
        };
    }

    // Asked for without files, for none is there yet: what needs one can't be asked for so.
    private async Task<Price?> AskedAsync(ListedModel model, ModelEntry row, CancellationToken cancellationToken)
    {
        var capability = row.Capabilities[0];
        var seconds = row.DurationsSeconds is { } range ? range.Only?.FirstOrDefault(s => s >= 5, range.Max) ?? range.Min : 0;
        Dictionary<string, decimal?> asked = new(StringComparer.Ordinal);
        List<PriceRate> rates = [];
        foreach (var rate in RatesOf(row))
        {
            var input = JsonWire.Body(
                new GenerationOrder
                {
                    Key = "",
                    Capability = capability,
                    Model = row,
                    Prompt = new string('a', Characters),
                    Settings = new ModelSettings
                    {
                        DurationSeconds = seconds,
                        Resolution = rate.Resolution,
                        AspectRatio = row.AspectRatios.FirstOrDefault(r => r != "source"),
                        NativeAudio = rate.Audio == true,
                        Quality = rate.Quality ?? EncodeQuality.Standard,
                    },
                },
                _ => throw new InvalidOperationException("there is no file"));
            InputModes.Read(model.Schema.Description).Settle(input, _ => false);
            var spelt = input.ToJsonString();
            if (!asked.TryGetValue(spelt, out var usd))
            {
                asked[spelt] = usd = asked.Count < MostQuestions ? await ToldAsync(model.Id, input, cancellationToken) : null;
            }
            if (usd is not { } told)
            {
                return null;
            }
            rates.Add(rate with { Usd = decimal.Round(seconds > 0 ? told / (decimal)seconds : told, 6) });
        }
        var name = seconds > 0
            ? "second"
            : capability == Capability.TextToSpeech ? "thousand_characters" : capability.Makes() == MediaKind.Still ? "image" : "clip";
        return new Price(name, rates.Max(r => r.Usd), [.. rates]);
    }

    private async Task<decimal?> ToldAsync(string model, JsonObject input, CancellationToken cancellationToken)
    {
        try
        {
            return await AskAsync(model, input, cancellationToken);
        }
        catch (ProviderException e) when (e.Code == ErrorCode.UnsupportedByModel)
        {
            // It needs a file, or a voice.
            return null;
        }
    }

    // Whatever of its settings may have a price of its own.
    private static IEnumerable<PriceRate> RatesOf(ModelEntry row)
    {
        var qualities = row.Wire?.QualityValues is { } named && named.Values.Distinct(StringComparer.Ordinal).Count() > 1
            ? named.Keys.Select(q => (EncodeQuality?)q)
            : [null];
        bool?[] sounds = row.Audio == "optional" ? [true, false] : [null];
        return
            from resolution in row.Resolutions.DefaultIfEmpty(null)
            from sound in sounds
            from quality in qualities
            select new PriceRate { Usd = 0, Resolution = resolution, Audio = sound, Quality = quality };
    }

    [GeneratedRegex(
        @"\$(?<usd>\d{1,4}(?:\.\d{1,6})?)\s*(?:/|per|an?|for each)\s*(?:output |video |generated )?" +
            @"(?<unit>s\b|sec\b|second|1,?000 characters|1K characters|image|clip|video|generation)",
        RegexOptions.IgnoreCase)]
    private static partial Regex PriceInWords();
}
