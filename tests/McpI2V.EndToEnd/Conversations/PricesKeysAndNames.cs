using McpI2V.EndToEnd.Conversations.Desks;

namespace McpI2V.EndToEnd.Conversations;

/// <summary>What it costs, who makes it, and what is done where one is out.</summary>
public sealed class PricesKeysAndNames(PaidRoom room) : Group<PaidRoom>(room, "prices-keys-and-names", "Prices, keys and names")
{
    [Theory]
    [InlineData(Way.Stdio)]
    public async Task At_most_34_cents(Way way)
    {
        var ask = await AskAsync(way, "11", "Animate it, for at most $0.34.", 1);
        var before = (await ask.Desk.Vendors!.BillAsync()).Sum(b => b.Usd);

        var clip = (await ask.CallAsync("animate_image", new
        {
            image = await ask.Desk.BottleAsync(),
            prompt = "Steam rises, slow push in",
            max_cost_usd = 0.34,
            wait_seconds = 200,
        })).ShouldSucceed();

        var billed = (await ask.Desk.Vendors.BillAsync()).Sum(b => b.Usd) - before;
        Assert.Equal(billed, clip.Structured["job"]!["cost_usd"]!.GetValue<decimal>());
        Assert.True(
            billed <= 0.34m || clip.Text.Split('\n')[0].Contains("max_cost_usd was $0.34", StringComparison.Ordinal),
            $"${billed} was billed: {clip.Text}");
        ask.Done("a model below the limit was taken; that its vendor billed more is the first line.");
    }

    [Theory]
    [ClassData(typeof(BothWays))]
    public async Task Use_Sora_2_for_five_seconds(Way way)
    {
        var ask = await AskAsync(way, "12", "Five seconds with Sora 2.", 1);
        object Shot(object more) => With(new { prompt = "Steam rises, slow push in", model = "Sora 2", dry_run = true }, more);

        var first = await ask.CallAsync("animate_image", Shot(new { image = await ask.Desk.BottleAsync(), duration_seconds = 5 }));
        if (first.IsError)
        {
            first.ShouldBe("invalid_argument", "4, 8");
            await ask.CallAsync("animate_image", Shot(new { image = await ask.Desk.BottleAsync(), duration_seconds = 4 }));
        }
        else
        {
            Assert.Matches("4 s", first.Text);
        }
        ask.Done("planned with who has it now, at a length that it makes.");
    }

    [Theory]
    [InlineData("Runway Gen-4.5", "gen-4.5")]
    [InlineData("Seedance 2.0", "seedance-2")]
    [InlineData("PixVerse V5.6", "pixverse-5.6")]
    [InlineData("Hunyuan Video", "hunyuan-video-1.5")]
    [InlineData("Gemini Omni Flash", "omni-flash-1.2")]
    [InlineData("MiniMax Hailuo 3", "hailuo-3")]
    [InlineData("Google Veo 3.1", "veo-3.1")]
    [InlineData("Kling 3.0", "kling-3")]
    [InlineData("Kling O3", "kling-o3")]
    [InlineData("Wan 2.1", "wan-2.1")]
    [InlineData("LTX 2.3", "ltx-2.3")]
    [InlineData("Vidu Q3", "vidu-q3")]
    [InlineData("Grok Imagine", "grok-imagine")]
    [InlineData("Ray 3.2", "ray-3.2")]
    [InlineData("Pika 2.2", "pika-2.2")]
    [InlineData("Luma Ray3", "ray-3.2")]
    [InlineData("Pika 2.5", "pika-2.5")]
    [InlineData("Adobe Firefly", "firefly-video-1")]
    [InlineData("Hedra", "hedra-character-3")]
    [InlineData("Higgsfield", "higgsfield-dop")]
    public async Task The_model_from_the_article(string spoken, string alias)
    {
        var ask = await AskAsync(Way.Stdio, "13", $"Use {spoken}, as in the article.", 1);

        var answer = await ask.CallAsync("animate_image", new
        {
            image = await ask.Desk.BottleAsync(),
            prompt = "Steam rises, slow push in",
            model = spoken,
            dry_run = true,
        });

        Assert.Contains(alias, answer.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("not in the catalogue", answer.Text, StringComparison.Ordinal);
        if (!answer.IsError)
        {
            ask.Done($"it is {alias} here.");
        }
        else if (answer.Text.StartsWith("unsupported_by_model", StringComparison.Ordinal))
        {
            Assert.Contains("audio", answer.Text, StringComparison.Ordinal);
            ask.Needs($"it is {alias} here, which speaks: a voice is needed.");
        }
        else
        {
            Assert.Contains("Nearest here: ", answer.Text, StringComparison.Ordinal);
            ask.Needs($"it is not offered here; where it lives is told, and that {alias} comes nearest.");
        }
    }

    [Theory]
    [InlineData("Flux", "flux-3-image")]
    [InlineData("Seedream 4.5", "seedream-4.5")]
    [InlineData("Qwen Image", "qwen-image-2")]
    [InlineData("Nano Banana Pro", "nano-banana-pro")]
    [InlineData("GPT Image 2", "gpt-image-2")]
    [InlineData("Google Imagen 4", "imagen-4")]
    public async Task The_model_of_stills_from_the_article(string spoken, string alias)
    {
        var ask = await AskAsync(Way.Stdio, "13", $"A still with {spoken}, as in the article.", 1);

        var answer = await ask.CallAsync(
            "generate_still",
            new { prompt = "a bottle on marble", model = spoken, dry_run = true });

        Assert.Contains(alias, answer.ShouldSucceed().Text, StringComparison.Ordinal);
        ask.Done($"it is {alias} here.");
    }

    [Theory]
    [ClassData(typeof(BothWays))]
    public async Task What_would_it_cost(Way way)
    {
        var ask = await AskAsync(way, "14", "What would ten seconds with Kling 3 cost?", 1);
        var before = (await ask.Desk.Vendors!.TasksAsync()).Count;

        var plan = (await ask.CallAsync("animate_image", new
        {
            image = await ask.Desk.BottleAsync(),
            prompt = "Steam rises, slow push in",
            model = "Kling 3",
            duration_seconds = 10,
            dry_run = true,
        })).ShouldSucceed();

        Assert.Contains("$0.84", plan.Text, StringComparison.Ordinal);
        Assert.Contains("Nothing was made or spent", plan.Text, StringComparison.Ordinal);
        Assert.Equal(before, (await ask.Desk.Vendors.TasksAsync()).Count);
        ask.Done("a price, for what it is, and nothing sent.");
    }

    [Theory]
    [InlineData(Way.Stdio)]
    public async Task My_key_is_wrong(Way way)
    {
        await using var desk = await Desk.OpenAsync(
            way,
            isPaid: true,
            _ => [(SimulatedProviders.KeyOf("Fal"), "wrong-key-123456789"), ("I2V__Routes__Order", "fal")]);
        var ask = At(desk, way, "24", "Animate it. (The key of fal is wrong, others are right.)", 1);

        var clip = (await ask.CallAsync("animate_image", Shot(await desk.BottleAsync()))).ShouldSucceed();

        Assert.Contains("FAL_KEY", clip.Text, StringComparison.Ordinal);
        Assert.NotEqual("fal", clip.Structured["job"]!["provider"]!.GetValue<string>());
        ask.Done("another vendor makes it, and the key that is refused is told.");
    }

    [Theory]
    [InlineData(Way.Stdio)]
    public async Task The_wifi_died(Way way)
    {
        await using var desk = await Desk.OpenAsync(way, isPaid: true, _ =>
        [
            ("I2V__Providers__Fal__BaseUrl", "http://127.0.0.1:1"),
            ("I2V__Routes__Order", "fal"),
        ]);
        var ask = At(desk, way, "25", "Animate it. (Nothing at fal can be reached.)", 1);

        var clip = (await ask.CallAsync("animate_image", Shot(await desk.BottleAsync()))).ShouldSucceed();

        Assert.Contains("fal could not be reached", clip.Text, StringComparison.Ordinal);
        Assert.Single(
            clip.Structured["job"]!["attempts"]!.AsArray(),
            a => a!["provider"]!.GetValue<string>() == "fal");
        ask.Done("one try at the host, then another vendor; both are told.");
    }

    [Theory]
    [InlineData(Way.Stdio)]
    public async Task A_price_above_two_dollars(Way way)
    {
        await using var desk = await Desk.OpenAsync(way, isPaid: true, _ => [("I2V__Budget__ApproveAboveUsd", "2")]);
        var ask = At(desk, way, "36", "Eight seconds with Veo 3.1, with sound. ... Yes, that price is fine.", 2);
        var shot = new
        {
            image = await desk.BottleAsync(),
            prompt = "Steam rises, slow push in",
            model = "veo-3.1",
            duration_seconds = 8,
            audio = "native",
            wait_seconds = 200,
        };

        var asked = (await ask.CallAsync("animate_image", shot)).ShouldBe("approval_required", "8 s", "veo-3.1", "$3.20", "approve_usd");
        (await ask.CallAsync("animate_image", With(shot, new { approve_usd = 3.2 }))).ShouldSucceed();

        Assert.Contains("Nothing was spent", asked.Text, StringComparison.Ordinal);
        ask.Done("told what the price is for; made when the user agreed.");
    }

    private static object Shot(string image) => new
    {
        image,
        prompt = "Steam rises, slow push in",
        wait_seconds = 200,
    };
}
