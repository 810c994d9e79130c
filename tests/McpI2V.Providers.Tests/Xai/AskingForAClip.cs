using System.Text.Json.Nodes;
using McpI2V.Engine;
using McpI2V.Engine.Catalogue;
using McpI2V.Engine.Providers;
using McpI2V.Media.Formats;

namespace McpI2V.Providers.Tests.Xai;

/// <summary>Clips as xAI gets them, and what its answers mean.</summary>
public sealed class AskingForAClip : IDisposable
{
    private const string Lite = "grok-imagine-video-1.5-lite";
    private const string Kept = "\"storage_options\":{\"filename\":\"attempt-1.mp4\",\"expires_after\":86400}";
    private readonly XaiServer xai = new();

    [Fact]
    public async Task A_clip_says_everything_that_costs_or_changes_it_and_how_it_is_kept()
    {
        var (path, body) = await xai.SentAsync(XaiServer.Order("grok-imagine-video-1.5") with
        {
            Image = xai.Input("first"),
            EndImage = xai.Input("last", MediaFormat.Jpeg),
            Seed = 7,
        });

        var wanted = $$"""
            {"model":"grok-imagine-video-1.5","prompt":"push in","image":{"url":"{{XaiServer.Data("first")}}"},
             "last_frame":{"url":"{{XaiServer.Data("last", "image/jpeg")}}"},"duration":5,"resolution":"720p",
             "generate_audio":false,{{Kept}}}
            """;
        Assert.Equal("/v1/videos/generations", path);
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(wanted), body), body.ToJsonString());
    }

    [Fact]
    public async Task References_go_beside_the_first_frame_or_with_it_where_the_model_takes_none()
    {
        var order = XaiServer.Order("grok-imagine-video-1.5/reference-to-video") with
        {
            Image = xai.Input("first"),
            References = [xai.Input("a"), xai.Input("b")],
        };
        var old = XaiServer.Order("grok-imagine-video/reference-to-video");

        var (_, beside) = await xai.SentAsync(order);
        var (_, together) = await xai.SentAsync(order with { Model = old.Model, Settings = old.Settings with { AspectRatio = "9:16" } });

        Assert.Equal(XaiServer.Data("first"), $"{beside["image"]!["url"]}");
        Assert.Equal(["a", "b"], Handles(beside));
        Assert.Null(together["image"]);
        Assert.Equal(["first", "a", "b"], Handles(together));
        Assert.Equal("9:16", $"{together["aspect_ratio"]}");

        static IEnumerable<string> Handles(JsonObject body) => body["reference_images"]!.AsArray()
            .Select(r => System.Text.Encoding.UTF8.GetString(Convert.FromBase64String($"{r!["url"]}".Split(',')[1])));
    }

    [Theory]
    [InlineData("grok-imagine-video/edit", Capability.VideoEdit, "/v1/videos/edits", "")]
    [InlineData("grok-imagine-video/extend", Capability.VideoExtend, "/v1/videos/extensions", "\"duration\":5,")]
    public async Task A_clip_that_goes_in_is_a_file_of_the_account_and_is_sent_once(
        string model,
        Capability capability,
        string way,
        string more)
    {
        xai.Answers = r => (200, r.Path == "/v1/files" ? """{"id":"file_1"}""" : """{"request_id":"r1"}""");

        var (path, body) = await xai.SentAsync(XaiServer.Order(model, capability) with { Clip = xai.Input("clip", MediaFormat.Mp4) });

        var wanted = $$"""{"model":"grok-imagine-video","prompt":"push in","video":{"file_id":"file_1"},{{more}}{{Kept}}}""";
        Assert.Equal(way, path);
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(wanted), body), body.ToJsonString());
        var form = Assert.Single(xai.Asked, a => a.Path == "/v1/files").Body;
        // What comes after the file is not heeded.
        Assert.InRange(form.IndexOf("expires_after", StringComparison.Ordinal), 0, form.IndexOf("filename", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Nothing_is_kept_where_the_user_wants_it_so_and_nothing_is_looked_for_then()
    {
        xai.KeepHours = 0;

        var (_, body) = await xai.SentAsync(XaiServer.Order(Lite) with { Image = xai.Input("first") });
        var found = await xai.WithAsync(p => p.FindAsync(Lost(), CancellationToken.None));

        Assert.Null(body["storage_options"]);
        Assert.Null(found);
        Assert.DoesNotContain(xai.Asked, a => a.Path.StartsWith("/v1/files", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(200, """{"status":"pending","progress":50}""", RemoteState.Working, 0.5)]
    [InlineData(202, """{"status":"pending"}""", RemoteState.Working, null)]
    [InlineData(202, "", RemoteState.Working, null)]
    [InlineData(202, "<p>later</p>", RemoteState.Working, null)]
    [InlineData(200, """{"status":"dreaming_anew","progress":-4}""", RemoteState.Working, null)]
    [InlineData(200, """{"video":{"url":"https://a.example/x.mp4"}}""", RemoteState.Done, null)]
    [InlineData(404, """{"code":"not found","error":"Deferred request not found"}""", RemoteState.Gone, null)]
    [InlineData(200, """{"status":"expired"}""", RemoteState.Gone, null)]
    public async Task A_word_that_is_not_known_is_no_end_and_202_may_say_nothing(
        int status,
        string body,
        RemoteState means,
        double? progress)
    {
        var now = await LookAsync(status, body);

        Assert.Equal((means, progress), (now.State, now.Progress));
    }

    [Theory]
    [InlineData("1600000000", 0.16)]
    [InlineData("\"1600000000\"", 0.16)]
    [InlineData("1.6e9", 0.16)]
    [InlineData("0", 0.0)]
    [InlineData("-5", null)]
    [InlineData("null", null)]
    public async Task It_is_settled_by_ticks_of_which_ten_thousand_million_are_a_dollar(string ticks, double? usd)
    {
        var done = await LookAsync(
            200,
            $$$"""{"status":"done","video":{"url":"https://a.example/x.mp4"},"usage":{"cost_in_usd_ticks":{{{ticks}}} } }""");

        Assert.Equal((RemoteState.Done, (decimal?)usd), (done.State, done.CostUsd));
        Assert.Equal("https://a.example/x.mp4", Assert.Single(done.Outputs).Address!.AbsoluteUri);
    }

    [Theory]
    [InlineData(""" "usage":{"cost_in_usd_ticks":900000000},""", 0.09)]
    [InlineData("", 0.16)]
    public async Task What_moderation_holds_back_is_charged_and_said(string usage, double usd)
    {
        var failed = await LookAsync(200, $$$"""{"status":"done",{{{usage}}}"video":{"respect_moderation":false}}""");

        Assert.Equal((RemoteState.Failed, (decimal)usd, false), (failed.State, failed.CostUsd, failed.Fault!.MayFallBack));
        Assert.Equal(ErrorCode.ProviderRefused, failed.Fault.Code);
        Assert.Contains("charges for it", failed.Fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("invalid_argument", "rejected by content moderation", ErrorCode.ProviderRefused, false, 0.05)]
    [InlineData("invalid_argument", "the picture can't be read", ErrorCode.ProviderRefused, true, 0)]
    [InlineData("permission_denied", "no", ErrorCode.ProviderAuth, true, 0)]
    [InlineData("failed_precondition", "no 1080p here", ErrorCode.UnsupportedByModel, true, 0)]
    [InlineData("service_unavailable", "busy", ErrorCode.ProviderFailed, true, 0)]
    [InlineData("internal_error", "oops", ErrorCode.ProviderFailed, true, 0)]
    public async Task A_clip_that_was_not_made_says_why_and_what_it_cost(
        string code,
        string words,
        ErrorCode means,
        bool mayFallBack,
        double usd)
    {
        var failed = await LookAsync(200, $$$"""{"status":"failed","error":{"code":"{{{code}}}","message":"{{{words}}}"}}""");

        Assert.Equal((means, mayFallBack, (decimal)usd), (failed.Fault!.Code, failed.Fault.MayFallBack, failed.CostUsd));
        Assert.Contains(words, failed.Fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(400, "invalid_argument", "duration must be at most 15", Acceptance.No, ErrorCode.ProviderFailed, false)]
    [InlineData(422, "unprocessable", "no such member", Acceptance.No, ErrorCode.ProviderFailed, false)]
    [InlineData(400, "invalid argument", "Incorrect API key provided: xa***", Acceptance.No, ErrorCode.ProviderAuth, false)]
    [InlineData(401, "unauthenticated", "no", Acceptance.No, ErrorCode.ProviderAuth, false)]
    [InlineData(403, "denied", "no", Acceptance.No, ErrorCode.ProviderAuth, false)]
    [InlineData(400, "failed_precondition", "1080p is not available", Acceptance.No, ErrorCode.UnsupportedByModel, false)]
    [InlineData(404, "not found", "The model grok-9 does not exist", Acceptance.No, ErrorCode.UnsupportedByModel, false)]
    [InlineData(429, "exhausted", "too many requests", Acceptance.No, ErrorCode.ProviderRateLimited, true)]
    [InlineData(429, "exhausted", "your team has used all available credits", Acceptance.No, ErrorCode.ProviderAuth, false)]
    [InlineData(500, "internal", "oops", Acceptance.Unknown, ErrorCode.ProviderFailed, true)]
    [InlineData(503, "unavailable", "content moderation is down", Acceptance.Unknown, ErrorCode.ProviderFailed, true)]
    public async Task Only_what_certainly_was_not_taken_may_be_sent_again(
        int status,
        string code,
        string words,
        Acceptance acceptance,
        ErrorCode means,
        bool isPassing)
    {
        foreach (var body in new[]
            {
                $$$"""{"code":"{{{code}}}","error":"{{{words}}}"}""",
                $$$"""{"error":{"code":"{{{code}}}","message":"{{{words}}}","type":"x","param":null}}""",
            })
        {
            xai.Answers = _ => (status, body);

            var e = await Assert.ThrowsAsync<ProviderException>(
                () => xai.SentAsync(XaiServer.Order(Lite) with { Image = xai.Input("first") }));

            Assert.Equal((acceptance, means, isPassing, 0m), (e.Acceptance, e.Code, e.IsPassing, e.FeeUsd));
        }
    }

    [Theory]
    [InlineData("", 0.05)]
    [InlineData(""","usage":{"cost_in_usd_ticks":200000000}""", 0.02)]
    public async Task A_request_that_moderation_refuses_at_once_has_a_fee(string usage, double usd)
    {
        xai.Answers = _ => (400, $$"""{"code":"invalid_argument","error":"violates our usage guidelines"{{usage}}}""");

        var e = await Assert.ThrowsAsync<ProviderException>(
            () => xai.SentAsync(XaiServer.Order(Lite) with { Image = xai.Input("first") }));

        Assert.Equal((ErrorCode.ProviderRefused, Acceptance.No, false, (decimal)usd), (e.Code, e.Acceptance, e.MayFallBack, e.FeeUsd));
        Assert.Contains($"charges ${usd:0.00}", e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"data\":[{\"id\":\"f0\",\"filename\":\"others.mp4\"},null,{\"id\":\"f1\",\"filename\":\"attempt-1.mp4\"}]", "f1")]
    [InlineData("\"data\":[{\"id\":\"f0\",\"filename\":\"others.mp4\"}]", null)]
    [InlineData("\"data\":null", null)]
    public async Task A_lost_request_is_found_by_the_name_of_its_clip_once_that_is_made(string list, string? id)
    {
        xai.Answers = _ => (200, $"{{{list}}}");

        var found = await xai.WithAsync(p => p.FindAsync(Lost(), CancellationToken.None));

        Assert.Equal(id, found?.Id);
        Assert.Contains("filter=name%20%3D%20%22attempt-1.mp4%22", xai.Asked[^1].Path, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_list_is_read_to_its_end_where_the_filter_is_not_heeded()
    {
        xai.Answers = r => (200, r.Query.ContainsKey("pagination_token")
            ? """{"data":[{"id":"f1","filename":"attempt-1.mp4"}]}"""
            : """{"data":[{"id":"f0","filename":"others.mp4"}],"pagination_token":"p 2"}""");

        var found = await xai.WithAsync(p => p.FindAsync(Lost(), CancellationToken.None));
        var status = await xai.WithAsync(p => p.GetStatusAsync(found!, XaiServer.Order(Lite), CancellationToken.None));

        Assert.Equal(("f1", RemoteState.Done, null), (found!.Id, status.State, status.CostUsd));
        Assert.EndsWith("/v1/files/f1/content", Assert.Single(status.Outputs).Address!.AbsoluteUri, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_clip_whose_address_has_ended_or_that_expired_comes_from_the_accounts_files()
    {
        xai.Answers = r => r.Path.Value! switch
        {
            "/v1/videos/r1" => (200, $$$"""
                {"status":"done","video":{"url":"http://{{{r.Host}}}/ended.mp4","file_output":{"file_id":"f 1","filename":"attempt-1.mp4"} } }
                """),
            "/v1/videos/r2" => (200, """{"status":"expired"}"""),
            "/v1/files" => (200, """{"data":[{"id":"f 1","filename":"attempt-1.mp4"}]}"""),
            "/v1/files/f 1/content" => (200, "the clip"),
            _ => (403, "ended"),
        };

        var expired = await xai.WithAsync(async provider =>
        {
            var done = await provider.GetStatusAsync(new RemoteTask("r1"), XaiServer.Order(Lite), CancellationToken.None);
            await provider.FetchAsync(done.Outputs[0], xai.PathOf("fetched"), CancellationToken.None);
            return await provider.GetStatusAsync(new RemoteTask("r2"), XaiServer.Order(Lite), CancellationToken.None);
        });

        Assert.Equal("the clip", await File.ReadAllTextAsync(xai.PathOf("fetched")));
        Assert.Contains(xai.Asked, a => a.Path == "/ended.mp4");
        Assert.Equal(RemoteState.Done, expired.State);
    }

    [Theory]
    [InlineData("""{"team_blocked":true}""", "team_blocked")]
    [InlineData("""{"api_key_disabled":true,"team_blocked":false}""", "api_key_disabled")]
    public async Task A_key_that_is_closed_says_so_before_anything_is_sent(string answer, string words)
    {
        xai.Key = answer;

        var e = await Assert.ThrowsAsync<ProviderException>(
            () => xai.SentAsync(XaiServer.Order(Lite) with { Image = xai.Input("first") }));

        Assert.Equal((ErrorCode.ProviderAuth, Acceptance.No), (e.Code, e.Acceptance));
        Assert.Contains(words, e.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(xai.Asked, a => a.Method == "POST");
    }

    public void Dispose() => xai.Dispose();

    private static LostRequest Lost() => new(XaiServer.Order(Lite), DateTimeOffset.UnixEpoch, null, _ => false);

    // Nothing is among the files.
    private Task<RemoteStatus> LookAsync(int status, string body)
    {
        xai.Answers = r => r.Path == "/v1/files" ? (200, """{"data":[]}""") : (status, body);
        var order = XaiServer.Order(Lite);
        return xai.WithAsync(p => p.GetStatusAsync(
            new RemoteTask("r1"),
            order with { Settings = order.Settings with { InputStills = 1 } },
            CancellationToken.None));
    }
}
