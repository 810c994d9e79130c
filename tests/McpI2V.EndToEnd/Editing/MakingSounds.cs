using System.Text.Json.Nodes;

namespace McpI2V.EndToEnd.Editing;

/// <summary>A voice, music and an effect that need no clip to hang on, and what a given sound is to a clip.</summary>
public sealed class MakingSounds
{
    private static readonly object PushIn = new { move = "push_in" };

    [Fact]
    public async Task Titles_come_on_beats_of_the_music_which_ends_with_a_bar()
    {
        using var library = new TestLibrary();
        var source = await TestMedia.ClipAsync(library, seconds: 5, sound: false);
        // 120 beats a minute, the first of four louder: a bar lasts 2 s.
        var music = library.Input("drums.wav");
        await TestMedia.MakeAsync(
            music,
            "-f lavfi -i \"aevalsrc='(0.4+0.4*lt(mod(t\\,2)\\,0.1))*exp(-40*mod(t\\,0.5))*sin(2*PI*70*t)':s=48000:d=12\"");
        var silence = library.Input("silence.wav");
        await TestMedia.MakeAsync(silence, "-f lavfi -i anullsrc=r=48000:cl=mono -t 8");
        await using var assistant = await Assistant.StartAsync(library);

        var laid = (await assistant.CallAsync(
            "edit_clip",
            new { clip = source, operations = new object[] { new { op = "audio", audio = music, ends_on_bar = true } } })).ShouldSucceed();
        var titled = (await assistant.CallAsync(
            "edit_clip",
            new
            {
                clip = laid.Handle,
                operations = new object[] { new { op = "text", text = "SALE", motion = "pop", start_seconds = 1.4, on_beats = true } },
            })).ShouldSucceed();
        var unheard = (await assistant.CallAsync(
            "edit_clip",
            new { clip = source, operations = new object[] { new { op = "audio", audio = silence, ends_on_bar = true } } }))
            .ShouldSucceed();
        var alone = await assistant.CallAsync(
            "edit_clip",
            new { clip = source, operations = new object[] { new { op = "text", text = "SALE", on_beats = true } } });

        // A bar ends after 6 s of it, with the clip, so that it begins 1 s into it.
        Assert.Matches("begins (0.99|1|1.01) s into it, so that a bar ends where the clip does", laid.Text);
        Assert.Contains("text comes at 1.5 s, on a beat of audio-1 (120 bpm)", titled.Text, StringComparison.Ordinal);
        Assert.Contains("No beat can be heard in audio-2", unheard.Text, StringComparison.Ordinal);
        alone.ShouldBe("invalid_argument", "on_beats needs music under the clip");
    }

    [Fact]
    public async Task Without_a_key_a_robot_speaks_and_what_it_says_goes_under_a_clip()
    {
        using var library = new TestLibrary();
        var photo = await TestMedia.StillAsync(library, "coffee.png", 320, 568);
        var song = await TestMedia.SoundAsync(library, "beat120.wav", 5);
        await using var assistant = await Assistant.StartAsync(library);

        var voice = (await assistant.CallAsync("generate_audio", new { kind = "voice", text = "One first sip" })).ShouldSucceed();
        var again = await assistant.CallAsync("generate_audio", new { kind = "voice", text = "One first sip" });
        var music = await assistant.CallAsync("generate_audio", new { kind = "music", prompt = "lofi" });
        var coffee = (await assistant.CallAsync("animate_image", Shot(photo, song, count: 1))).ShouldSucceed();
        var takes = (await assistant.CallAsync("animate_image", Shot("still-1", voice.Handle, count: 2))).ShouldSucceed();
        var spoken = await assistant.CallAsync(
            "animate_image",
            new { image = "still-1", camera = PushIn, audio = voice.Handle, options = new { audio_role = "speak" } });
        var sentence = await assistant.CallAsync(
            "animate_image",
            new { image = "still-1", camera = PushIn, audio = "I tried this serum for a week and never looked back" });
        var over = (await assistant.CallAsync(
            "edit_clip",
            new { clip = coffee.Handle, instruction = "Every morning", options = new { task = "text_to_speech" }, quality = "draft" }))
            .ShouldSucceed();

        Assert.StartsWith("A robotic voice speaks: slt of flite, English.", voice.Text, StringComparison.Ordinal);
        Assert.Contains("For a natural one set FAL_KEY", voice.Text, StringComparison.Ordinal);
        Assert.Equal(("audio-1", voice.Handle), (voice.Handle, again.Handle));
        Assert.True(voice.Assets[0]!["duration_seconds"]!.GetValue<double>() > 0.5, voice.Text);
        music.ShouldSucceed();
        Assert.Contains("local:music writes a bed of its own: lofi", music.Text, StringComparison.Ordinal);
        Assert.Equal(15, music.Assets[0]!["duration_seconds"]!.GetValue<double>(), 0.05);
        Assert.Contains("options.audio_role speak or sing", coffee.Text, StringComparison.Ordinal);
        Assert.Contains("ends with the clip, at 2 s", coffee.Text, StringComparison.Ordinal);
        Assert.Contains("with sound", coffee.Text, StringComparison.Ordinal);
        Assert.Equal(2, takes.Structured["batch"]!["counts"]!["succeeded"]!.GetValue<int>());
        spoken.ShouldBe("unsupported_by_model", "FAL_KEY", "options.audio_role under");
        sentence.ShouldBe("not_found", "call generate_audio with kind voice", "options.audio_role speak");
        Assert.StartsWith("A robotic voice speaks", over.Text, StringComparison.Ordinal);
        var found = await assistant.CallAsync("find_assets", new { handle = over.Handle });
        Assert.Equal(2, found.Assets[0]!["recipe"]!.AsArray().Count);
    }

    [Fact]
    public async Task With_keys_a_script_is_spoken_by_a_face_music_is_made_and_a_song_under_a_cup_is_no_avatar()
    {
        await using var simulators = await SimulatedProviders.StartAsync(jobSeconds: 0.05);
        using var library = new TestLibrary();
        var face = await TestMedia.StillAsync(library);
        var song = await TestMedia.SoundAsync(library, "beat120.wav", 4);
        await using var assistant = await Assistant.StartAsync(library, simulators.Settings("Fal", "Runway"));

        var voice = (await assistant.CallAsync(
            "generate_audio",
            new { kind = "voice", text = "I tried this serum for a week", voice = "leslie" })).ShouldSucceed();
        var plan = await assistant.CallAsync(
            "generate_audio",
            new { kind = "music", prompt = "lofi beats", duration_seconds = 20, dry_run = true });
        var music = (await assistant.CallAsync(
            "generate_audio",
            new { kind = "music", prompt = "lofi beats", tempo = "90 bpm", duration_seconds = 4 })).ShouldSucceed();
        var effect = (await assistant.CallAsync("generate_audio", new { kind = "effect", prompt = "a door" })).ShouldSucceed();
        var speaks = (await assistant.CallAsync(
            "animate_image",
            new { image = face, prompt = "looks into the camera", audio = voice.Handle, options = new { audio_role = "speak" } }))
            .ShouldSucceed();
        var coffee = (await assistant.CallAsync(
            "animate_image",
            new { image = "still-1", prompt = "Steam curls, slow push in", audio = song, model = "wan-2.1", dry_run = true }))
            .ShouldSucceed();
        var robot = (await assistant.CallAsync("generate_audio", new { kind = "voice", text = "Hi", voice = "rms" })).ShouldSucceed();
        var unknown = await assistant.CallAsync("generate_audio", new { kind = "voice", text = "Hi", voice = "Zorro" });

        Assert.Contains("runway:", voice.Text, StringComparison.Ordinal);
        Assert.Contains("$0.25", plan.Text, StringComparison.Ordinal);
        Assert.Contains("fal-ai/elevenlabs/music", music.Text, StringComparison.Ordinal);
        Assert.All([voice, music, effect], made => Assert.StartsWith("audio-", made.Handle, StringComparison.Ordinal));
        Assert.Contains("avatar", speaks.Text, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("avatar", coffee.Text, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("laid under the clip", coffee.Text, StringComparison.Ordinal);
        Assert.StartsWith("A robotic voice speaks: rms", robot.Text, StringComparison.Ordinal);
        unknown.ShouldBe("unsupported_by_model", "Rachel", "list_models with kind text_to_speech");
        Assert.Equal((await simulators.BillAsync()).Sum(b => b.Usd), LibraryAudit.Settled(library));
    }

    private static JsonObject Shot(string image, string audio, int count) => new()
    {
        ["image"] = image,
        ["camera"] = new JsonObject { ["move"] = "push_in" },
        ["audio"] = audio,
        ["duration_seconds"] = 2,
        ["resolution"] = "480p",
        ["quality"] = "draft",
        ["count"] = count,
    };
}
