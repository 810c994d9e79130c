namespace McpI2V.EndToEnd.Paying;

/// <summary>
/// Wrong asking and bad luck at a vendor: a clear error or a recovery, before money where that can be, and the right line in the ledger.
/// </summary>
public sealed class BadLuckAtAProvider
{
    [Fact]
    public async Task Without_a_key_the_answer_names_the_variable()
    {
        using var library = new TestLibrary();
        var photo = await TestMedia.StillAsync(library);
        await using var assistant = await Assistant.StartAsync(library);

        (await assistant.CallAsync("animate_image", new { image = photo, prompt = "push in", model = "kling-3" })).ShouldBe(
            "unsupported_by_model",
            "FAL_KEY",
            "Nothing was spent");
        (await assistant.CallAsync("edit_clip", new { clip = await TestMedia.ClipAsync(library), instruction = "make it snow" })).ShouldBe(
            "unsupported_by_model",
            "Not acted on: \"make it snow\"",
            "RUNWAYML_API_SECRET");
        (await assistant.CallAsync("list_models", new { kind = "image_to_video" })).ShouldSucceed();
    }

    [Theory]
    [InlineData("Fal", "kling-3")]
    [InlineData("Runway", "gen-4.5")]
    [InlineData("Gemini", "omni-flash-1.2")]
    [InlineData("RunPod", "runpod:wan-2-1-i2v-720")]
    [InlineData("Luma", "luma:ray-3.2")]
    [InlineData("Ark", "ark:dreamina-seedance-2-0-260128")]
    [InlineData("Replicate", "replicate:kwaivgi/kling-v3-video")]
    [InlineData("ElevenLabs", "elevenlabs:veo-3.1-fast-generate-001")]
    [InlineData("Pika", "pika:kling/kling-v3/standard/image-to-video")]
    [InlineData("Higgsfield", "higgsfield:kling-video/v3.0/std/image-to-video")]
    [InlineData("Hedra", "hedra:kling-v3")]
    [InlineData("HeyGen", "heygen-video-1")]
    [InlineData("Firefly", "firefly-video-1")]
    [InlineData("Vertex", "vertex:veo-3.1-fast-generate-001")]
    [InlineData("Xai", "xai:grok-imagine-video-1.5-lite")]
    [InlineData("Bfl", "bfl:flux-3-video")]
    [InlineData("Vidu", "vidu:viduq3-turbo")]
    public async Task A_wrong_key_is_told_before_anything_is_uploaded(string vendor, string model)
    {
        await using var simulators = await SimulatedProviders.StartAsync();
        using var library = new TestLibrary();
        var photo = await TestMedia.StillAsync(library, width: 1080, height: 1920);
        await using var assistant = await Assistant.StartAsync(
            library,
            [.. simulators.Settings(vendor), (SimulatedProviders.KeyOf(vendor), "wrong-key-123456789")]);

        var refused = (await assistant.CallAsync("animate_image", new { image = photo, prompt = "push in", model })).ShouldBe(
            "provider_auth",
            SimulatedProviders.KeyOf(vendor),
            "Nothing was spent");

        Assert.DoesNotContain("wrong-key-123456789", refused.Text, StringComparison.Ordinal);
        var seen = (await simulators.SeenAsync())["requests"]!.AsObject();
        Assert.DoesNotContain(
            seen,
            s => s.Key.EndsWith(" upload", StringComparison.Ordinal) || s.Key.EndsWith(" submit", StringComparison.Ordinal));
        Assert.Equal(0, LibraryAudit.Reserved(library));
    }

    [Fact]
    public async Task A_key_that_ends_in_the_middle_of_a_batch_loses_nothing()
    {
        await using var simulators = await SimulatedProviders.StartAsync(jobSeconds: 1.5);
        using var library = new TestLibrary();
        var photo = await TestMedia.StillAsync(library);
        await using var assistant = await Assistant.StartAsync(
            library,
            [.. simulators.Settings("Fal"), ("I2V__Providers__Fal__MaxConcurrent", "3")]);
        await assistant.CallAsync(
            "batch_variants",
            new { images = new[] { photo }, prompts = Enumerable.Range(0, 8).Select(i => $"push in {i}").ToArray(), models = new[]
            {
                "kling-3",
            }, wait_seconds = 0 });
        await Eventually.IsSoAsync(async () => (await simulators.TasksAsync()).Count == 3, "three are at the vendor");

        await simulators.SetAsync(new { key = "another-key-entirely" });
        ToolAnswer? during = null;
        await Eventually.IsSoAsync(
            async () => (during = await assistant.CallAsync("check_job", new { id = "batch-1" }))
                .Text.Contains("FAL_KEY", StringComparison.Ordinal),
            "the one who asks is told of the key");
        await simulators.SetAsync(new { key = SimulatedProviders.Key });
        var after = await assistant.CallAsync("check_job", new { id = "batch-1", wait_seconds = 60 });
        await simulators.SetAsync(new { key = "another-key-entirely" });
        var refused = await assistant.CallAsync("animate_image", new { image = photo, prompt = "pan left", model = "kling-3" });

        Assert.Equal(0, during!.Structured["batch"]!["counts"]!["failed"]!.GetValue<int>());
        Assert.Equal(8, after.Structured["batch"]!["counts"]!["succeeded"]!.GetValue<int>());
        Assert.Equal((await simulators.BillAsync()).Sum(b => b.Usd), LibraryAudit.Settled(library));
        refused.ShouldBe("provider_auth", "FAL_KEY", "Nothing was spent");
        Assert.Equal(0, LibraryAudit.Reserved(library));
    }

    [Fact]
    public async Task What_a_model_lacks_is_told_with_what_it_has()
    {
        await using var simulators = await SimulatedProviders.StartAsync();
        using var library = new TestLibrary();
        var (photo, wide) = (await TestMedia.StillAsync(library), await TestMedia.StillAsync(library, "wide.jpg", 1280, 720));
        await using var assistant = await Assistant.StartAsync(library, simulators.Settings());
        Task<ToolAnswer> Animate(object more) =>
            assistant.CallAsync("animate_image", Merged(new { image = photo, prompt = "push in" }, more));

        (await Animate(new { model = "kling-9" })).ShouldBe("invalid_argument", "kling-9", "not in the catalogue", "list_models");
        (await Animate(new { model = "fal:nobody/nothing" })).ShouldBe("invalid_argument", "not in the catalogue");
        (await Animate(new { model = "openai:sora-2" })).ShouldBe("unsupported_by_model", "2026-09-24", "kling-3");
        (await Animate(new { model = "gemini:veo-3.1-generate-preview" })).ShouldBe("unsupported_by_model", "ended", "omni-flash-1.2");
        (await assistant.CallAsync("generate_still", new { prompt = "x", model = "imagen-4" })).ShouldSucceed();
        (await Animate(new { model = "kling-3", duration_seconds = 20 })).ShouldBe(
            "invalid_argument",
            "duration_seconds is 20",
            "3 to 15 s");
        (await Animate(new { model = "veo-3.1", duration_seconds = 5 })).ShouldBe("invalid_argument", "4, 6, 8");
        (await Animate(new { model = "kling-3", resolution = "2160p" })).ShouldBe("invalid_argument", "resolution is 2160p", "720p");
        (await Animate(new { model = "wan-2.1", audio = "native" })).ShouldBe("unsupported_by_model", "audio");
        (await Animate(new { model = "kling-3", options = new { mood = "dark" } })).ShouldBe("unsupported_by_model", "mood", "cfg_scale");
        (await Animate(new { model = "gen-4.5", prompt = new string('x', 1200) })).ShouldBe("invalid_argument", "1200", "1000");
        (await Animate(new { model = "kling-avatar" })).ShouldBe("unsupported_by_model", "lip_sync");
        Assert.Single(await simulators.TasksAsync());
        (await assistant.CallAsync(
            "animate_image",
            new
            {
                image = wide,
                prompt = "push in",
                model = "gen-4.5",
                aspect_ratio = "9:16",
                options = new { fit = "extend_blur" },
            })).ShouldSucceed();
    }

    [Fact]
    public async Task A_picture_that_is_too_large_for_the_vendor_is_made_to_fit()
    {
        await using var simulators = await SimulatedProviders.StartAsync();
        using var library = new TestLibrary();
        var huge = library.Input("huge.png");
        await Shell.FfmpegAsync($"-f rawvideo -s 4200x4200 -pix_fmt gray -i /dev/urandom -frames:v 1 \"{huge}\"");
        await using var assistant = await Assistant.StartAsync(library, simulators.Settings());

        Assert.True(new FileInfo(huge).Length > 12_000_000, "noise does not compress");
        (await assistant.CallAsync(
            "animate_image",
            new { image = huge, prompt = "push in", model = "runpod:wan-2-6-i2v" })).ShouldSucceed();
        (await assistant.CallAsync(
            "generate_still",
            new { prompt = "the same at dusk", from = new[] { huge }, model = "nano-banana-2.1" })).ShouldSucceed();
        (await assistant.CallAsync(
            "animate_image",
            new { image = await TestMedia.StillAsync(library, "tiny.png", 64, 64), prompt = "push in", model = "kling-3" })).ShouldBe(
                "invalid_argument",
                "64x64",
                "300");
    }

    [Theory]
    [InlineData("refuse", "provider_refused", "safety")]
    [InlineData("fail", "provider_failed", "could not make it")]
    [InlineData("empty", "provider_failed", "delivered nothing")]
    [InlineData("wrong_kind", "provider_failed", "a clip was expected")]
    public async Task A_bad_end_says_what_happened_and_what_it_cost(string fate, string code, string words)
    {
        await using var simulators = await SimulatedProviders.StartAsync();
        using var library = new TestLibrary();
        var photo = await TestMedia.StillAsync(library);
        await using var assistant = await Assistant.StartAsync(library, simulators.Settings("Runway"));
        await simulators.FaultAsync("Runway", "task", fate);

        var answer = (await assistant.CallAsync(
            "animate_image",
            new { image = photo, prompt = "push in", model = "gen-4.5", wait_seconds = 120 })).ShouldBe(code, words, "spent");

        var billed = (await simulators.BillAsync()).Sum(b => b.Usd);
        Assert.Equal(billed, LibraryAudit.Settled(library));
        Assert.Equal(0, LibraryAudit.Reserved(library));
        Assert.Contains(billed > 0 ? "$0.60 was spent" : "Nothing was spent", answer.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Runway", "gen-4.5")]
    [InlineData("Luma", "luma:ray-3.2")]
    [InlineData("Replicate", "replicate:kwaivgi/kling-v3-video")]
    [InlineData("ElevenLabs", "elevenlabs:veo-3.1-fast-generate-001")]
    [InlineData("Pika", "pika:kling/kling-v3/standard/image-to-video")]
    [InlineData("Higgsfield", "higgsfield:kling-video/v3.0/std/image-to-video")]
    [InlineData("Hedra", "hedra:kling-v3")]
    [InlineData("HeyGen", "heygen-video-1")]
    [InlineData("Xai", "xai:grok-imagine-video-1.5-lite")]
    [InlineData("Bfl", "bfl:flux-3-video")]
    [InlineData("Vidu", "vidu:viduq3-turbo")]
    public async Task An_address_that_ended_is_asked_for_anew(string vendor, string model)
    {
        await using var simulators = await SimulatedProviders.StartAsync();
        using var library = new TestLibrary();
        var photo = await TestMedia.StillAsync(library);
        await using var assistant = await Assistant.StartAsync(library, simulators.Settings(vendor));
        await simulators.SetAsync(new { address_seconds = 0.5 });
        await simulators.FaultAsync(vendor, "download", "500", times: 4);

        (await assistant.CallAsync(
            "animate_image",
            new { image = photo, prompt = "push in", model, wait_seconds = 60 })).ShouldSucceed();

        Assert.Single(await simulators.TasksAsync());
        Assert.Equal((await simulators.BillAsync()).Sum(b => b.Usd), LibraryAudit.Settled(library));
    }

    [Theory]
    [InlineData("animate_image", "xai:grok-imagine-video-1.5-lite", "$0.05 was spent")]
    [InlineData("generate_still", "xai:grok-imagine-image-2.0", "$0.05 was spent")]
    public async Task A_refusal_that_has_a_fee_is_settled_and_said(string tool, string model, string words)
    {
        await using var simulators = await SimulatedProviders.StartAsync();
        using var library = new TestLibrary();
        var photo = await TestMedia.StillAsync(library);
        await using var assistant = await Assistant.StartAsync(library, simulators.Settings("Xai"));

        (await assistant.CallAsync(tool, tool == "animate_image"
            ? (object)new { image = photo, prompt = "forbidden things", model, wait_seconds = 60 }
            : new { prompt = "forbidden things", model, wait_seconds = 60 })).ShouldBe(
                "provider_refused",
                "content moderation",
                words);

        Assert.Equal((await simulators.BillAsync()).Sum(b => b.Usd), LibraryAudit.Settled(library));
        Assert.Equal(0.05m, LibraryAudit.Settled(library));
        Assert.Equal(0, LibraryAudit.Reserved(library));
    }

    [Theory]
    [InlineData("animate_image", "xai:grok-imagine-video-1.5-lite")]
    [InlineData("generate_still", "xai:grok-imagine-image-2.0")]
    public async Task What_is_made_and_held_back_by_moderation_is_settled_where_it_is_charged(string tool, string model)
    {
        await using var simulators = await SimulatedProviders.StartAsync();
        using var library = new TestLibrary();
        var photo = await TestMedia.StillAsync(library);
        await using var assistant = await Assistant.StartAsync(library, simulators.Settings("Xai"));
        await simulators.FaultAsync("Xai", "task", "refuse");

        (await assistant.CallAsync(tool, tool == "animate_image"
            ? (object)new { image = photo, prompt = "push in", model, wait_seconds = 60 }
            : new { prompt = "a kettle", model, wait_seconds = 60 })).ShouldBe(
                "provider_refused",
                "charges for it",
                "was spent");

        Assert.True(LibraryAudit.Settled(library) > 0);
        Assert.Equal((await simulators.BillAsync()).Sum(b => b.Usd), LibraryAudit.Settled(library));
    }

    [Fact]
    public async Task A_clip_of_another_length_is_kept_and_said()
    {
        await using var simulators = await SimulatedProviders.StartAsync(longestSeconds: 0);
        using var library = new TestLibrary();
        var photo = await TestMedia.StillAsync(library);
        await using var assistant = await Assistant.StartAsync(library, simulators.Settings("Runway"));
        await simulators.FaultAsync("Runway", "task", "short");

        var answer = (await assistant.CallAsync(
            "animate_image",
            new { image = photo, prompt = "push in", model = "gen-4.5", duration_seconds = 6 })).ShouldSucceed();

        var check = answer.Assets[0]!["checks"]!.AsArray().First(c => c!["name"]!.GetValue<string>() == "duration")!;
        Assert.False(check["ok"]!.GetValue<bool>());
        Assert.Contains("6 s", check["advice"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stuck_task_can_be_called_off_and_costs_nothing()
    {
        await using var simulators = await SimulatedProviders.StartAsync();
        using var library = new TestLibrary();
        var photo = await TestMedia.StillAsync(library);
        await using var assistant = await Assistant.StartAsync(library, simulators.Settings("Fal"));
        await simulators.FaultAsync("Fal", "task", "stuck");
        await simulators.FaultAsync("Fal", "cancel", "500");

        await assistant.CallAsync("animate_image", new { image = photo, prompt = "push in", model = "kling-3", wait_seconds = 0 });
        await Eventually.IsSoAsync(
            async () => (await assistant.CallAsync("check_job", new { id = "job-1" })).State == "running",
            "the vendor has it");
        var canceled = await assistant.CallAsync("cancel_job", new { id = "job-1" });

        Assert.Equal("canceled", canceled.State);
        Assert.Contains("Nothing was charged", canceled.Text, StringComparison.Ordinal);
        Assert.Equal(0, LibraryAudit.Settled(library) + LibraryAudit.Reserved(library));
    }

    [Fact]
    public async Task A_failed_run_falls_back_to_the_same_model_elsewhere()
    {
        await using var simulators = await SimulatedProviders.StartAsync();
        using var library = new TestLibrary();
        var photo = await TestMedia.StillAsync(library);
        await using var assistant = await Assistant.StartAsync(
            library,
            [.. simulators.Settings("Fal", "RunPod"), ("I2V__Routes__Order", "fal")]);
        await simulators.FaultAsync("Fal", "task", "fail");

        var answer = (await assistant.CallAsync(
            "animate_image",
            new { image = photo, prompt = "push in", model = "wan-2.1", duration_seconds = 5, wait_seconds = 120 })).ShouldSucceed();

        Assert.Equal("runpod", answer.Structured["job"]!["provider"]!.GetValue<string>());
        Assert.Equal(
            ["failed", "succeeded"],
            answer.Structured["job"]!["attempts"]!.AsArray().Select(a => a!["outcome"]!.GetValue<string>()));
        Assert.Contains("fal:fal-ai/wan-i2v failed", answer.Text, StringComparison.Ordinal);
        Assert.Equal((await simulators.BillAsync()).Sum(b => b.Usd), LibraryAudit.Settled(library));
        Assert.Equal(0.3m, LibraryAudit.Settled(library));
    }

    [Fact]
    public async Task A_busy_vendor_is_waited_for_as_long_as_it_asks()
    {
        await using var simulators = await SimulatedProviders.StartAsync();
        using var library = new TestLibrary();
        var photo = await TestMedia.StillAsync(library);
        await using var assistant = await Assistant.StartAsync(library, simulators.Settings("Runway"));
        await simulators.FaultAsync("Runway", "submit", "429", times: 3, retryAfter: 1);

        var started = TimeProvider.System.GetTimestamp();
        (await assistant.CallAsync("animate_image", new { image = photo, prompt = "push in", model = "gen-4.5" })).ShouldSucceed();

        Assert.True(TimeProvider.System.GetElapsedTime(started) > TimeSpan.FromSeconds(2.9), "three times a second was asked for");
        Assert.Single(await simulators.TasksAsync());
    }

    [Fact]
    public async Task Settings_that_can_t_be_right_are_listed_all_at_once_and_no_key_is_shown()
    {
        using var library = new TestLibrary();
        await using var assistant = await Assistant.StartAsync(
            library,
            ("I2V__Providers__Fal__PollSeconds", "0"),
            ("I2V__Providers__Runway__BaseUrl", "ftp://x"),
            ("I2V__Providers__Klinng__ApiKey", "abc"),
            ("I2V__Providers__MyGpu__Kind", "openai"),
            ("OPENAI_API_KEY", "sk-a b c d e f"));

        var answer = (await assistant.CallAsync("list_models", new { })).ShouldBe(
            "invalid_argument",
            "I2V__Providers__Fal__PollSeconds",
            "I2V__Providers__Runway__BaseUrl",
            "Klinng",
            "I2V__Providers__MyGpu__BaseUrl",
            "OPENAI_API_KEY");

        Assert.DoesNotContain("sk-a b", answer.Text, StringComparison.Ordinal);
    }

    private static Dictionary<string, object?> Merged(params object[] parts)
    {
        Dictionary<string, object?> all = [];
        foreach (var property in parts.SelectMany(p => System.Text.Json.JsonSerializer.SerializeToElement(p).EnumerateObject()))
        {
            all[property.Name] = property.Value;
        }
        return all;
    }
}
