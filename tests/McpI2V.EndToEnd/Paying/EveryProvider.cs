using System.Text.Json.Nodes;

namespace McpI2V.EndToEnd.Paying;

/// <summary>The tools against each vendor, changed by nothing but the key and the base URL.</summary>
public sealed class EveryProvider
{
    [Theory]
    [InlineData("Fal")]
    [InlineData("Gemini")]
    [InlineData("Runway")]
    [InlineData("OpenAI")]
    [InlineData("RunPod")]
    [InlineData("Luma")]
    [InlineData("Ark")]
    [InlineData("Replicate")]
    [InlineData("Pika")]
    [InlineData("Higgsfield")]
    [InlineData("ElevenLabs")]
    [InlineData("Hedra")]
    [InlineData("HeyGen")]
    [InlineData("Firefly")]
    [InlineData("Vertex")]
    [InlineData("Xai")]
    [InlineData("Bfl")]
    [InlineData("Vidu")]
    [InlineData("ComfyUI")]
    [InlineData("vllm")]
    [InlineData("sglang")]
    public async Task The_four_tools_work_with_the_key_and_the_base_URL_alone(string vendor)
    {
        await using var simulators = await SimulatedProviders.StartAsync(shortSide: 240);
        using var library = new TestLibrary();
        var photo = await TestMedia.StillAsync(library);
        await using var assistant = await Assistant.StartAsync(library, simulators.Settings(vendor));

        var still = await assistant.CallAsync(
            "generate_still",
            new { prompt = "the same on a slate shelf", from = new[] { photo }, quality = "draft" });
        if (vendor is "RunPod" or "Higgsfield" or "ElevenLabs" or "HeyGen" or "Firefly" or "Vertex" or "Vidu" or "vllm" or "sglang")
        {
            // Nobody here edits pictures, and the free engine does not pretend to.
            still.ShouldBe("unsupported_by_model", "Not acted on: \"the same on a slate shelf\"", "FAL_KEY");
        }
        else
        {
            still.ShouldSucceed();
        }
        var clip = (await assistant.CallAsync(
            "animate_image",
            new { image = photo, prompt = "steam rises, slow push in" })).ShouldSucceed();
        var typed = (await assistant.CallAsync(
            "edit_clip",
            new { clip = clip.Handle, operations = new object[] { new { op = "text", text = "New" } } })).ShouldSucceed();
        var batch = (await assistant.CallAsync(
            "batch_variants",
            new
            {
                images = new[] { photo },
                cameras = new[] { "push_in", "pan_left" },
                texts = new[] { "One", "Two" },
                duration_seconds = 2,
                resolution = "480p",
                wait_seconds = 300,
            })).ShouldSucceed();
        var edited = vendor is "Fal" or "Gemini" or "Runway" or "Luma" or "Ark" or "Xai" or "Bfl"
            ? (await assistant.CallAsync("edit_clip", new { clip = typed.Handle, instruction = "make it snow" })).ShouldSucceed()
            : null;

        Assert.Equal(4, batch.Structured["batch"]!["counts"]!["succeeded"]!.GetValue<int>());
        Assert.Contains(
            vendor is "vllm" or "sglang" ? vendor : vendor.ToLowerInvariant(),
            $"{still.Text}{clip.Text}",
            StringComparison.Ordinal);
        if (edited is not null)
        {
            // The caption of the turn before is carried over to the new master.
            Assert.Single((await assistant.CallAsync("find_assets", new { handle = edited.Handle })).Assets[0]!["recipe"]!.AsArray());
            Assert.NotEqual(typed.Structured["assets"]![0]!["master"]!.GetValue<string>(), edited.Assets[0]!["master"]!.GetValue<string>());
        }
        Assert.Equal((await simulators.BillAsync()).Sum(b => b.Usd), LibraryAudit.Settled(library));
        Assert.Equal(0, LibraryAudit.Reserved(library));
        await assistant.CloseInputAsync();
        Assert.Empty(LibraryAudit.LeaksOf(
            SimulatedProviders.Key,
            library,
            await assistant.StandardErrorAsync(),
            still.Structured.ToJsonString(),
            clip.Structured.ToJsonString(),
            batch.Structured.ToJsonString()));
    }

    [Fact]
    public async Task Every_model_of_the_catalogue_is_taken_by_its_vendor()
    {
        await using var simulators = await SimulatedProviders.StartAsync(jobSeconds: 0.05, shortSide: 64);
        using var library = new TestLibrary();
        var photo = await TestMedia.StillAsync(library);
        var clip = await TestMedia.ClipAsync(library, size: "720x1280");
        var voice = await TestMedia.SoundAsync(library);
        await using var assistant = await Assistant.StartAsync(
            library,
            [.. simulators.Settings(), .. simulators.Settings("ComfyUI")]);
        var models = (await assistant.CallAsync("list_models", new { available_only = true })).Structured["models"]!
            .AsArray()
            .Where(m => m!["provider"]!.GetValue<string>() != "local")
            .ToList();
        List<(string What, Task<ToolAnswer> Answer)> calls = [];

        foreach (var model in models)
        {
            foreach (var kind in model!["kinds"]!.AsArray().Select(k => k!.GetValue<string>()))
            {
                var id = model["id"]!.GetValue<string>();
                var frames = model["frames"]!.AsArray().Select(f => f!.GetValue<string>()).ToList();
                calls.Add(($"{id} {kind}", assistant.CallAsync(ToolOf(kind, frames), ArgumentsOf(id, kind, frames, (photo, clip, voice)))));
            }
        }
        var failed = new List<string>();
        foreach (var (what, answer) in calls)
        {
            var told = await answer;
            if (told.IsError)
            {
                failed.Add($"{what}: {told.Text}");
            }
        }

        Assert.True(models.Count > 110, $"{models.Count} models");
        Assert.True(failed.Count == 0, string.Join('\n', failed));
        Assert.Equal((await simulators.BillAsync()).Sum(b => b.Usd), LibraryAudit.Settled(library));
    }

    private static string ToolOf(string kind, List<string> frames) => kind switch
    {
        "text_to_image" or "image_edit" => "generate_still",
        "image_to_video" => "animate_image",
        "lip_sync" when frames.Contains("first") => "animate_image",
        "music" when frames.Contains("clip") => "edit_clip",
        "text_to_speech" or "music" => "generate_audio",
        _ => "edit_clip",
    };

    private static JsonObject ArgumentsOf(string id, string kind, List<string> frames, (string Photo, string Clip, string Voice) files)
    {
        var arguments = new JsonObject { ["model"] = id, ["wait_seconds"] = 200 };
        switch (ToolOf(kind, frames))
        {
            case "generate_still":
                arguments["prompt"] = "a copper kettle";
                if (kind == "image_edit")
                {
                    arguments["from"] = new JsonArray(files.Photo);
                }
                break;
            case "animate_image":
                (arguments["image"], arguments["prompt"]) = (files.Photo, "slow push in");
                if (kind == "lip_sync")
                {
                    arguments["audio"] = files.Voice;
                }
                else if (frames.Contains("last"))
                {
                    arguments["end_image"] = files.Photo;
                }
                if (id.Contains("reference-to-video", StringComparison.Ordinal) || id.StartsWith("gemini:", StringComparison.Ordinal))
                {
                    arguments["references"] = new JsonArray(files.Photo);
                }
                break;
            case "generate_audio":
                (arguments["kind"], arguments[kind == "music" ? "prompt" : "text"]) = (kind == "music" ? kind : "voice", "good morning");
                break;
            case "edit_clip" when kind == "speech_to_text":
                // The words of a clip are captions; there is one model that hears them.
                arguments.Remove("model");
                (arguments["clip"], arguments["operations"]) = (files.Clip, new JsonArray(new JsonObject { ["op"] = "captions" }));
                break;
            case "edit_clip" when kind == "dubbing":
                (arguments["clip"], arguments["options"]) = (files.Clip, new JsonObject { ["task"] = kind, ["language"] = "es" });
                break;
            default:
                (arguments["clip"], arguments["instruction"]) = (files.Clip, "make it snow");
                arguments["options"] = new JsonObject { ["task"] = kind };
                if (kind == "lip_sync")
                {
                    arguments["audio"] = files.Voice;
                }
                if (kind == "character_performance")
                {
                    arguments["references"] = new JsonArray(files.Photo);
                }
                break;
        }
        return arguments;
    }
}
