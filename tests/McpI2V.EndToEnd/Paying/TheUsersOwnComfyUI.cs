namespace McpI2V.EndToEnd.Paying;

/// <summary>Workflows on the user's own ComfyUI: free, of both generations of its API, through restarts and with what is missing.</summary>
public sealed class TheUsersOwnComfyUI
{
    private const string Wan = "comfyui:wan-2.2-i2v";

    [Fact]
    public async Task A_job_that_a_restarted_server_forgot_is_sent_again_for_nothing()
    {
        await using var simulators = await SimulatedProviders.StartAsync();
        using var library = new TestLibrary();
        var photo = await TestMedia.StillAsync(library);
        await using var assistant = await Assistant.StartAsync(library, simulators.Settings("ComfyUI"));
        await simulators.FaultAsync("ComfyUI", "task", "forgotten");

        var clip = (await assistant.CallAsync(
            "animate_image",
            new { image = photo, prompt = "steam rises", model = Wan, wait_seconds = 120 })).ShouldSucceed();

        Assert.Equal(2, (await simulators.TasksAsync()).Count);
        Assert.Single(library.MediaFiles, f => f.EndsWith(".mp4", StringComparison.Ordinal));
        Assert.Equal(0, LibraryAudit.Settled(library));
        Assert.Equal(0, LibraryAudit.Reserved(library));
        Assert.NotNull(clip.Path);
    }

    [Fact]
    public async Task A_server_that_forgets_again_and_again_is_given_up()
    {
        await using var simulators = await SimulatedProviders.StartAsync();
        using var library = new TestLibrary();
        var photo = await TestMedia.StillAsync(library);
        await using var assistant = await Assistant.StartAsync(library, simulators.Settings("ComfyUI"));
        await simulators.FaultAsync("ComfyUI", "task", "forgotten", times: 10);

        var answer = await assistant.CallAsync(
            "animate_image",
            new { image = photo, prompt = "steam rises", model = Wan, wait_seconds = 200 });

        answer.ShouldBe("provider_failed", "does not know", "Nothing was spent");
        Assert.Equal(4, (await simulators.TasksAsync()).Count);
    }

    [Fact]
    public async Task A_server_of_before_the_jobs_API_does_the_same()
    {
        await using var simulators = await SimulatedProviders.StartAsync(jobSeconds: 1.5);
        using var library = new TestLibrary();
        var photo = await TestMedia.StillAsync(library);
        await using var assistant = await Assistant.StartAsync(library, OfOld(simulators));
        await simulators.FaultAsync("comfyui-old", "submit", "lost");

        var clip = await assistant.CallAsync(
            "animate_image",
            new { image = photo, prompt = "steam rises", model = Wan, wait_seconds = 100 });
        await simulators.SetAsync(new { job_seconds = 60 });
        var second = await assistant.CallAsync(
            "animate_image",
            new { image = photo, prompt = "snow falls", model = Wan, wait_seconds = 0 });
        await Eventually.IsSoAsync(async () => (await simulators.TasksAsync()).Count == 2, "the second is there");
        await assistant.CallAsync("cancel_job", new { id = second.Job });
        await Eventually.IsSoAsync(
            async () => (await assistant.CallAsync("check_job", new { id = second.Job })).State == "canceled",
            "it is canceled");

        clip.ShouldSucceed();
        Assert.Equal(
            ["Canceled", "Done"],
            (await simulators.TasksAsync()).Select(t => t["state"]!.GetValue<string>()).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("ComfyUI")]
    [InlineData("comfyui-old")]
    public async Task How_far_a_workflow_is_is_what_the_server_itself_tells(string server)
    {
        await using var simulators = await SimulatedProviders.StartAsync(jobSeconds: 1);
        using var library = new TestLibrary();
        var photo = await TestMedia.StillAsync(library);
        await using var assistant = await Assistant.StartAsync(
            library,
            server == "ComfyUI" ? simulators.Settings("ComfyUI") : OfOld(simulators));
        await simulators.FaultAsync(server, "socket", "cut");
        await simulators.FaultAsync(server, "task", "stuck");

        var sent = await assistant.CallAsync(
            "animate_image",
            new { image = photo, prompt = "steam rises", model = Wan, wait_seconds = 0 });

        // By the usual time of such a workflow it would take four minutes to come so far.
        await Eventually.IsSoAsync(
            async () => (await assistant.CallAsync("check_job", new { id = sent.Job }))
                .Structured["job"]!["progress"]!.GetValue<double>() > 0.9,
            "all steps but the last are told");
        await assistant.CallAsync("cancel_job", new { id = sent.Job });
        await Eventually.IsSoAsync(
            async () => (await assistant.CallAsync("check_job", new { id = sent.Job })).State == "canceled",
            "it is canceled");
        Assert.Equal(2, (await simulators.SeenAsync())["requests"]![$"{server.ToLowerInvariant()} socket"]!.GetValue<int>());
    }

    [Fact]
    public async Task A_workflow_that_can_not_be_used_is_told_by_who_names_it_and_by_the_doctor()
    {
        await using var simulators = await SimulatedProviders.StartAsync();
        using var library = new TestLibrary();
        var photo = await TestMedia.StillAsync(library);
        Write(library, "saved.json", """{"nodes": [], "links": [], "version": 0.4}""");
        Write(library, "blind.json", """{"1": {"class_type": "SaveVideo", "inputs": {"video": ["2", 0]}}}""");
        Write(library, "fancy.json", """
            {"1": {"class_type": "LoadImage", "inputs": {"image": "a.png"}, "_meta": {"title": "i2v:image"}},
             "2": {"class_type": "WanFancyMotion", "inputs": {"image": ["1", 0]}},
             "3": {"class_type": "SaveVideo", "inputs": {"video": ["2", 0], "filename_prefix": "x", "format": "mp4", "codec": "h264"}}}
            """);
        Write(library, "other.json", (await ShippedAsync()).Replace("wan_2.1_vae", "wan_9_vae", StringComparison.Ordinal));
        var settings = simulators.Settings("ComfyUI");
        await using var assistant = await Assistant.StartAsync(library, settings);

        Task<ToolAnswer> With(string model) =>
            assistant.CallAsync("animate_image", new { image = photo, prompt = "steam rises", model, wait_seconds = 60 });
        (await With("comfyui:saved")).ShouldBe("invalid_argument", "editor's save file", "Export (API)");
        (await With("comfyui:blind")).ShouldBe("invalid_argument", "no slot for the still", "i2v:image");
        (await With("comfyui:fancy")).ShouldBe("unsupported_by_model", "WanFancyMotion", "fancy", "custom node");
        (await With("comfyui:other")).ShouldBe("unsupported_by_model", "wan_9_vae.safetensors", "wan_2.1_vae.safetensors", "other.json");
        var (code, output, _) = await Shell.RunAsync(
            Assistant.ProgramPath,
            "doctor",
            settings.Append(("I2V_HOME", library.Home)).ToDictionary(s => s.Item1, s => s.Item2, StringComparer.Ordinal));

        Assert.Empty(await simulators.TasksAsync());
        Assert.Equal(1, code);
        Assert.Contains("FAULT comfyui: reached, ComfyUI 0.38.1 answers; free.", output, StringComparison.Ordinal);
        Assert.Contains("blind", output, StringComparison.Ordinal);
    }

    private static (string, string)[] OfOld(SimulatedProviders simulators) =>
    [
        .. simulators.Settings("ComfyUI").Where(s => !s.Name.EndsWith("BaseUrl", StringComparison.Ordinal)),
        ("I2V__Providers__ComfyUI__BaseUrl", $"{simulators.Origin}/comfyui-old"),
    ];

    private static async Task<string> ShippedAsync() => await File.ReadAllTextAsync(
        Path.Combine(Assistant.Root, "src", "McpI2V.Providers", "ComfyUI", "Workflows", "wan-2.2-i2v.json"));

    private static void Write(TestLibrary library, string name, string text)
    {
        var folder = Directory.CreateDirectory(Path.Combine(library.Home, "workflows"));
        File.WriteAllText(Path.Combine(folder.FullName, name), text);
    }
}
