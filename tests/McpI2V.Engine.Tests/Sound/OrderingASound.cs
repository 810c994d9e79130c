using System.Text.Json.Nodes;
using McpI2V.Engine.Generation;
using McpI2V.Engine.Jobs;
using McpI2V.Engine.Sound;

namespace McpI2V.Engine.Tests.Sound;

/// <summary>A sound that needs no clip: what makes it, at what price, and what is refused before anything is made.</summary>
public sealed class OrderingASound
{
    [Fact]
    public async Task Without_a_key_a_robot_speaks_and_says_so_before_all_else()
    {
        var job = await PlanAsync(new AudioOrder { Kind = SoundKind.Voice, Text = "One first sip" });

        Assert.Equal(("local:voice", 0m), (job.Model, job.EstimatedCostUsd));
        Assert.Equal("slt", ((AudioRequest)job.Request).Voice);
        Assert.Equal(["A robotic voice speaks: slt of flite, English. For a natural one set VENDOR_KEY."], job.Foremost);
    }

    [Fact]
    public async Task With_a_key_a_natural_voice_speaks_by_its_name_in_any_spelling()
    {
        var job = await PlanAsync(new AudioOrder { Kind = SoundKind.Voice, Text = "One first sip", Voice = "brian" }, hasKey: true);

        Assert.Equal(("vendor:speech", 0.0013m), (job.Model, job.EstimatedCostUsd));
        Assert.Empty(job.Foremost);
    }

    [Fact]
    public async Task A_robot_that_is_asked_for_by_name_tells_how_to_have_a_natural_voice()
    {
        var job = await PlanAsync(new AudioOrder { Kind = SoundKind.Voice, Text = "Hi", Voice = "rms" }, hasKey: true);

        Assert.Equal("local:voice", job.Model);
        Assert.Equal(["A robotic voice speaks: rms of flite, English. For a natural one leave model and voice out."], job.Foremost);
    }

    [Fact]
    public async Task Music_is_priced_by_its_length_and_told_its_mood_and_tempo()
    {
        var order = new AudioOrder { Kind = SoundKind.Music, Prompt = "soft piano.", Mood = "calm", Tempo = "80 bpm" };

        var usual = await PlanAsync(order, hasKey: true);
        var given = await PlanAsync(order with { DurationSeconds = 12 }, hasKey: true);

        using var bench = new SoundBench();
        Assert.Equal("soft piano. Mood: calm. Tempo: 80 bpm.", usual.Request.Need(bench.Studio.Library).Prompt);
        Assert.Equal((0.3m, 0.12m), (usual.EstimatedCostUsd, given.EstimatedCostUsd));
    }

    [Fact]
    public async Task Without_a_key_music_is_a_bed_of_this_programs_own_and_needs_no_words_but_its_mood()
    {
        var lofi = await PlanAsync(new AudioOrder { Kind = SoundKind.Music, Prompt = "lofi" });
        var calm = await PlanAsync(new AudioOrder { Kind = SoundKind.Music, Mood = "calm", DurationSeconds = 30 });

        Assert.Equal(("local:music", 0m), (lofi.Model, lofi.EstimatedCostUsd));
        Assert.Equal(("local:music", "calm music"), (calm.Model, ((AudioRequest)calm.Request).Text));
    }

    [Fact]
    public async Task Without_a_key_effects_are_answered_with_the_key_and_the_users_own_file()
    {
        var e = await RefusalAsync(new AudioOrder { Kind = SoundKind.Effect, Prompt = "a door" });

        Assert.Equal((ErrorCode.UnsupportedByModel, "kind"), (e.Code, e.Argument));
        Assert.Contains("makes sound effects", e.Message, StringComparison.Ordinal);
        Assert.Contains("VENDOR_KEY", e.Message, StringComparison.Ordinal);
        Assert.Contains("\"op\":\"audio\"", e.Message, StringComparison.Ordinal);
    }

    public static TheoryData<string, string, string> Wrong => new()
    {
        { """{"kind":"voice"}""", "text", "text is missing" },
        { """{"kind":"voice","prompt":"a calm man"}""", "text", "reads no prompt" },
        { """{"kind":"voice","text":"... !"}""", "text", "holds no words" },
        { """{"kind":"voice","text":"hi","prompt":"calm"}""", "prompt", "who speaks is said in voice" },
        { """{"kind":"voice","text":"hi","duration":3}""", "duration_seconds", "as long as its words" },
        { """{"kind":"voice","text":"hi","mood":"sad"}""", "mood", "[whispers]" },
        { """{"kind":"voice","text":"hi","language":"Spanish"}""", "options.language", "such as en, es" },
        { """{"kind":"voice","text":"hi","language":"es"}""", "options.language", "Install espeak-ng" },
        { """{"kind":"voice","text":"最初の一口"}""", "text", "options.language" },
        { """{"kind":"voice","text":"hi","voice":"Rachel"}""", "voice", "slt, rms, awb, kal16, kal" },
        { """{"kind":"voice","text":"hi","voice":"ja"}""", "voice", "no voice of this machine speaks so" },
        { """{"kind":"music"}""", "prompt", "prompt is missing" },
        { """{"kind":"music","prompt":"lofi","text":"la la"}""", "text", "written into prompt" },
        { """{"kind":"music","prompt":"lofi","voice":"Rachel"}""", "voice", "described in prompt" },
        { """{"kind":"effect","prompt":"door","tempo":"fast"}""", "tempo", "said in prompt" },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public async Task What_nothing_would_act_on_is_refused_by_the_arguments_name(string order, string argument, string words)
    {
        var e = await RefusalAsync(Read(order));

        Assert.Equal(argument, e.Argument);
        Assert.Contains(words, e.Message, StringComparison.Ordinal);
        Assert.Matches("Nothing was (made or )?spent", e.Message);
    }

    [Fact]
    public async Task A_length_is_refused_by_a_model_that_takes_none_and_an_unknown_voice_with_those_there_are()
    {
        var length = await RefusalAsync(new AudioOrder { Kind = SoundKind.Effect, Prompt = "door", DurationSeconds = 2 }, hasKey: true);
        var voice = await RefusalAsync(new AudioOrder { Kind = SoundKind.Voice, Text = "hi", Voice = "Zorro" }, hasKey: true);
        var text = await RefusalAsync(new AudioOrder { Kind = SoundKind.Voice, Text = new string('a', 6000) });

        Assert.Equal(("duration_seconds", ErrorCode.InvalidArgument), (length.Argument, length.Code));
        Assert.Contains("Rachel, Brian; list_models with kind text_to_speech", voice.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("local:voice can do it", voice.Message, StringComparison.Ordinal);
        Assert.Contains("text has 6000 characters, and it takes 5000", text.Message, StringComparison.Ordinal);
    }

    private static AudioOrder Read(string json)
    {
        var said = JsonNode.Parse(json)!;
        return new AudioOrder
        {
            Kind = Media.SnakeCase.Parse<SoundKind>(said["kind"]!.ToString())!.Value,
            Text = said["text"]?.ToString() ?? "",
            Prompt = said["prompt"]?.ToString() ?? "",
            Voice = said["voice"]?.ToString(),
            DurationSeconds = (double?)said["duration"],
            Mood = said["mood"]?.ToString(),
            Tempo = said["tempo"]?.ToString(),
            Options = said["language"] is { } language ? new JsonObject { ["language"] = language.ToString() } : [],
        };
    }

    private static async Task<NewJob> PlanAsync(AudioOrder order, bool hasKey = false)
    {
        using var bench = new SoundBench(hasKey);
        return await bench.Planner.PlanAsync(order, CancellationToken.None);
    }

    private static Task<I2VException> RefusalAsync(AudioOrder order, bool hasKey = false) =>
        Assert.ThrowsAsync<I2VException>(() => PlanAsync(order, hasKey));
}
