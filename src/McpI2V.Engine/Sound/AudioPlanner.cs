using System.Text;
using System.Text.Json.Nodes;
using McpI2V.Engine.Catalogue;
using McpI2V.Engine.Catalogue.Routing;
using McpI2V.Engine.Generation;
using McpI2V.Engine.Jobs;
using McpI2V.Engine.Library;
using McpI2V.Engine.Planning;
using McpI2V.Engine.Words;
using McpI2V.Media;

namespace McpI2V.Engine.Sound;

/// <summary>A sound that needs no clip to hang on becomes a job.</summary>
public sealed class AudioPlanner(
    ModelCatalogue models,
    RoutePlanner routes,
    OtherWays others,
    VoiceChoice voices,
    AccountVoices accounts,
    MediaLibrary library)
{
    /// <summary>The job.</summary>
    /// <exception cref="I2VException">Something is missing or does not belong together, or nothing that is configured makes it.</exception>
    public async Task<NewJob> PlanAsync(AudioOrder order, CancellationToken callCancelled)
    {
        order = await WithAccountsVoiceAsync(order, callCancelled);
        var request = RequestOf(order);
        RequireMaker(order);
        var route = await routes.ForAsync(ModelOf(order), request.Need(library), order.MostUsd, callCancelled);
        if (order.DurationSeconds is not null && route.Model.DurationsSeconds is null)
        {
            throw I2VException.Invalid("duration_seconds",
                $"duration_seconds is given, and {route.Model.Id} takes none: it makes the sound as long as it thinks fit. " +
                    "Leave duration_seconds out, or name another model. Nothing was spent.");
        }
        var title = ShortTitles.FromText(request.Text, SnakeCase.From(order.Kind));
        return await voices.ChosenAsync(NewJob.For("generate_audio", title, request, route), callCancelled);
    }

    // A voice of the account's own stands in no row: its model takes it by an option.
    private async Task<AudioOrder> WithAccountsVoiceAsync(AudioOrder order, CancellationToken callCancelled)
    {
        if (order is not { Kind: SoundKind.Voice, Voice: { } name } || order.Options.ContainsKey(AccountVoices.Option)
            || await accounts.FindAsync(name, order.Model, callCancelled) is not ({ } speaker, { } voice))
        {
            return order;
        }
        var options = order.Options.DeepClone().AsObject();
        options[AccountVoices.Option] = voice.Id;
        return order with { Voice = null, Options = options, Model = ModelRouter.IsAuto(order.Model) ? speaker.Id : order.Model };
    }

    private static AudioRequest RequestOf(AudioOrder order)
    {
        var options = order.Options.DeepClone().AsObject();
        var language = SpokenLanguage.Take(options);
        if (order.Kind == SoundKind.Voice)
        {
            RequireSpoken(order);
        }
        else
        {
            RequireHeard(order, language);
        }
        return new AudioRequest
        {
            Capability = CapabilityOf(order.Kind),
            Text = order.Kind == SoundKind.Voice || order.Prompt.Length == 0 ? Said(order) : order.Prompt,
            Voice = order.Voice,
            Language = language,
            DurationSeconds = order.DurationSeconds,
            Mood = order.Mood,
            Tempo = order.Tempo,
            Seed = order.Seed,
            Options = options,
        };
    }

    // Music of a mood needs no other words.
    private static string Said(AudioOrder order) => order.Text.Length > 0 ? order.Text : $"{order.Mood} music";

    private static Capability CapabilityOf(SoundKind kind) => kind switch
    {
        SoundKind.Voice => Capability.TextToSpeech,
        SoundKind.Music => Capability.Music,
        _ => Capability.SoundEffect,
    };

    private static void RequireSpoken(AudioOrder order)
    {
        if (order.Text.Length == 0)
        {
            throw I2VException.Invalid("text", "text is missing: kind voice speaks it word for word" +
                $"{(order.Prompt.Length == 0 ? "" : ", and reads no prompt. Give the words in text, who speaks in voice")}. " +
                "Nothing was spent.");
        }
        if (!order.Text.EnumerateRunes().Any(Rune.IsLetterOrDigit))
        {
            throw I2VException.Invalid("text", "text holds no words to speak. Nothing was spent.");
        }
        (string Name, bool IsGiven, string Instead)[] idle =
        [
            ("prompt", order.Prompt.Length > 0, "who speaks is said in voice"),
            ("duration_seconds", order.DurationSeconds is not null, "a voice takes as long as its words"),
            ("mood", order.Mood is not null, "ElevenLabs v3 takes tags such as [whispers] inside text"),
            ("tempo", order.Tempo is not null, "local:voice and runway:eleven_v3 take options.speed"),
        ];
        Refuse(idle, order.Kind);
    }

    private static void RequireHeard(AudioOrder order, string? language)
    {
        if (order.Prompt.Length == 0 && order.Text.Length == 0 && (order.Kind != SoundKind.Music || order.Mood is null))
        {
            throw I2VException.Invalid("prompt", $"prompt is missing: say in it what the {SnakeCase.From(order.Kind)} is like. " +
                "Nothing was spent.");
        }
        (string Name, bool IsGiven, string Instead)[] idle =
        [
            ("text", order.Text.Length > 0 && order.Prompt.Length > 0, "what is sung or said in it is written into prompt"),
            ("voice", order.Voice is not null, "a singer is described in prompt"),
            ("options.language", language is not null, "a language is named in prompt"),
            ("tempo", order.Tempo is not null && order.Kind == SoundKind.Effect, "how fast it is, is said in prompt"),
        ];
        Refuse(idle, order.Kind);
    }

    // What nothing would act on is refused before it is paid for.
    private static void Refuse(IEnumerable<(string Name, bool IsGiven, string Instead)> idle, SoundKind kind)
    {
        if (idle.FirstOrDefault(i => i.IsGiven) is { Name: { } name } one)
        {
            throw I2VException.Invalid(name,
                $"{name} means nothing to kind {SnakeCase.From(kind)}: {one.Instead}. Leave {name} out. Nothing was spent.");
        }
    }

    private void RequireMaker(AudioOrder order)
    {
        if (!ModelRouter.IsAuto(order.Model) || order.Kind != SoundKind.Effect || others.Has(CapabilityOf(order.Kind)))
        {
            return;
        }
        throw new I2VException(
            ErrorCode.UnsupportedByModel,
            $"Nothing that is configured makes sound effects. {others.Of(CapabilityOf(order.Kind))} A sound file of the user's works " +
                "without: edit_clip {\"clip\":\"clip-1\",\"operations\":[{\"op\":\"audio\",\"audio\":\"THEIR FILE\",\"loop\":true}]}, or " +
                "audio of assemble_clips and animate_image. Nothing was made or spent.",
            "kind");
    }

    // Who names a voice that only this machine has, has named who speaks.
    private string? ModelOf(AudioOrder order)
    {
        if (order.Voice is not { } voice || !ModelRouter.IsAuto(order.Model))
        {
            return order.Model;
        }
        var need = new ModelNeed { Capability = Capability.TextToSpeech, Voice = voice };
        var able = models.All
            .Where(m => m.Capabilities.Contains(Capability.TextToSpeech) && models.UnavailableReason(m) is null)
            .Where(m => ModelFit.Judge(m, need).Fits)
            .ToList();
        return able.Count > 0 && able.All(m => m.IsEmbedded) ? able[0].Id : order.Model;
    }
}
