using System.Globalization;
using System.Text.Json.Nodes;
using McpI2V.EndToEnd.Conversations.Desks;

namespace McpI2V.EndToEnd.Conversations;

/// <summary>Batches: asked for, looked at, said again in other words, judged.</summary>
public sealed class ManyVariants(FreeRoom room) : Group<FreeRoom>(room, "many-variants", "Many variants")
{
    private static readonly string[] Hooks =
        ["Glow, bottled.", "Your morning, upgraded", "Skin that says hello", "Stop scrolling", "Ask for the serum"];

    // What is asked about is how many there are, not how long they last.
    private static readonly object[] Blink = [new { op = "trim", end_seconds = 0.2 }];

    [Theory]
    [InlineData(Way.Stdio)]
    public async Task Thirty_variants_with_five_hooks_for_TikTok_and_feed(Way way)
    {
        var ask = await AskAsync(way, "3", "Thirty variants: three moves, five hooks, TikTok and feed.", 3);
        var matrix = Small(new
        {
            name = "Serum hooks",
            images = new[] { await ask.Desk.BottleAsync() },
            cameras = new[] { "push_in", "pan_left", "tilt_up" },
            texts = Hooks,
            aspect_ratios = new[] { "9:16", "4:5" },
            operations = Blink,
        });

        var plan = await ask.CallAsync("batch_variants", With(matrix, new { dry_run = true }));
        var started = await ask.CallAsync("batch_variants", With(matrix, new { wait_seconds = 1 }));
        var made = await OverAsync(ask, Id(started));

        Assert.Contains("30", plan.Text, StringComparison.Ordinal);
        Assert.Contains("free", plan.Text, StringComparison.Ordinal);
        Assert.Equal(30, Succeeded(made));
        Assert.All(new[] { started, made }, a => Assert.InRange(a.Text.Split('\n').Length, 1, 14));
        Assert.True(started.Text.Length + made.Text.Length < 6_000, "thirty variants are told in a screenful");
        var sheet = ToolAnswer.FileAt(made.Structured["batch"]!["contact_sheet"]!.GetValue<string>());
        var (red, green, blue) = await Pixels.MeanAsync(sheet, crop: "iw/12:ih/12:iw*11/12:ih*11/12");
        Assert.False(green > red + 40 && green > blue + 40, "no cell of the sheet is filled with green");
        ask.Done("planned, made and shown, in a screenful each.");
    }

    [Theory]
    [InlineData(Way.Stdio)]
    public async Task The_text_to_Spanish_in_all_variants(Way way)
    {
        var ask = await AskAsync(way, "16", "Change the text to Spanish in all variants.", 1);
        var english = await BatchAsync(ask, "English");

        var spanish = (await ask.CallAsync(
            "batch_variants",
            new { from = Id(english), texts = new[] { "Brillo, embotellado.", "Pregunta por el suero" }, wait_seconds = 200 }))
            .ShouldSucceed();

        Assert.Equal(4, Succeeded(spanish));
        var found = await ask.Desk.CallAsync("find_assets", new { batch = Id(spanish) });
        Assert.Equal(4, found.Assets.Count);
        var one = await ask.Desk.CallAsync("find_assets", new { handle = found.Handle });
        Assert.Matches("Brillo|Pregunta", one.Text);
        Assert.DoesNotMatch("Glow, bottled|Ask for", one.Text);
        ask.Done("one call; the same clips, the words new and not over the old.");
    }

    [Theory]
    [InlineData(Way.Stdio)]
    public async Task Remove_the_worst(Way way)
    {
        var ask = await AskAsync(way, "17", "Remove the worst two.", 2);
        var batch = await BatchAsync(ask, "To be judged");

        var found = await ask.CallAsync("find_assets", new { batch = Id(batch) });
        var worst = found.Assets.Take(2).Select(a => a!["handle"]!.GetValue<string>()).ToArray();
        var removed = (await ask.CallAsync("organize_assets", new { items = worst, action = "delete" })).ShouldSucceed();

        Assert.Contains("in the bin", removed.Text, StringComparison.Ordinal);
        var left = await ask.Desk.CallAsync("find_assets", new { batch = Id(batch) });
        Assert.Equal(2, left.Assets.Count);
        ask.Done("looked at, and the two put into the bin, whence they can be had back for thirty days.");
    }

    [Theory]
    [InlineData(Way.Stdio)]
    public async Task A_hundred_variants(Way way)
    {
        var ask = await AskAsync(way, "37", "A hundred variants.", 2);
        var matrix = Small(new
        {
            name = "A hundred",
            images = new[] { await ask.Desk.BottleAsync() },
            cameras = new[] { "push_in", "pull_out" },
            texts = Enumerable.Range(1, 50).Select(i => $"{Hooks[i % Hooks.Length]} {i.ToString(CultureInfo.InvariantCulture)}"),
            aspect_ratios = new[] { "9:16" },
            operations = Blink,
        });

        var started = await ask.CallAsync("batch_variants", With(matrix, new { wait_seconds = 0 }));
        var made = await OverAsync(ask, Id(started));

        Assert.Equal(100, Succeeded(made));
        Assert.InRange(made.Text.Split('\n').Length, 1, 14);
        Assert.Contains(" to ", made.Text.Split('\n').Single(l => l.StartsWith("Contact sheet", StringComparison.Ordinal)),
            StringComparison.Ordinal);
        ask.Done("made, with sheets in pages, told in a screenful.");
    }

    // One call; on a busy machine a batch takes longer than one call may wait, and that is no part of a conversation.
    private static async Task<ToolAnswer> OverAsync(Ask ask, string batch)
    {
        var look = new { id = batch, wait_seconds = 300 };
        var made = await ask.CallAsync("check_job", look);
        for (var again = 0; again < 4 && made.Structured["batch"]!["counts"]!.AsObject().Any(IsOpen); again++)
        {
            made = await ask.Desk.CallAsync("check_job", look);
        }
        return made;

        static bool IsOpen(KeyValuePair<string, JsonNode?> count) =>
            count.Key is not ("succeeded" or "failed" or "canceled" or "unconfirmed") && count.Value!.GetValue<int>() > 0;
    }

    private static async Task<ToolAnswer> BatchAsync(Ask ask, string name) => await ask.GivenAsync("batch_variants", Small(new
    {
        name,
        images = new[] { await ask.Desk.BottleAsync() },
        cameras = new[] { "push_in", "pan_left" },
        texts = new[] { Hooks[0], Hooks[4] },
        operations = Blink,
        wait_seconds = 200,
    }));

    private static string Id(ToolAnswer batch) => batch.Structured["batch"]!["id"]!.GetValue<string>();

    private static int Succeeded(ToolAnswer batch) => batch.Structured["batch"]!["counts"]!["succeeded"]!.GetValue<int>();
}
