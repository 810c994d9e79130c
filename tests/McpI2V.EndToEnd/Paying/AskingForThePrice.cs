using System.Text.Json;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;

namespace McpI2V.EndToEnd.Paying;

/// <summary>Money before it is spent: plans, limits, consent.</summary>
public sealed class AskingForThePrice
{
    private static readonly object Dear = new { prompt = "slow push in", model = "kling-3", duration_seconds = 10 };

    [Fact]
    public async Task A_dry_run_says_the_price_and_spends_nothing()
    {
        await using var simulators = await SimulatedProviders.StartAsync();
        using var library = new TestLibrary();
        var photo = await TestMedia.StillAsync(library);
        await using var assistant = await Assistant.StartAsync(library, simulators.Settings());

        var plan = (await assistant.CallAsync(
            "batch_variants",
            new
            {
                images = new[] { photo },
                prompts = new[] { "push in", "pan left" },
                models = new[] { "kling-3" },
                duration_seconds = 5,
                takes = 3,
                dry_run = true,
            })).ShouldSucceed();

        // At Pika, whose price of it is the least (its catalogue).
        Assert.Equal(6 * 5 * 0.068m, plan.Structured["batch"]!["estimated_cost_usd"]!.GetValue<decimal>());
        Assert.Empty(await simulators.TasksAsync());
        Assert.Equal(0, LibraryAudit.Reserved(library));
    }

    [Fact]
    public async Task An_instruction_for_what_no_editor_does_is_answered_with_the_operation_and_sent_only_as_said()
    {
        await using var simulators = await SimulatedProviders.StartAsync(jobSeconds: 0.1, shortSide: 120);
        using var library = new TestLibrary();
        var clip = await TestMedia.ClipAsync(library);
        await using var assistant = await Assistant.StartAsync(library, simulators.Settings("Fal"));

        (await assistant.CallAsync("edit_clip", new { clip, instruction = "make it 4K" })).ShouldBe(
            "unsupported_by_model",
            "\"op\":\"scale\",\"resolution\":\"2160p\"",
            "as_said",
            "Nothing was made or spent");
        Assert.Empty(await simulators.TasksAsync());
        (await assistant.CallAsync(
            "edit_clip",
            new { clip, instruction = "make it 4K", options = new { as_said = true } })).ShouldSucceed();
        Assert.Single(await simulators.TasksAsync());
    }

    [Fact]
    public async Task A_limit_of_the_call_and_the_days_budget_are_kept()
    {
        await using var simulators = await SimulatedProviders.StartAsync();
        using var library = new TestLibrary();
        var photo = await TestMedia.StillAsync(library);
        await using var assistant = await Assistant.StartAsync(library, [.. simulators.Settings("Fal"), ("I2V__Budget__DailyUsd", "1")]);

        (await assistant.CallAsync(
            "animate_image",
            new { image = photo, prompt = "push in", model = "kling-3", duration_seconds = 10, max_cost_usd = 0.5 })).ShouldBe(
                "over_budget",
                "$0.84",
                "max_cost_usd",
                "Nothing was spent");
        (await assistant.CallAsync(
            "animate_image",
            new { image = photo, prompt = "push in", duration_seconds = 3, quality = "best", max_cost_usd = 0.01 })).ShouldBe(
                "over_budget",
                "max_cost_usd is 0.01",
                "model local-camera is free");
        (await assistant.CallAsync(
            "animate_image",
            new { image = photo, prompt = "push in", model = "kling-3", duration_seconds = 10 })).ShouldSucceed();
        (await assistant.CallAsync(
            "animate_image",
            new { image = photo, prompt = "pan left", model = "kling-3", duration_seconds = 10 })).ShouldBe(
                "over_budget",
                "I2V__Budget__DailyUsd",
                "today");
        Assert.Single(await simulators.TasksAsync());
        var found = (await assistant.CallAsync("find_assets", new { kind = "clip" })).ShouldSucceed();
        Assert.Contains("$0.80", found.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_way_to_ask_the_assistant_is_told_what_to_say()
    {
        await using var simulators = await SimulatedProviders.StartAsync();
        using var library = new TestLibrary();
        var photo = await TestMedia.StillAsync(library);
        await using var assistant = await Assistant.StartAsync(
            library,
            [.. simulators.Settings("Fal"), ("I2V__Budget__ApproveAboveUsd", "0.5")]);

        (await assistant.CallAsync("animate_image", With(photo, Dear))).ShouldBe(
            "approval_required",
            "$0.84 for 1 clip of 10 s with kling-3, 720p",
            "Tell the user",
            "approve_usd 0.84",
            "Nothing was spent");
        (await assistant.CallAsync(
            "animate_image",
            With(photo, new { prompt = "slow push in", model = "kling-3", duration_seconds = 10, approve_usd = 0.84 }))).ShouldSucceed();
    }

    [Theory]
    [InlineData("2025-11-25", "accept", true)]
    [InlineData("2025-11-25", "decline", false)]
    [InlineData("2026-07-28", "accept", true)]
    [InlineData("2026-07-28", "cancel", false)]
    public async Task A_client_that_can_ask_asks_the_user(string protocol, string action, bool isMade)
    {
        await using var simulators = await SimulatedProviders.StartAsync();
        using var library = new TestLibrary();
        var photo = await TestMedia.StillAsync(library);
        List<string> asked = [];
        var options = new McpClientOptions
        {
            ClientInfo = new Implementation { Name = "asks", Version = "1" },
            ProtocolVersion = protocol,
            Handlers = new McpClientHandlers
            {
                ElicitationHandler = (request, _) =>
                {
                    asked.Add(request!.Message);
                    return ValueTask.FromResult(new ElicitResult
                    {
                        Action = action,
                        Content = action == "accept"
                            ? new Dictionary<string, JsonElement> { ["approve"] = JsonSerializer.SerializeToElement(true) }
                            : null,
                    });
                },
            },
        };
        await using var assistant = await Assistant.StartAsync(
            library,
            options,
            [.. simulators.Settings("Fal"), ("I2V__Budget__ApproveAboveUsd", "0.5")]);

        var answer = await assistant.CallAsync("animate_image", With(photo, Dear));

        Assert.Contains("$0.84 for 1 clip of 10 s with kling-3, 720p", Assert.Single(asked), StringComparison.Ordinal);
        if (isMade)
        {
            answer.ShouldSucceed();
            Assert.Single(await simulators.TasksAsync());
        }
        else
        {
            answer.ShouldBe("canceled", "did not", "Nothing was spent");
            Assert.Empty(await simulators.TasksAsync());
        }
    }

    [Fact]
    public async Task The_ledger_is_printed_as_a_table_and_as_CSV()
    {
        await using var simulators = await SimulatedProviders.StartAsync();
        using var library = new TestLibrary();
        var photo = await TestMedia.StillAsync(library);
        await using (var assistant = await Assistant.StartAsync(library, simulators.Settings("Fal")))
        {
            (await assistant.CallAsync(
                "batch_variants",
                new { name = "autumn", images = new[] { photo }, prompts = new[] { "push in", "pan left" }, models = new[]
                {
                    "wan-2.2-turbo",
                }, wait_seconds = 60 })).ShouldSucceed();
        }
        Dictionary<string, string> environment = new() { ["I2V_HOME"] = library.Home };

        var (code, table, _) = await Shell.RunAsync(Assistant.ProgramPath, "doctor --spend", environment);
        var (_, csv, _) = await Shell.RunAsync(Assistant.ProgramPath, "doctor --spend --csv", environment);

        Assert.Equal(0, code);
        Assert.Contains("batch-1 autumn", table, StringComparison.Ordinal);
        var spent = (await simulators.BillAsync()).Sum(b => b.Usd);
        Assert.Contains(
            FormattableString.Invariant($",2,{spent:0.0##},0"),
            csv.Replace(".80,", ".8,", StringComparison.Ordinal),
            StringComparison.Ordinal);
        Assert.StartsWith("day,provider,model,batch,jobs,spent_usd,reserved_usd", csv, StringComparison.Ordinal);
    }

    private static Dictionary<string, object?> With(string photo, object arguments)
    {
        var all = JsonSerializer.SerializeToElement(arguments).EnumerateObject().ToDictionary(p => p.Name, p => (object?)p.Value);
        all["image"] = photo;
        return all;
    }
}
