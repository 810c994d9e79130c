using System.Text;
using System.Text.Json.Nodes;
using McpI2V.Engine.Catalogue;
using McpI2V.Engine.Generation;
using McpI2V.Engine.Jobs;
using McpI2V.Engine.Words;
using McpI2V.Media;
using McpI2V.Media.Speech;

namespace McpI2V.Engine.Sound;

/// <summary>Which voice of this machine speaks where no provider does. It is a robot's, and that is told before all else.</summary>
public sealed class VoiceChoice(LocalVoices voices, OtherWays others)
{
    private const string Install = "Install espeak-ng (apt install espeak-ng, brew install espeak-ng)";
    private const int LastLatinLetter = 0x24F;

    // People say the language that ISO 639-3 counts several under; espeak-ng has one of these.
    private static readonly Dictionary<string, string> Macrolanguages = new() { ["zh"] = "cmn", ["no"] = "nb" };

    /// <summary>The job with the voice that speaks written into it; as it is where no voice of this machine speaks.</summary>
    /// <exception cref="I2VException">No voice is there for what is asked.</exception>
    public async Task<NewJob> ChosenAsync(NewJob job, CancellationToken callCancelled)
    {
        if (job is not { Provider: ModelEntry.EmbeddedProvider, Request: AudioRequest { Capability: Capability.TextToSpeech } request })
        {
            return job;
        }
        var options = request.Options.DeepClone().AsObject();
        var (named, language) = (request.Voice ?? Take(options, "voice"), request.Language ?? Take(options, "language"));
        var voice = Choose(await AllAsync(callCancelled), named, language);
        RequireLetters(request.Text, voice);
        return job with
        {
            Request = request with { Voice = voice.Name, Language = voice.Language, Options = options },
            Foremost = [.. job.Foremost, $"A robotic voice speaks: {Shown(voice)}. {Natural("For a natural one")}"],
        };
    }

    private async Task<IReadOnlyList<LocalVoice>> AllAsync(CancellationToken callCancelled)
    {
        try
        {
            return await voices.AllAsync(callCancelled);
        }
        catch (MediaException e)
        {
            throw I2VException.From(e);
        }
    }

    private LocalVoice Choose(IReadOnlyList<LocalVoice> all, string? named, string? language)
    {
        if (all.Count == 0)
        {
            throw new I2VException(
                ErrorCode.UnsupportedByModel,
                $"Nothing here speaks: the ffmpeg in use was built without flite, and espeak-ng is not installed. {Install}. " +
                    $"{Natural("For a natural voice")} Nothing was made or spent.",
                "kind");
        }
        if ((named ?? language) is not { } wanted)
        {
            return all[0];
        }
        var byName = named is null ? null : all.FirstOrDefault(v => v.Name.Equals(named, StringComparison.OrdinalIgnoreCase));
        return byName ?? Speaks(all, wanted.Replace('_', '-').ToLowerInvariant()) ?? throw Missing(all, wanted, named is not null);
    }

    private static LocalVoice? Speaks(IReadOnlyList<LocalVoice> all, string code)
    {
        var language = Macrolanguages.GetValueOrDefault(code.Split('-')[0], code.Split('-')[0]);
        return all.FirstOrDefault(v => v.Language == code)
            ?? all.FirstOrDefault(v => v.Language == language)
            ?? all.FirstOrDefault(v => v.Language.Split('-')[0] == language);
    }

    private I2VException Missing(IReadOnlyList<LocalVoice> all, string wanted, bool isVoice)
    {
        var argument = isVoice ? "voice" : "options.language";
        var engines = all.GroupBy(v => v.Engine, v => v.Name).Select(e => $"{NameOf(e.Key)}: {string.Join(", ", e)}");
        var names = string.Join("; ", engines);
        var more = all.Any(v => v.Engine == SpeechEngine.EspeakNg) ? "" : $" {Install}, which speaks a hundred languages.";
        return new I2VException(
            ErrorCode.UnsupportedByModel,
            $"{argument} is {ForeignText.Quote(wanted, 40)}, and no voice of this machine speaks so. There are {names}" +
                $"{(more.Length == 0 ? "" : " (English)")}.{more} {Natural("For a natural voice in many languages")} " +
                "Nothing was made or spent.",
            argument);
    }

    // An English voice skips what it can't read, and a silent file would be called done.
    private static void RequireLetters(string text, LocalVoice voice)
    {
        if (voice.Language.Split('-')[0] != "en")
        {
            return;
        }
        foreach (var letter in text.EnumerateRunes())
        {
            if (letter.Value > LastLatinLetter && Rune.IsLetter(letter))
            {
                throw I2VException.Invalid("text",
                    $"text holds {ForeignText.Quote(letter.ToString(), 8)}, and the voice {voice.Name} reads " +
                    "English alone. Say the text's language in options.language; without a provider's key that needs espeak-ng. " +
                    "Nothing was made or spent.");
            }
        }
    }

    private string Natural(string want) => others.Has(Capability.TextToSpeech)
        ? $"{want} leave model and voice out."
        : others.KeysFor(Capability.TextToSpeech) is { } keys ? $"{want} set {keys}." : "";

    private static string Shown(LocalVoice voice) => voice.Engine == SpeechEngine.Flite
        ? $"{voice.Name} of flite, English"
        : $"espeak-ng in the language {voice.Language}";

    private static string NameOf(SpeechEngine engine) => engine == SpeechEngine.Flite ? "flite" : "espeak-ng";

    private static string? Take(JsonObject options, string name)
    {
        var said = options[name]?.ToString();
        options.Remove(name);
        return said;
    }
}
