using System.Text.Json.Nodes;
using McpI2V.Engine;
using McpI2V.Engine.Catalogue;
using McpI2V.Engine.Providers;
using McpI2V.Media.Formats;
using McpI2V.Providers.ComfyUI;
using McpI2V.Providers.Contract;
using Microsoft.AspNetCore.Http;

namespace McpI2V.Providers.Tests.ComfyUI;

/// <summary>Workflows as a ComfyUI gets them, and what its answers mean, of both generations of its API.</summary>
public sealed class RunningAWorkflow : IDisposable
{
    private const string Key = "0b6d0c1e6f0e4c7e9a516f3c1f1f7a10";
    private const string Id = "0b6d0c1e-6f0e-4c7e-9a51-6f3c1f1f7a10";
    private readonly TestFolder folder = new();
    private readonly List<(string Path, JsonObject? Body)> asked = [];
    private readonly Dictionary<string, (int Status, string Body)> answers = new(StringComparer.Ordinal);

    [Fact]
    public async Task Every_part_of_an_order_stands_in_its_slot()
    {
        var order = Order("wan-2.2-i2v") with
        {
            Image = folder.Input("still-1", MediaFormat.Png),
            Seed = 7,
            Options = new JsonObject { ["11.steps"] = 8, ["what is not wanted.text"] = "hands" },
        };

        var sent = await SendAsync(order);

        var nodes = sent["prompt"]!;
        Assert.Equal(Id, sent["prompt_id"]!.GetValue<string>());
        Assert.Equal("given name.png", nodes["7"]!["inputs"]!["image"]!.GetValue<string>());
        Assert.Equal("push in", nodes["8"]!["inputs"]!["text"]!.GetValue<string>());
        Assert.Equal("hands", nodes["9"]!["inputs"]!["text"]!.GetValue<string>());
        Assert.Equal((7, 8), ((int)nodes["11"]!["inputs"]!["noise_seed"]!, (int)nodes["11"]!["inputs"]!["steps"]!));
        Assert.Equal(
            (720, 1280, 81),
            ((int)nodes["10"]!["inputs"]!["width"]!, (int)nodes["10"]!["inputs"]!["height"]!, (int)nodes["10"]!["inputs"]!["length"]!));
        Assert.Equal("i2v/wan_0b6d0c1e", nodes["15"]!["inputs"]!["filename_prefix"]!.GetValue<string>());
        Assert.Null(sent["extra_data"]!["api_key_comfy_org"]);
    }

    [Fact]
    public async Task A_seed_is_always_sent_and_is_the_attempts_own()
    {
        var one = await SendAsync(Order("wan-2.2-i2v"));
        var same = await SendAsync(Order("wan-2.2-i2v"));
        answers.Clear();
        var other = await SendAsync(Order("wan-2.2-i2v") with { Key = "another attempt" });

        Assert.Equal(Seed(one), Seed(same));
        Assert.NotEqual(Seed(one), Seed(other));
        var id = other["prompt_id"]!.GetValue<string>();
        Assert.Equal(id, Guid.Parse(id).ToString());

        static long Seed(JsonObject sent) => (long)sent["prompt"]!["11"]!["inputs"]!["noise_seed"]!;
    }

    [Fact]
    public void An_option_that_is_no_input_names_some_that_are()
    {
        var e = Assert.Throws<I2VException>(() => Provider(new Uri("http://127.0.0.1:1")).Provider.Review(
            Order("wan-2.2-i2v") with { Options = new JsonObject { ["strength"] = 1 } }));

        Assert.Equal((ErrorCode.InvalidArgument, "options"), (e.Code, e.Argument));
        Assert.Contains("1.unet_name", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_custom_node_that_is_missing_is_named_before_anything_is_sent()
    {
        answers["/object_info/WanImageToVideo"] = (200, "{}");
        answers["/object_info/CreateVideo"] = (404, "404: Not Found");

        var order = Order("wan-2.2-i2v") with { Image = folder.Input("still-1", MediaFormat.Png) };
        var e = await Assert.ThrowsAsync<ProviderException>(() => SendAsync(order));

        Assert.Equal((ErrorCode.UnsupportedByModel, Acceptance.No), (e.Code, e.Acceptance));
        Assert.Contains("the nodes WanImageToVideo, CreateVideo of the workflow wan-2.2-i2v", e.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(asked, a => a.Path is "/prompt" or "/upload/image");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_node_that_spends_runs_only_where_a_setting_allows_it(bool isAllowed)
    {
        answers["/object_info/LoadImage"] = (200, """{"LoadImage": {"api_node": true}}""");

        var sending = SendAsync(Order("wan-2.2-i2v"), isAllowed);

        if (isAllowed)
        {
            Assert.Equal("a-key-of-tests", (await sending)["extra_data"]!["api_key_comfy_org"]!.GetValue<string>());
            return;
        }
        var e = await Assert.ThrowsAsync<ProviderException>(() => sending);
        Assert.Equal((ErrorCode.InputForbidden, false), (e.Code, e.MayFallBack));
        Assert.Contains("LoadImage", e.Message, StringComparison.Ordinal);
        Assert.Contains("I2V__Providers__ComfyUI__AllowPartnerNodes=true", e.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(asked, a => a.Path == "/prompt");
    }

    [Theory]
    [InlineData("""{"error": {"type": "missing_node_type", "message": "Node 'X' not found", "extra_info": {"class_type": "WanFancy"}}}""", "node WanFancy", ErrorCode.UnsupportedByModel)]
    [InlineData("""{"error": {"type": "prompt_outputs_failed_validation", "message": "no"}, "node_errors": {"1": {"class_type": "UNETLoader", "errors": [{"type": "value_not_in_list", "message": "Value not in list", "details": "x", "extra_info": {"input_name": "unet_name", "input_config": [["a.safetensors", "b.safetensors"], {}], "received_value": "wan.safetensors"}}]}}}""", "does not have \"wan.safetensors\" (unet_name of node 1, UNETLoader of the workflow wan-2.2-i2v). Put that file into its models folder, or name one that is there in part of this program: a.safetensors, b.safetensors", ErrorCode.UnsupportedByModel)]
    [InlineData("""{"error": {"type": "prompt_outputs_failed_validation", "message": "no"}, "node_errors": {"8": {"class_type": "CLIPTextEncode", "errors": [{"type": "required_input_missing", "details": "clip", "extra_info": {"input_name": "clip"}}]}}}""", "lacks an input (clip of node 8, CLIPTextEncode)", ErrorCode.ProviderRefused)]
    [InlineData("""{"error": {"type": "prompt_no_outputs", "message": "Prompt has no outputs", "details": ""}, "node_errors": {}}""", "\"Prompt has no outputs\"", ErrorCode.ProviderRefused)]
    public async Task A_refusal_names_the_node_and_what_to_do(string refusal, string words, ErrorCode code)
    {
        answers["/prompt"] = (400, refusal);

        var e = await Assert.ThrowsAsync<ProviderException>(() => SendAsync(Order("wan-2.2-i2v")));

        Assert.Contains(words, e.Message, StringComparison.Ordinal);
        Assert.Equal((code, Acceptance.No, false), (e.Code, e.Acceptance, e.IsPassing));
    }

    [Theory]
    [InlineData("pending", RemoteState.Waiting)]
    [InlineData("in_progress", RemoteState.Working)]
    [InlineData("something_new", RemoteState.Working)]
    [InlineData("cancelled", RemoteState.Canceled)]
    public async Task A_state_of_the_jobs_API_is_ours(string state, RemoteState means)
    {
        answers["/api/jobs/" + Id] = (200, $$"""{"id": "{{Id}}", "status": "{{state}}"}""");

        Assert.Equal(means, (await LookAsync()).State);
    }

    [Theory]
    [InlineData("[]", "[[0, \"{0}\", {}, {}, []]]", "{}", RemoteState.Waiting)]
    [InlineData("[[0, \"{0}\", {}, {}, []]]", "[]", "{}", RemoteState.Working)]
    [InlineData("[[0, \"somebody's\", {}, {}, []]]", "[]", "{}", RemoteState.Gone)]
    [InlineData("[]", "[]", """{"{0}": {"status": {"status_str": "error", "messages": [["execution_interrupted", {}]]}}}""", RemoteState.Canceled)]
    [InlineData("[]", "[]", """{"{0}": {"status": {"status_str": "success"}, "outputs": {"9": {"gifs": [{"filename": "a.mp4"}]}}}}""", RemoteState.Done)]
    public async Task A_server_of_before_is_asked_by_its_queue_and_its_history(
        string running,
        string pending,
        string history,
        RemoteState means)
    {
        answers["/queue"] = (200, $$"""{"queue_running": {{running}}, "queue_pending": {{pending}}}""".Replace("{0}", Id, StringComparison.Ordinal));
        answers["/history/" + Id] = (200, history.Replace("{0}", Id, StringComparison.Ordinal));

        Assert.Equal(means, (await LookAsync()).State);
    }

    [Fact]
    public async Task A_clip_is_known_by_its_name_wherever_it_stands_and_what_was_saved_comes_before_what_was_previewed()
    {
        answers["/api/jobs/" + Id] = (200, """
            {"status": "completed", "outputs": {"3": {"images": [{"filename": "p.mp4", "subfolder": "", "type": "temp"}]},
             "9": {"images": [{"filename": "a b&c.mp4", "subfolder": "i2v", "type": "output"}], "animated": [true]},
             "10": {"images": [{"filename": "last.png", "subfolder": "", "type": "output"}]}}}
            """);

        var status = await LookAsync();

        Assert.Equal("/view?filename=a%20b%26c.mp4&subfolder=i2v&type=output", Assert.Single(status.Outputs).Address!.PathAndQuery);
        Assert.Equal(0, status.CostUsd);
    }

    [Theory]
    [InlineData("""{"exception_type": "torch.OutOfMemoryError", "exception_message": "Allocation", "node_type": "KSampler"}""", "ran out of memory in KSampler")]
    [InlineData("""{"exception_type": "OSError", "exception_message": "[Errno 28] No space left on device", "node_type": "SaveVideo"}""", "is full: free space there")]
    [InlineData("""{"exception_type": "ValueError", "exception_message": "bad shape", "node_type": "VAEDecode"}""", "could not run wan-2.2-i2v (VAEDecode): \"bad shape\"")]
    public async Task A_failure_says_what_to_do(string error, string words)
    {
        answers["/api/jobs/" + Id] = (200, $$"""{"status": "failed", "execution_error": {{error}}}""");
        var byJobs = await LookAsync();
        answers.Remove("/api/jobs/" + Id);
        answers["/history/" + Id] = (200,
            $$"""{"{{Id}}": {"status": {"status_str": "error", "messages": [["execution_start", {}], ["execution_error", {{error}}]]} } }""");
        var byHistory = await LookAsync();

        Assert.All([byJobs, byHistory], s => Assert.Equal(RemoteState.Failed, s.State));
        Assert.All([byJobs, byHistory], s => Assert.Contains(words, s.Fault!.Message, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_workflow_that_saved_nothing_of_the_kind_says_what_it_left()
    {
        answers["/api/jobs/" + Id] = (200, """{"status": "completed", "outputs": {"9": {"images": [{"filename": "a.webp", "type": "output"}]}}}""");

        var fault = (await LookAsync()).Fault!;

        Assert.Contains("only a.webp", fault.Message, StringComparison.Ordinal);
        Assert.Contains("SaveVideo", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true, "[]", "/api/jobs/{0}/cancel")]
    [InlineData(false, "[[0, \"{0}\", {}, {}, []]]", "/api/jobs/{0}/cancel /queue /queue /interrupt")]
    [InlineData(false, "[[0, \"somebody's\", {}, {}, []]]", "/api/jobs/{0}/cancel /queue /queue")]
    public async Task Only_our_own_is_stopped(bool hasJobs, string running, string path)
    {
        answers[$"/api/jobs/{Id}/cancel"] = hasJobs ? (200, """{"cancelled": true}""") : (405, "405: Method Not Allowed");
        answers["/queue"] = (200, $$"""{"queue_running": {{running}}, "queue_pending": []}""".Replace("{0}", Id, StringComparison.Ordinal));
        answers["/interrupt"] = (200, "");
        await using var server = await LocalServer.StartAsync(AnswerAsync);

        await Provider(server.Origin).Provider.CancelAsync(new RemoteTask(Id), CancellationToken.None);

        Assert.Equal(path.Replace("{0}", Id, StringComparison.Ordinal), string.Join(' ', asked.Select(a => a.Path)));
        Assert.All(asked.Where(a => a.Path == "/interrupt"), a => Assert.Equal(Id, a.Body!["prompt_id"]!.GetValue<string>()));
    }

    [Theory]
    [InlineData(200, true)]
    [InlineData(404, false)]
    public async Task A_lost_submit_is_found_by_the_id_that_we_gave_it(int status, bool isFound)
    {
        answers["/api/jobs/" + Id] = (status, """{"status": "pending"}""");
        await using var server = await LocalServer.StartAsync(AnswerAsync);

        var found = await Provider(server.Origin).Provider.FindAsync(
            new LostRequest(Order("wan-2.2-i2v"), DateTimeOffset.UnixEpoch, null, _ => false),
            CancellationToken.None);

        Assert.Equal(isFound ? Id : null, found?.Id);
    }

    [Theory]
    [InlineData("""{"system": {"comfyui_version": "0.38.1"}}""", null, "ComfyUI 0.38.1 answers; free")]
    [InlineData("""{"hello": 1}""", "is no ComfyUI", null)]
    public async Task The_check_tells_the_version(string stats, string? refused, string? answered)
    {
        answers["/system_stats"] = (200, stats);
        await using var server = await LocalServer.StartAsync(AnswerAsync);
        var provider = Provider(server.Origin).Provider;

        var why = await provider.CheckKeyAsync(CancellationToken.None);

        Assert.True(refused is null ? why is null : why!.Contains(refused, StringComparison.Ordinal), why);
        Assert.True(answered is null || provider.Answered == answered, provider.Answered);
    }

    [Fact]
    public void Without_an_address_it_is_not_used_and_says_which_setting() => Assert.Contains(
        "I2V__Providers__ComfyUI__BaseUrl",
        Provider(null).Provider.UnavailableReason!,
        StringComparison.Ordinal);

    public void Dispose() => folder.Dispose();

    private static ProviderServices Provider(Uri? origin, bool allowsPartners = false) => ComfyUIRegistration.Descriptor.Create(
        new ProviderOptions
        {
            Name = "comfyui",
            BaseUrl = origin,
            ApiKey = new Secret("a-key-of-tests"),
            OwnSettings = new ComfyUISettings { AllowPartnerNodes = allowsPartners },
        },
        TimeProvider.System);

    private static GenerationOrder Order(string workflow) => new()
    {
        Key = Key,
        Capability = Capability.ImageToVideo,
        Model = Provider(null).Models.Rows().Single(m => m.Id == $"comfyui:{workflow}"),
        Settings = new ModelSettings { DurationSeconds = 5, Resolution = "720p", Size = new(718, 1279) },
        Prompt = "push in",
    };

    private async Task<JsonObject> SendAsync(GenerationOrder order, bool allowsPartners = false)
    {
        await using var server = await LocalServer.StartAsync(AnswerAsync);
        var provider = Provider(server.Origin, allowsPartners).Provider;
        var request = await provider.PrepareAsync(order, CancellationToken.None);
        await provider.SubmitAsync(request, CancellationToken.None);
        return asked[^1].Body!;
    }

    private async Task<RemoteStatus> LookAsync()
    {
        await using var server = await LocalServer.StartAsync(AnswerAsync);
        return await Provider(server.Origin).Provider.GetStatusAsync(new RemoteTask(Id), Order("wan-2.2-i2v"), CancellationToken.None);
    }

    private async Task AnswerAsync(HttpContext context)
    {
        var path = context.Request.Path.Value!;
        if (path == "/ws")
        {
            // Asked for beside the order, before or after any of it: this server has no socket.
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }
        var isJson = context.Request.ContentType?.StartsWith("application/json", StringComparison.Ordinal) == true;
        asked.Add((path, isJson ? (await JsonNode.ParseAsync(context.Request.Body))!.AsObject() : null));
        var usual = path switch
        {
            "/upload/image" => (200, """{"name": "given name.png", "subfolder": "", "type": "input"}"""),
            "/prompt" => (200, $$"""{"prompt_id": "{{Id}}", "number": 1, "node_errors": {} }"""),
            "/queue" => (200, """{"queue_running": [], "queue_pending": []}"""),
            _ when path.StartsWith("/object_info/", StringComparison.Ordinal) =>
                (200, $$"""{"{{path["/object_info/".Length..]}}": {"api_node": false} }"""),
            _ when path.StartsWith("/history/", StringComparison.Ordinal) => (200, "{}"),
            _ => (404, """{"error": "Job not found"}"""),
        };
        var (status, body) = answers.GetValueOrDefault(path, usual);
        context.Response.StatusCode = status;
        await context.Response.WriteAsync(body);
    }
}
