using System.Text.Json.Nodes;
using McpI2V.Engine;
using McpI2V.Engine.Catalogue;
using McpI2V.Engine.Providers;

namespace McpI2V.Providers.Tests.ElevenLabs;

/// <summary>Speech, music and effects as ElevenLabs gets them, what comes of the answer, and of an answer that was lost.</summary>
public sealed class AskingForASound : IDisposable
{
    private const string Speech = "/v1/text-to-speech/";
    private static readonly DateTimeOffset SentAt = DateTimeOffset.FromUnixTimeSeconds(1_795_251_600);
    private readonly ElevenLabsBench bench = new();

    [Fact]
    public async Task A_voice_is_part_of_the_address_and_how_it_speaks_an_object_of_its_own()
    {
        bench.Answer("/v2/voices", """{"voices":[{"voice_id":"other","name":"Sarahina"},{"voice_id":"v-1","name":"Sarah - Mature"}]}""");
        bench.Answer(Speech, Spoken());

        await bench.SendAsync(bench.Order("eleven_multilingual_v2", Capability.TextToSpeech) with
        {
            Settings = new ModelSettings { Voice = "Sarah", Language = "de" },
            Seed = (1L << 32) + 7,
            Options = new JsonObject { ["speed"] = 1.1, ["stability"] = 0.4 },
        });

        var (_, path, _) = bench.Asked[^1];
        Assert.Equal(Speech + "v-1/with-timestamps?output_format=mp3_44100_128", path);
        Assert.True(JsonNode.DeepEquals(
            JsonNode.Parse("""
                {"model_id":"eleven_multilingual_v2","apply_text_normalization":"auto","text":"Out on Friday.","seed":7,
                 "voice_settings":{"stability":0.4,"speed":1.1}}
                """),
            bench.BodyTo(Speech)), bench.BodyTo(Speech).ToJsonString());
    }

    [Fact]
    public async Task A_language_is_sent_to_the_models_that_read_one()
    {
        bench.Answer(Speech, Spoken());

        await bench.SendAsync(bench.Order("eleven_v3", Capability.TextToSpeech) with { Settings = new ModelSettings { Language = "de" } });

        Assert.Equal("de", $"{bench.BodyTo(Speech)["language_code"]}");
    }

    [Fact]
    public async Task A_voice_that_the_account_has_not_is_told_with_those_that_it_has_before_anything_is_sent()
    {
        bench.Answer("/v2/voices?search", """{"voices":[]}""");
        bench.Answer("/v2/voices", """{"voices":[{"voice_id":"v-1","name":"Anna"},{"voice_id":"v-2","name":"Ben"}]}""");

        var e = await Assert.ThrowsAsync<ProviderException>(() => bench.SendAsync(bench.Order("eleven_v3", Capability.TextToSpeech) with
        {
            Options = new JsonObject { ["voice"] = "Zoe" },
        }));

        Assert.Contains("no voice \"Zoe\"", e.Message, StringComparison.Ordinal);
        Assert.Contains("Anna, Ben", e.Message, StringComparison.Ordinal);
        Assert.Equal((Acceptance.No, false), (e.Acceptance, e.MayFallBack));
        Assert.DoesNotContain(bench.Asked, a => a.Method == "POST");
    }

    [Fact]
    public async Task The_accounts_own_voices_are_read_page_by_page()
    {
        bench.Answer("/v2/voices?voice_type=non-default&page_size=100&next_page_token=t", """
            {"voices":[{"voice_id":"v-2","name":"Anna"}],"has_more":false}
            """);
        bench.Answer("/v2/voices?voice_type=non-default&page_size=100", """
            {"voices":[{"voice_id":"v-1","name":"Ben"},{"voice_id":"","name":"Nobody"}],"has_more":true,"next_page_token":"t"}
            """);

        var own = await bench.WithAsync(p => p.VoicesAsync(CancellationToken.None));

        Assert.Equal([new ProviderVoice("v-2", "Anna"), new ProviderVoice("v-1", "Ben")], own);
        Assert.DoesNotContain(bench.Asked, a => a.Method == "POST");
    }

    [Fact]
    public async Task Music_and_effects_say_whatever_costs_or_changes_them()
    {
        bench.Answers.Add(("/v1/music", 200, ElevenLabsBench.Mp3));
        bench.Answers.Add(("/v1/sound-generation", 200, ElevenLabsBench.Mp3));

        await bench.SendAsync(bench.Order("music_v2_5", Capability.Music, "calm piano") with
        {
            Settings = new ModelSettings { DurationSeconds = 12.5 },
        });
        await bench.SendAsync(bench.Order("eleven_text_to_sound_v2", Capability.SoundEffect, "a cork pops") with
        {
            Settings = new ModelSettings { DurationSeconds = 2.5 },
            Options = new JsonObject { ["loop"] = true },
        });

        Same(
            """
            {"model_id":"music_v2_5","force_instrumental":false,"store_for_inpainting":false,"sign_with_c2pa":false,
             "prompt":"calm piano","music_length_ms":12500}
            """,
            bench.BodyTo("/v1/music"));
        Same(
            """
            {"model_id":"eleven_text_to_sound_v2","loop":true,"prompt_influence":0.3,"text":"a cork pops","duration_seconds":2.5}
            """,
            bench.BodyTo("/v1/sound"));
    }

    [Fact]
    public async Task The_answer_is_the_result_and_goes_by_the_vendors_name_for_the_request()
    {
        bench.Answer(Speech, Spoken());
        bench.Headers["request-id"] = "req-1";
        var order = bench.Order("eleven_v3", Capability.TextToSpeech);

        var taken = await bench.SendAsync(order);
        var recalled = await bench.WithAsync(p => p.RecallAsync(order, CancellationToken.None));
        var path = bench.AnswerFile + ".mp3";
        await bench.WithAsync(async p =>
        {
            await p.FetchAsync(recalled!.Finished!.Outputs[0], path, CancellationToken.None);
            return true;
        });

        Assert.Equal(("req-1", RemoteState.Done), (taken.Task.Id, taken.Finished!.State));
        Assert.Equal(ElevenLabsBench.Mp3, await File.ReadAllBytesAsync(path));
    }

    [Theory]
    [InlineData("eleven_v3", Capability.TextToSpeech, "<html>busy</html>")]
    [InlineData("eleven_v3", Capability.TextToSpeech, "")]
    [InlineData("music_v2_5", Capability.Music, "<html>busy</html>")]
    [InlineData("music_v2_5", Capability.Music, "{\"detail\":\"soon\"}")]
    [InlineData("music_v2_5", Capability.Music, "")]
    public async Task An_answer_that_is_no_sound_proves_nothing(string model, Capability capability, string body)
    {
        bench.Answer(capability == Capability.Music ? "/v1/music" : Speech, body);

        var e = await Assert.ThrowsAsync<ProviderException>(() => bench.SendAsync(bench.Order(model, capability)));

        Assert.Equal(Acceptance.Unknown, e.Acceptance);
    }

    [Fact]
    public async Task Lost_speech_is_found_by_its_words_and_fetched_again()
    {
        bench.Answer("/v1/history/h-2/audio", "ID3 sound");
        bench.Answer("/v1/history/h-2", """{"history_item_id":"h-2"}""");
        bench.Answer("/v1/history?", $$"""
            {"history":[
              {"history_item_id":"h-1","request_id":"r-1","voice_id":"JBFqnCBsd6RMkjVDRZzb","text":"Other words.","date_unix":{{SentAt.ToUnixTimeSeconds()}}},
              {"history_item_id":"h-0","request_id":"taken","voice_id":"JBFqnCBsd6RMkjVDRZzb","text":"Out on Friday.","date_unix":{{SentAt.ToUnixTimeSeconds()}}},
              {"history_item_id":"h-3","request_id":"r-3","voice_id":"JBFqnCBsd6RMkjVDRZzb","text":"Out on Friday.","date_unix":{{SentAt.AddHours(2).ToUnixTimeSeconds()}}},
              {"history_item_id":"h-2","request_id":"r-2","voice_id":"JBFqnCBsd6RMkjVDRZzb","text":"Out on Friday.","date_unix":{{SentAt.AddSeconds(3).ToUnixTimeSeconds()}}}],
             "has_more":false,"last_history_item_id":"h-2"}
            """);
        var order = bench.Order("eleven_v3", Capability.TextToSpeech);
        var lost = new LostRequest(order, SentAt, new JsonObject { ["text"] = "Out on Friday." }, id => id == "taken");

        var found = await bench.WithAsync(p => p.FindAsync(lost, CancellationToken.None));
        var status = await bench.WithAsync(async provider =>
        {
            var now = await provider.GetStatusAsync(found!, order, CancellationToken.None);
            await provider.FetchAsync(now.Outputs[0], bench.AnswerFile, CancellationToken.None);
            return now;
        });

        Assert.Equal(new RemoteTask("r-2", "v1/history/h-2"), found);
        Assert.Equal(RemoteState.Done, status.State);
        Assert.Equal("ID3 sound", await File.ReadAllTextAsync(bench.AnswerFile));
        var asked = bench.Asked.First(a => a.Path.StartsWith("/v1/history?", StringComparison.Ordinal)).Path;
        Assert.Contains($"date_after_unix={SentAt.ToUnixTimeSeconds() - 60}", asked, StringComparison.Ordinal);
        Assert.Contains("model_id=eleven_v3&", asked, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Lost_music_is_looked_for_nowhere() => Assert.Null(await bench.WithAsync(p => p.FindAsync(
        new LostRequest(bench.Order("music_v2_5", Capability.Music), SentAt, null, _ => false),
        CancellationToken.None)));

    [Theory]
    [InlineData(400, "text_too_long", Acceptance.No, ErrorCode.ProviderRefused)]
    [InlineData(401, "invalid_api_key", Acceptance.No, ErrorCode.ProviderAuth)]
    [InlineData(401, "quota_exceeded", Acceptance.No, ErrorCode.ProviderAuth)]
    [InlineData(402, "insufficient_credits", Acceptance.No, ErrorCode.ProviderAuth)]
    [InlineData(403, "subscription_required", Acceptance.No, ErrorCode.UnsupportedByModel)]
    [InlineData(403, "insufficient_permissions", Acceptance.No, ErrorCode.UnsupportedByModel)]
    [InlineData(404, "voice_not_found", Acceptance.No, ErrorCode.ProviderRefused)]
    [InlineData(404, "model_not_found", Acceptance.No, ErrorCode.UnsupportedByModel)]
    [InlineData(409, "already_running", Acceptance.Unknown, ErrorCode.ProviderFailed)]
    [InlineData(429, "concurrent_limit_exceeded", Acceptance.No, ErrorCode.ProviderRateLimited)]
    [InlineData(500, "internal_error", Acceptance.Unknown, ErrorCode.ProviderFailed)]
    [InlineData(503, "service_unavailable", Acceptance.Unknown, ErrorCode.ProviderFailed)]
    public async Task Only_what_certainly_was_not_taken_may_be_sent_again(int status, string code, Acceptance acceptance, ErrorCode means)
    {
        foreach (var member in new[] { "code", "status" })
        {
            bench.Answers.Clear();
            bench.Answer("/v1/music", $$"""{"detail":{"{{member}}":"{{code}}","message":"no"} }""", status);

            var e = await Assert.ThrowsAsync<ProviderException>(() => bench.SendAsync(bench.Order("music_v2_5", Capability.Music)));

            Assert.Equal((acceptance, means), (e.Acceptance, e.Code));
            Assert.Contains("\"no\"", e.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_body_of_the_wrong_shape_is_told_by_its_member()
    {
        bench.Answer("/v1/music", """{"detail":[{"loc":["body","music_length_ms"],"msg":"too short","type":"value_error"}]}""", 422);

        var e = await Assert.ThrowsAsync<ProviderException>(() => bench.SendAsync(bench.Order("music_v2_5", Capability.Music)));

        Assert.Contains("music_length_ms: too short", e.Message, StringComparison.Ordinal);
        Assert.Equal(Acceptance.No, e.Acceptance);
    }

    [Theory]
    [InlineData(200, """{"tier":"pro","character_count":1000,"character_limit":500000}""", null, "499,000 of 500,000 credits left")]
    [InlineData(401, """{"detail":{"status":"missing_permissions","message":"no"}}""", null, "may not see the account's credits")]
    [InlineData(401, """{"detail":{"code":"invalid_api_key","message":"no"}}""", "BaseUrl", "the key is accepted")]
    public async Task A_key_is_tried_for_free(int status, string body, string? refused, string answered)
    {
        bench.Answer("/v1/user/subscription", body, status);

        var (why, told) = await bench.WithAsync(async p => (await p.CheckKeyAsync(CancellationToken.None), p.Answered));

        Assert.Equal(refused is null, why is null);
        Assert.Contains(refused ?? "", why ?? "", StringComparison.Ordinal);
        Assert.Contains(answered, told, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("eleven_multilingual_v2", 500, 0, 0.05)]
    [InlineData("eleven_flash_v2_5", 500, 0, 0.025)]
    [InlineData("eleven_text_to_sound_v2", 0, 2, 0.12)]
    [InlineData("eleven_text_to_sound_v2", 0, 30, 0.72)]
    [InlineData("music_v2_5", 0, 60, 0.75)]
    public void Prices_are_the_higher_of_what_was_read(string model, int characters, double seconds, double usd) => Assert.Equal(
        (decimal)usd,
        ElevenLabsBench.Row("elevenlabs:" + model).Price.For(new ModelSettings { Characters = characters, DurationSeconds = seconds }));

    public void Dispose() => bench.Dispose();

    private static string Spoken() => new JsonObject { ["audio_base64"] = Convert.ToBase64String(ElevenLabsBench.Mp3) }.ToJsonString();

    private static void Same(string wanted, JsonObject body) =>
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(wanted), body), body.ToJsonString());
}
