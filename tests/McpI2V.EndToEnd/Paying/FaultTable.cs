using System.Globalization;
using System.Text.Json.Nodes;

namespace McpI2V.EndToEnd.Paying;

/// <summary>
/// Many jobs at each vendor while everything on the way goes wrong in turn, the server is killed again and again, and three witnesses
/// are heard afterwards: the library, the ledger, the vendor's own bill. <c>I2V_FAULT_JOBS=200</c> makes them two hundred.
/// </summary>
public sealed class FaultTable
{
    private const int Most = 200;
    private static readonly int Jobs = int.Parse(
        Environment.GetEnvironmentVariable("I2V_FAULT_JOBS") ?? "40",
        CultureInfo.InvariantCulture);

    // What goes wrong at each step: how often, and at every how many requests of two hundred jobs.
    private static readonly (string Step, string Kind, int Times, int Every)[] OnTheWay =
    [
        ("upload", "500", 1, 1), ("upload", "429", 1, 2), ("upload", "reset", 1, 3),
        ("submit", "429", 8, 7), ("submit", "503", 6, 11), ("submit", "reset", 3, 31), ("submit", "lost", 4, 37), ("submit", "html", 2, 41),
        ("submit", "lost_html", 2, 43), ("submit", "invalid_json", 2, 47), ("submit", "nothing", 2, 53), ("submit", "500", 2, 59), (
            "submit",
            "huge_json",
            1,
            61),
        ("submit", "taken_503", 3, 63), ("submit", "taken_502", 2, 65), ("submit", "taken_504", 1, 67), ("submit", "typed_500", 2, 68), (
            "submit",
            "named_500",
            3,
            69), ("submit", "latin1", 3, 71), ("submit", "twice_named", 3, 73), ("submit", "retry_nan", 2, 75),
        ("status", "500", 10, 9), ("status", "429", 6, 13), ("status", "html", 6, 17), ("status", "invalid_json", 6, 19), (
            "status",
            "nothing",
            6,
            23), ("status", "reset", 8, 29), ("status", "lost", 6, 31), ("status", "huge_json", 1, 37), ("status", "404", 3, 41),
        ("status", "twice_named", 5, 43), ("status", "latin1", 5, 47), ("status", "deep_json", 5, 53), ("status", "retry_nan", 4, 59), (
            "status",
            "retry_minus",
            4,
            61), ("status", "503", 5, 67),
        ("result", "500", 4, 11), ("result", "reset", 4, 13), ("result", "html", 4, 17), ("result", "nothing", 3, 19),
        ("download", "409", 10, 5), ("download", "500", 5, 7), ("download", "truncated", 8, 9), ("download", "cut", 5, 11), (
            "download",
            "wrong_length",
            5,
            13), ("download", "wrong_type", 5, 17), ("download", "reset", 5, 19), ("download", "slow", 4, 23), ("download", "404", 6, 29), (
                "download",
                "retry_nan",
                3,
                31), ("download", "503", 4, 37),
        ("task", "refuse", 4, 23), ("task", "fail", 5, 19), ("task", "empty", 3, 47), ("task", "wrong_kind", 2, 67), (
            "task",
            "short",
            3,
            53), ("task", "bad_base64", 1, 73),
    ];

    [Theory]
    [InlineData("Fal")]
    [InlineData("Runway")]
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
    [InlineData("Gemini")]
    [InlineData("OpenAI")]
    [InlineData("ComfyUI")]
    [InlineData("vllm")]
    public async Task Nothing_is_lost_and_nothing_is_paid_twice_whatever_fails(string vendor)
    {
        await using var simulators = await SimulatedProviders.StartAsync(
            jobSeconds: 0.3,
            shortSide: 96,
            longestSeconds: 0.5,
            burnsWords: false);
        using var library = new TestLibrary();
        var photo = await TestMedia.StillAsync(library, width: 360, height: 640);
        // A result of another kind is waited for half a minute: once is enough.
        foreach (var (step, kind, times, every) in OnTheWay.Where(f => f.Kind != "wrong_kind" || vendor == "Runway"))
        {
            // Fewer jobs meet each fault as surely, and as much of it for their number.
            var (sooner, fewer) = (Math.Max(1, every * Jobs / Most), (times * Jobs + Most - 1) / Most);
            await simulators.FaultAsync(vendor, step, kind, fewer, sooner, kind is "429" or "503" ? 0.2 : null);
        }
        (string, string)[] settings =
        [
            .. simulators.Settings(vendor),
            ($"I2V__Providers__{vendor}__MaxConcurrent", "8"),
            ($"I2V__Providers__{vendor}__PollSeconds", "0.05"),
        ];
        List<string> errors = [];

        await using (var first = await Assistant.StartAsync(library, settings))
        {
            await OrderAsync(first, vendor, photo);
            await GoOnAsync(simulators, library, await PassedAsync(simulators, library));
            await first.KillAsync();
            errors.Add(await first.StandardErrorAsync());
        }
        for (var kill = 0; kill < 4; kill++)
        {
            var since = await PassedAsync(simulators, library);
            await using var next = await Assistant.StartAsync(library, settings);
            await GoOnAsync(simulators, library, since);
            await next.KillAsync();
            errors.Add(await next.StandardErrorAsync());
        }
        await using var last = await Assistant.StartAsync(library, settings);
        await ThreeWitnesses.UntilOverAsync(library);
        await last.CloseInputAsync();
        errors.Add(await last.StandardErrorAsync());

        await ThreeWitnesses.AgreeAsync(simulators, library, vendor, Jobs);
        Assert.Empty(LibraryAudit.LeaksOf(SimulatedProviders.Key, library, [.. errors]));
    }

    private static async Task OrderAsync(Assistant assistant, string vendor, string photo)
    {
        if (vendor == "OpenAI")
        {
            for (var i = 0; i < Jobs; i++)
            {
                (await assistant.CallAsync(
                    "generate_still",
                    new
                    {
                        prompt = $"kettle number {i}",
                        model = "openai:gpt-image-2.6-flare",
                        aspect_ratio = "9:16",
                        wait_seconds = 0,
                    })).ShouldSucceed();
            }
            return;
        }
        var model = vendor switch
        {
            "Fal" => "fal:fal-ai/wan-i2v",
            "Runway" => "gen-4.5",
            "RunPod" => "runpod:wan-2-1-i2v-720",
            "Luma" => "luma:ray-3.2",
            "Ark" => "ark:dreamina-seedance-2-0-mini-260615",
            "Replicate" => "replicate:wan-video/wan-2.5-i2v",
            "Pika" => "pika:pika/pika-2.5/image-to-video",
            "Higgsfield" => "higgsfield:higgsfield-ai/dop/standard",
            "ElevenLabs" => "elevenlabs:bytedance-seedance-v2",
            "Hedra" => "hedra:wan-2-7",
            "HeyGen" => "heygen:heygen-video-1",
            "Firefly" => "firefly:video1_standard",
            "Vertex" => "vertex:veo-3.1-fast-generate-001",
            "Xai" => "xai:grok-imagine-video-1.5-lite",
            "Bfl" => "bfl:flux-3-video",
            "Vidu" => "vidu:viduq3-turbo",
            "Gemini" => "omni-flash-1.2",
            "ComfyUI" => "comfyui:wan-2.2-i2v",
            _ => "vllm",
        };
        // Ten takes of twenty prompts: every request differs, so that one sent twice would be seen. Without a seed, takes are the same.
        var (rounds, takes) = vendor is "Luma" or "Xai" or "Bfl" ? (10, 1) : (1, 10);
        for (var round = 0; round < rounds; round++)
        {
            var batch = new
            {
                name = $"round {round}",
                images = new[] { photo },
                prompts = Enumerable.Range(0, Jobs / rounds / takes).Select(i => $"slow push in {round} {i}").ToArray(),
                takes,
                models = new[] { model },
                limit = Jobs,
                wait_seconds = 0,
            };
            (await assistant.CallAsync("batch_variants", batch)).ShouldSucceed();
        }
    }

    // Until the server has had some more requests taken or jobs ended, or there is nothing left to do.
    private static Task GoOnAsync(SimulatedProviders simulators, TestLibrary library, int since) => Eventually.IsSoAsync(
        async () => await PassedAsync(simulators, library) >= since + 20 || ThreeWitnesses.AreOver(library),
        "jobs go on");

    private static async Task<int> PassedAsync(SimulatedProviders simulators, TestLibrary library) =>
        (await simulators.TasksAsync()).Count + LibraryAudit.Jobs(library).Count(ThreeWitnesses.IsOver);
}
