using System.Text.Json.Nodes;
using McpI2V.Engine;
using McpI2V.Engine.Catalogue;
using McpI2V.Engine.Providers;
using McpI2V.Media.Formats;

namespace McpI2V.Providers.Tests.Ark;

/// <summary>Clips as Ark gets them, and what its answers mean.</summary>
public sealed class AskingForAClip : IDisposable
{
    private const string Model = "ark:dreamina-seedance-2-0-260128";
    private const string Tasks = "/api/v3/contents/generations/tasks";
    private static readonly RemoteTask Taken = new("cgt-1", "api/v3/contents/generations/tasks");
    private readonly ArkServer ark = new();

    [Fact]
    public async Task A_clip_says_everything_that_costs_or_changes_it()
    {
        var body = await ark.SentAsync(ArkServer.Order(Model, Capability.ImageToVideo) with
        {
            Image = ark.Input("first"),
            EndImage = ark.Input("last", MediaFormat.Jpeg),
            Seed = 7,
        });

        var wanted = $$"""
            {"ratio":"adaptive","service_tier":"default","duration":5,"resolution":"720p","generate_audio":false,"seed":7,
             "model":"dreamina-seedance-2-0-260128","content":[{"type":"text","text":"push in"},
               {"type":"image_url","image_url":{"url":"{{ArkServer.Data("first")}}"},"role":"first_frame"},
               {"type":"image_url","image_url":{"url":"{{ArkServer.Data("last", "image/jpeg")}}"},"role":"last_frame"}],
             "watermark":false,"return_last_frame":false,"execution_expires_after":7200,"safety_identifier":"attempt1"}
            """;
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(wanted), body), body.ToJsonString());
    }

    [Fact]
    public async Task An_edit_names_its_clip_and_its_references_by_their_roles()
    {
        var order = ArkServer.Order("ark:dreamina-seedance-2-5-260628/edit", Capability.VideoEdit) with
        {
            Clip = ark.Input("clip", MediaFormat.Mp4),
            References = [ark.Input("a"), ark.Input("b")],
            Settings = new ModelSettings { DurationSeconds = 5.05, InputSeconds = 5.05, Resolution = "480p" },
        };

        var body = await ark.SentAsync(order);
        var named = await ark.SentAsync(order with { Prompt = "In video 1 let it snow" });

        Assert.Equal(
            ["", "reference_video", "reference_image", "reference_image"],
            body["content"]!.AsArray().Select(c => $"{c!["role"]}"));
        Assert.Equal("Edit Video 1: push in", $"{body["content"]![0]!["text"]}");
        Assert.Equal("In video 1 let it snow", $"{named["content"]![0]!["text"]}");
        Assert.Equal(ArkServer.Data("clip", "video/mp4"), $"{body["content"]![1]!["video_url"]!["url"]}");
        Assert.Equal(("dreamina-seedance-2-5-260628", "edit", 5), ($"{body["model"]}", $"{body["omni_reference_task_type"]}",
            (int)body["duration"]!));
    }

    [Theory]
    [InlineData(2, 4)]
    [InlineData(5.6, 6)]
    [InlineData(30.04, 30)]
    public async Task A_clip_of_any_length_is_edited_at_a_length_that_there_is(double seconds, int asked)
    {
        var body = await ark.SentAsync(ArkServer.Order("ark:dreamina-seedance-2-5-260628/edit", Capability.VideoEdit) with
        {
            Clip = ark.Input("clip", MediaFormat.Mp4),
            Settings = new ModelSettings { DurationSeconds = seconds, InputSeconds = seconds, Resolution = "480p" },
        });

        Assert.Equal(asked, (int)body["duration"]!);
    }

    [Theory]
    [InlineData(Model, "720p", "\"108000\"", 0.756)]
    [InlineData(Model, "1080p", "243000", 1.8711)]
    [InlineData(Model, "2160p", "972000", 3.888)]
    [InlineData("ark:dreamina-seedance-2-0-mini-260615", "720p", "108000", 0.378)]
    [InlineData("ark:dreamina-seedance-2-5-260628", "720p", "108000", 1.1556)]
    [InlineData("ark:dreamina-seedance-2-5-260628", "1080p", "243000", null)]
    [InlineData("ark:dreamina-seedance-2-5-260628/edit", "480p", "100000", 0.64)]
    public async Task It_is_settled_by_its_tokens_which_may_come_as_a_text(string model, string resolution, string tokens, double? usd)
    {
        var status = await LookAsync(
            $$$"""
            {"id":"cgt-1","status":"succeeded","content":{"video_url":"https://a.example/x.mp4"},"seed":9,
             "usage":{"total_tokens":{{{tokens}}},"completion_tokens":{{{tokens}}} } }
            """,
            ArkServer.Order(model, Capability.ImageToVideo) with { Settings = new ModelSettings { Resolution = resolution } });

        Assert.Equal((RemoteState.Done, 9L, (decimal?)usd), (status.State, status.Seed, status.CostUsd));
        Assert.Equal("https://a.example/x.mp4", Assert.Single(status.Outputs).Address!.AbsoluteUri);
    }

    // Tokens are (seconds that go in and come out) x width x height x 24 / 1024; sizes are those of the SDKs for the same models.
    [Theory]
    [InlineData("480p", 864, 496)]
    [InlineData("480p", 992, 432)]
    [InlineData("720p", 1280, 720)]
    [InlineData("720p", 1112, 834)]
    [InlineData("1080p", 1920, 1080)]
    [InlineData("1080p", 2206, 946)]
    [InlineData("2160p", 3840, 3840)]
    public void What_is_told_is_never_less_than_what_its_tokens_cost(string resolution, int width, int height)
    {
        foreach (var row in ArkServer.Rows(null).Where(r => r.Resolutions.Contains(resolution) && r.Price.Unit.EndsWith(
            "second",
            StringComparison.Ordinal)))
        {
            const double seconds = 5.05;
            var rates = row.Wire!.Own!["usd_per_million"];
            if ((rates![resolution] ?? rates["any"]) is not { } rate)
            {
                continue;
            }
            var (counted, settings) = row.Price.Unit == "second"
                ? (5, new ModelSettings { DurationSeconds = 5, Resolution = resolution })
                : (seconds + 5, new ModelSettings { InputSeconds = seconds, DurationSeconds = seconds, Resolution = resolution });
            var cost = (decimal)(counted * width * height * 24 / 1024 / 1_000_000) * rate.GetValue<decimal>();
            Assert.True(row.Price.For(settings) >= cost, $"{row.Id} at {resolution}: {row.Price.For(settings)} told, {cost} billed");
            Assert.True(resolution == "2160p" || row.Price.For(settings) <= cost * 1.25m, $"{row.Id}: told far too much");
        }
    }

    [Theory]
    [InlineData("queued", RemoteState.Waiting)]
    [InlineData("running", RemoteState.Working)]
    [InlineData("dreaming_anew", RemoteState.Working)]
    [InlineData("cancelled", RemoteState.Canceled)]
    [InlineData("expired", RemoteState.Failed)]
    public async Task A_word_that_is_not_known_is_no_end(string word, RemoteState means)
    {
        var status = await LookAsync($$"""{"id":"cgt-1","status":"{{word}}"}""");

        Assert.Equal(means, status.State);
        Assert.Equal(means is RemoteState.Canceled or RemoteState.Failed ? 0m : null, status.CostUsd);
    }

    [Theory]
    [InlineData("OutputVideoSensitiveContentDetected", ErrorCode.ProviderRefused, false, "safety check")]
    [InlineData("InputImageSensitiveContentDetected.PrivacyInformation", ErrorCode.ProviderRefused, false, "real person's face")]
    [InlineData("InputTextRiskDetection", ErrorCode.ProviderRefused, false, "safety check")]
    [InlineData("InternalServiceError", ErrorCode.ProviderFailed, true, "could not make it")]
    public async Task A_task_that_failed_says_why_and_costs_nothing(string code, ErrorCode means, bool mayFallBack, string words)
    {
        var status = await LookAsync($$$"""{"id":"cgt-1","status":"failed","error":{"code":"{{{code}}}","message":"no"}}""");

        Assert.Equal((means, mayFallBack, 0m), (status.Fault!.Code, status.Fault.MayFallBack, status.CostUsd));
        Assert.Contains(words, status.Fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(400, "InvalidParameter.duration", Acceptance.No, ErrorCode.ProviderFailed, false)]
    [InlineData(400, "InputTextSensitiveContentDetected", Acceptance.No, ErrorCode.ProviderRefused, false)]
    [InlineData(401, "AuthenticationError", Acceptance.No, ErrorCode.ProviderAuth, false)]
    [InlineData(403, "AccountOverdueError", Acceptance.No, ErrorCode.ProviderAuth, false)]
    [InlineData(404, "ModelNotOpen", Acceptance.No, ErrorCode.UnsupportedByModel, false)]
    [InlineData(404, "InvalidEndpointOrModel.NotFound", Acceptance.No, ErrorCode.UnsupportedByModel, false)]
    [InlineData(400, "InvalidEndpoint.ClosedEndpoint", Acceptance.No, ErrorCode.UnsupportedByModel, false)]
    [InlineData(429, "RateLimitExceeded.EndpointRPMExceeded", Acceptance.No, ErrorCode.ProviderRateLimited, true)]
    [InlineData(429, "ServerOverloaded", Acceptance.No, ErrorCode.ProviderRateLimited, true)]
    [InlineData(429, "QuotaExceeded", Acceptance.No, ErrorCode.ProviderRateLimited, false)]
    [InlineData(429, "SetLimitExceeded", Acceptance.No, ErrorCode.ProviderRateLimited, false)]
    [InlineData(500, "InternalServiceError", Acceptance.Unknown, ErrorCode.ProviderFailed, true)]
    [InlineData(503, "ServiceUnavailable", Acceptance.Unknown, ErrorCode.ProviderFailed, true)]
    public async Task Only_what_certainly_was_not_taken_may_be_sent_again(
        int status,
        string code,
        Acceptance acceptance,
        ErrorCode means,
        bool isPassing)
    {
        ark.Answers = _ => (status, $$$"""{"error":{"code":"{{{code}}}","message":"no","type":"BadRequest"}}""");

        var e = await Assert.ThrowsAsync<ProviderException>(
            () => ark.SentAsync(ArkServer.Order(Model, Capability.ImageToVideo) with { Image = ark.Input("first") }));

        Assert.Equal((acceptance, means, isPassing), (e.Acceptance, e.Code, e.IsPassing));
    }

    [Fact]
    public async Task A_lost_request_is_found_by_the_key_that_it_carried_on_whatever_page()
    {
        const string mine = """{"id":"cgt-mine","safety_identifier":"attempt1"}""";
        var others = string.Join(',', Enumerable.Range(0, 200).Select(i => $$"""{"id":"cgt-{{i}}","safety_identifier":"x{{i}}"}"""));
        ark.Answers = request => (200, request.Query["page_num"] == "1"
            ? $$"""{"items":[{{others}}],"total":202}"""
            : $$"""{"items":[{"id":"cgt-taken","safety_identifier":"attempt1"},{{mine}}],"total":202}""");

        var found = await ark.WithAsync(p => p.FindAsync(Lost("attempt1"), CancellationToken.None));
        var none = await ark.WithAsync(p => p.FindAsync(Lost("another"), CancellationToken.None));

        Assert.Equal("cgt-mine", found!.Id);
        Assert.Null(none);

        static LostRequest Lost(string key) => new(
            ArkServer.Order(Model, Capability.ImageToVideo) with { Key = key },
            DateTimeOffset.UnixEpoch,
            null,
            id => id == "cgt-taken");
    }

    [Theory]
    [InlineData("queued", true)]
    [InlineData("running", false)]
    [InlineData("succeeded", false)]
    public async Task Only_what_waits_is_cancelled_for_elsewhere_it_would_delete_a_paid_clip(string status, bool isAsked)
    {
        ark.Answers = _ => (200, $$"""{"id":"cgt-1","status":"{{status}}"}""");

        var refused = await ark.WithAsync(async p => await Record.ExceptionAsync(() => p.CancelAsync(Taken, CancellationToken.None)));

        Assert.Equal(isAsked, ark.Asked.Contains(("DELETE", Tasks + "/cgt-1", null)));
        Assert.Equal(isAsked, refused is null);
        Assert.NotEqual(true, (refused as ProviderException)?.IsPassing);
    }

    public void Dispose() => ark.Dispose();

    private Task<RemoteStatus> LookAsync(string body, GenerationOrder? order = null)
    {
        ark.Answers = _ => (200, body);
        return ark.WithAsync(p => p.GetStatusAsync(
            Taken,
            order ?? ArkServer.Order(Model, Capability.ImageToVideo),
            CancellationToken.None));
    }
}
