using System.Text.Json.Nodes;
using McpI2V.Engine;
using McpI2V.Engine.Providers;
using McpI2V.Media;
using McpI2V.Providers.Http;

namespace McpI2V.Providers.ElevenLabs;

/// <summary>The account's voices, asked for by name: <c>GET v2/voices</c>.</summary>
internal sealed class ElevenLabsVoices(ProviderHttp http, ElevenLabsErrors errors)
{
    // Who speaks in the examples of the vendor's SDK.
    private const string Usual = "JBFqnCBsd6RMkjVDRZzb";
    private const int IdLength = 20;
    private const int MostTold = 30;
    private const int MostPages = 3;

    /// <summary>The voice that an order names, or the usual one.</summary>
    /// <exception cref="ProviderException">The account has no such voice; the message lists those that it has.</exception>
    public async Task<string> IdOfAsync(GenerationOrder order, CancellationToken cancellationToken)
    {
        if ((order.Options["voice"]?.ToString() ?? order.Settings.Voice)?.Trim() is not { Length: > 0 } wanted)
        {
            return Usual;
        }
        var found = await ListAsync($"search={Uri.EscapeDataString(wanted)}&page_size=100", cancellationToken);
        if ((found.FirstOrDefault(v => v.Id == wanted || v.Name.Equals(wanted, StringComparison.OrdinalIgnoreCase))
            ?? found.FirstOrDefault(v => v.IsCalled(wanted))) is { } voice)
        {
            return voice.Id;
        }
        if (wanted.Length == IdLength && wanted.All(char.IsAsciiLetterOrDigit))
        {
            // An id that the search does not find: the request itself will show it.
            return wanted;
        }
        var all = await ListAsync($"page_size={MostTold}", cancellationToken);
        throw new ProviderException(
            ErrorCode.ProviderRefused,
            $"the account at elevenlabs has no voice {ForeignText.Quote(wanted, 60)}. It " +
                $"has {string.Join(", ", all.Select(v => http.Safe(v.Name)))}{(all.Count == MostTold ? " and others" : "")}; add a voice " +
                "of the library there, or name one of these in options.voice",
            Acceptance.No) { MayFallBack = false };
    }

    /// <summary>The voices that the account has added or made, besides the vendor's own, by name.</summary>
    public async Task<IReadOnlyList<ProviderVoice>> OwnAsync(CancellationToken cancellationToken)
    {
        List<Voice> own = [];
        string? next = null;
        for (var page = 0; page < MostPages; page++)
        {
            var query = "voice_type=non-default&page_size=100" + (next is null ? "" : $"&next_page_token={Uri.EscapeDataString(next)}");
            var answer = await AskAsync(query, cancellationToken);
            own.AddRange(Read(answer));
            next = answer.Json?["next_page_token"]?.ToString();
            if (string.IsNullOrEmpty(next) || answer.Json?["has_more"]?.ToString() != "true")
            {
                break;
            }
        }
        return [.. own
            .DistinctBy(v => v.Id)
            .Select(v => new ProviderVoice(v.Id, http.Safe(v.Name)))
            .OrderBy(v => v.Name, StringComparer.Ordinal)];
    }

    private async Task<IReadOnlyList<Voice>> ListAsync(string query, CancellationToken cancellationToken) =>
        Read(await AskAsync(query, cancellationToken));

    private Task<ProviderAnswer> AskAsync(string query, CancellationToken cancellationToken) => http.AskAsync(
        () => http.Request(HttpMethod.Get, http.At("v2/voices?" + query)),
        errors.Judge,
        cancellationToken);

    private static IReadOnlyList<Voice> Read(ProviderAnswer answer)
    {
        return [.. (answer.Json?["voices"] as JsonArray ?? [])
            .Select(v => new Voice(v?["voice_id"]?.ToString() ?? "", v?["name"]?.ToString() ?? ""))
            .Where(v => v.Id.Length > 0)];
    }

    private sealed record Voice(string Id, string Name)
    {
        // The vendor's own are called "Sarah - Mature, Reassuring, Confident".
        public bool IsCalled(string wanted) => Name.StartsWith(wanted + " - ", StringComparison.OrdinalIgnoreCase);
    }
}
