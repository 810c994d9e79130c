using System.Text.Json.Nodes;
using McpI2V.Engine;
using McpI2V.Engine.Catalogue;
using McpI2V.Engine.Editing;
using McpI2V.Engine.Providers;
using McpI2V.Media.Formats;
using McpI2V.Providers.ElevenLabs;

namespace McpI2V.Providers.Tests.ElevenLabs;

/// <summary>A sound with speech as ElevenLabs gets it: to be written down, or to be said in another language.</summary>
public sealed class HearingSpeech : IDisposable
{
    private readonly ElevenLabsBench bench = new();

    [Fact]
    public async Task The_sound_goes_as_a_form_that_asks_for_words_and_their_times()
    {
        bench.Answer("/v1/speech-to-text", Transcript);

        var taken = await bench.SendAsync(Hearing() with { Settings = new ModelSettings { Language = "de" } });

        var body = bench.Asked.Single(a => a.Path == "/v1/speech-to-text").Body;
        foreach (var (name, value) in new[]
        {
            ("model_id", "scribe_v2"), ("timestamps_granularity", "word"), ("tag_audio_events", "false"), ("diarize", "false"),
            ("language_code", "de"),
        })
        {
            Holds(body, name, value);
        }
        Assert.Contains("filename=clip-1.m4a", body, StringComparison.Ordinal);
        Assert.Equal(RemoteState.Done, taken.Finished!.State);
    }

    [Fact]
    public async Task Its_words_lie_beside_where_the_sound_is_to_be()
    {
        bench.Answer("/v1/speech-to-text", Transcript);
        var taken = await bench.SendAsync(Hearing());
        var path = bench.AnswerFile + ".m4a";

        await bench.WithAsync(async p =>
        {
            await p.FetchAsync(taken.Finished!.Outputs[0], path, CancellationToken.None);
            return true;
        });

        var cues = SubtitleText.Cues(await File.ReadAllTextAsync(RemoteOutput.WordsBeside(path)), "captions");
        Assert.Equal(["Glow now.", "Friday"], cues.Select(c => c!["text"]!.GetValue<string>()));
        Assert.Equal([0.1, 0.5], cues[0]!["word_seconds"]!.AsArray().Select(t => t!.GetValue<double>()));
    }

    [Theory]
    [InlineData("""{"text":"soon"}""")]
    [InlineData("<html>busy</html>")]
    [InlineData("")]
    public async Task An_answer_without_words_proves_nothing(string body)
    {
        bench.Answer("/v1/speech-to-text", body);

        var e = await Assert.ThrowsAsync<ProviderException>(() => bench.SendAsync(Hearing()));

        Assert.Equal(Acceptance.Unknown, e.Acceptance);
        Assert.Contains("no transcript", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Writing_without_blanks_is_put_together_to_the_end_of_a_sentence()
    {
        string[] letters = ["発", "売", "。", "金", "曜"];
        JsonArray heard = [.. letters.Select((l, i) => (JsonNode)Word(l, i * 0.2, (i * 0.2) + 0.2))];

        var cues = SubtitleText.Cues(SpokenText.OfHeard(heard)!, "captions");

        Assert.Equal(["発売。", "金曜"], cues.Select(c => c!["text"]!.GetValue<string>()));
    }

    [Fact]
    public void Words_that_overlap_come_one_after_the_other_and_what_is_no_word_is_left_out()
    {
        JsonArray heard =
        [
            Word("One", 0, 1), Word("two", 0.4, 0.8), Word("(laughs)", 1, 2, "audio_event"), Word("<b>", 2, 3), Word("three", 3, 4),
            new JsonObject { ["text"] = "four", ["type"] = "word" }, 7,
        ];

        var cues = SubtitleText.Cues(SpokenText.OfHeard(heard)!, "captions");

        Assert.Equal("One two three", string.Join(' ', cues.Select(c => c!["text"]!.GetValue<string>())));
        Assert.Null(SpokenText.OfHeard([]));
        Assert.Null(SpokenText.OfHeard(null));
    }

    [Fact]
    public async Task A_dub_goes_under_the_attempts_name_to_the_language_that_is_wanted()
    {
        bench.Answer("/v1/dubbing", """{"dubbing_id":"d-1","expected_duration_sec":5}""");

        var taken = await bench.SendAsync(Dubbing());

        var body = bench.Asked.Single(a => a.Path == "/v1/dubbing").Body;
        Holds(body, "name", "attempt-1");
        Holds(body, "target_lang", "es");
        Holds(body, "watermark", "false");
        Assert.Equal("d-1", taken.Task.Id);
        Assert.Null(taken.Finished);
    }

    [Theory]
    [InlineData("queued", RemoteState.Waiting)]
    [InlineData("dubbing", RemoteState.Working)]
    [InlineData("dreaming", RemoteState.Working)]
    [InlineData("failed", RemoteState.Failed)]
    [InlineData("dubbed", RemoteState.Done)]
    public async Task It_is_looked_at_until_it_is_over(string status, RemoteState means)
    {
        bench.Answer("/v1/dubbing/d-1", $$"""{"dubbing_id":"d-1","status":"{{status}}","error":"no speech"}""");

        var now = await bench.WithAsync(p => p.GetStatusAsync(new RemoteTask("d-1"), Dubbing(), CancellationToken.None));

        Assert.Equal(means, now.State);
        Assert.Equal(means == RemoteState.Failed, now.Fault?.Message.Contains("no speech", StringComparison.Ordinal) == true);
        Assert.Equal(
            means == RemoteState.Done ? "/v1/dubbing/d-1/audio/es" : null,
            now.Outputs.Select(o => o.Address!.AbsolutePath).SingleOrDefault());
    }

    [Fact]
    public async Task One_that_is_not_ready_is_asked_for_again_with_the_key()
    {
        bench.Answer("/v1/dubbing/d-1/audio/es", "{}", 425);
        bench.Answer("/v1/dubbing/d-1", """{"status":"dubbed"}""");

        var e = await Assert.ThrowsAsync<ProviderException>(() => bench.WithAsync(async p =>
        {
            var now = await p.GetStatusAsync(new RemoteTask("d-1"), Dubbing(), CancellationToken.None);
            await p.FetchAsync(now.Outputs[0], bench.AnswerFile, CancellationToken.None);
            return true;
        }));

        Assert.True(e is { IsPassing: true, IsFinal: false, IsGone: false });
    }

    [Theory]
    [InlineData("attempt-1", "d-2")]
    [InlineData("attempt-9", null)]
    public async Task A_lost_one_is_found_by_its_name_alone(string name, string? found)
    {
        bench.Answer("/v1/dubbing?page_size=100&order_by=created_at&order_direction=DESCENDING&cursor=c", $$"""
            {"dubs":[{"dubbing_id":"d-2","name":"{{name}}","status":"dubbing"}],"has_more":false}
            """);
        bench.Answer("/v1/dubbing?", """{"dubs":[{"dubbing_id":"d-1","name":"another"}],"next_cursor":"c","has_more":true}""");
        var lost = new LostRequest(Dubbing(), DateTimeOffset.UnixEpoch, null, _ => false);

        var task = await bench.WithAsync(p => p.FindAsync(lost, CancellationToken.None));

        Assert.Equal(found, task?.Id);
    }

    [Theory]
    [InlineData("scribe_v2", 60, 0.00672)]
    [InlineData("dubbing_v1", 60, 0.33)]
    [InlineData("dubbing_v1", 0.4, 0.0055)]
    public void Both_are_paid_by_the_second_of_what_is_heard(string model, double seconds, double usd) => Assert.Equal(
        (decimal)usd,
        ElevenLabsBench.Row("elevenlabs:" + model).Price.For(new ModelSettings { InputSeconds = seconds }));

    public void Dispose() => bench.Dispose();

    private GenerationOrder Hearing() => bench.Order("scribe_v2", Capability.SpeechToText, "") with
    {
        Audio = bench.Input("clip-1", MediaFormat.M4a),
    };

    private GenerationOrder Dubbing() => bench.Order("dubbing_v1", Capability.Dubbing, "") with
    {
        Audio = bench.Input("clip-1", MediaFormat.M4a),
        Settings = new ModelSettings { Language = "es" },
    };

    private static string Transcript => new JsonObject
    {
        ["text"] = "Glow now. Friday",
        ["words"] = new JsonArray(
            Word("Glow", 0.1, 0.4),
            Word(" ", 0.4, 0.5, "spacing"),
            Word("now.", 0.5, 0.8),
            Word(" ", 0.8, 0.9, "spacing"),
            Word("Friday", 0.9, 1.4)),
    }.ToJsonString();

    private static JsonObject Word(string text, double start, double end, string type = "word") =>
        new() { ["text"] = text, ["start"] = start, ["end"] = end, ["type"] = type };

    private static void Holds(string form, string name, string value)
    {
        var at = form.IndexOf($"name={name}\r\n", StringComparison.Ordinal);
        Assert.True(at >= 0, $"{name} is not in {form}");
        Assert.StartsWith(value + "\r\n", form[(form.IndexOf("\r\n\r\n", at, StringComparison.Ordinal) + 4)..], StringComparison.Ordinal);
    }
}
