using McpI2V.EndToEnd.Conversations.Desks;

namespace McpI2V.EndToEnd.Conversations;

/// <summary>Clips that a model changes, and what no model should be paid for.</summary>
public sealed class ChangesByAModel(PaidRoom room) : Group<PaidRoom>(room, "changes-by-a-model", "Changes by a model, with keys")
{
    [Theory]
    [InlineData(Way.Stdio)]
    public async Task Captions_and_the_notice_of_AI(Way way)
    {
        var ask = await AskAsync(way, "22", "For TikTok, with captions and the AI label.", 1);
        var clip = await ClipAsync(ask);
        object Post(string disclosure) => new
        {
            clip = clip.Handle,
            platforms = new[] { "tiktok" },
            captions = new[] { new { start_seconds = 0, end_seconds = 2, text = "First sip of the day" } },
            disclosure,
            wait_seconds = 250,
        };

        var post = (await ask.CallAsync("export_clip", Post("auto"))).ShouldSucceed();

        var bare = (await ask.Desk.CallAsync("export_clip", Post("none"))).ShouldSucceed();
        var (_, top, _, bottom) = Assert.NotNull(await Pixels.DifferenceAsync(bare.Path, post.Path, 1, 1080));
        Assert.InRange(top, 125, 400);
        Assert.InRange(bottom - top, 50, 120);
        ask.Done("the notice stands in a box of 3 % of the height, below the bar of the app.");
    }

    [Theory]
    [InlineData(Way.Stdio)]
    public async Task A_city_street_then_night_then_fog(Way way)
    {
        var ask = await AskAsync(way, "26", "Put it on a city street. ... Now at night. ... And fog.", 3);
        var film = await ask.Desk.FilmAsync("five.mp4", 5);

        var street = (await ask.CallAsync("edit_clip", Say(film, "swap the background to a city street"))).ShouldSucceed();
        var night = (await ask.CallAsync("edit_clip", Say(street.Handle, "make it night"))).ShouldSucceed();
        var fog = (await ask.CallAsync("edit_clip", Say(night.Handle, "let fog drift in"))).ShouldSucceed();

        Assert.DoesNotContain("generations away", street.Text, StringComparison.Ordinal);
        Assert.Contains("2 generations away", fog.Text, StringComparison.Ordinal);
        ask.Done("three edits; at the third it is told that each drifts further, and what to do instead.");
    }

    [Theory]
    [ClassData(typeof(BothWays))]
    public async Task A_title_then_a_city_street_then_undo(Way way)
    {
        var ask = await AskAsync(way, "27", "Title: First sip. ... Swap the background to a city street. ... Undo that.", 3);
        var film = await ask.Desk.FilmAsync("five.mp4", 5);

        var titled = (await ask.CallAsync("edit_clip", new
        {
            clip = film,
            operations = new[] { new { op = "text", text = "First sip", position = "top" } },
            quality = "draft",
        })).ShouldSucceed();
        var street = (await ask.CallAsync("edit_clip", Say(titled.Handle, "swap the background to a city street"))).ShouldSucceed();
        Assert.Contains($"go on from {titled.Handle}", street.Text, StringComparison.Ordinal);
        var undone = (await ask.CallAsync("find_assets", new { handle = titled.Handle })).ShouldSucceed();

        Assert.Equal(titled.Handle, street.Assets[0]!["before"]!.GetValue<string>());
        Assert.Contains("First sip", street.Text, StringComparison.Ordinal);
        Assert.Contains("text \"First sip\"", undone.Text, StringComparison.Ordinal);
        ask.Done("the title is carried over; undo names the clip that was seen before, with its title.");
    }

    [Theory]
    [ClassData(typeof(BothWays))]
    public async Task Make_it_4K(Way way)
    {
        var ask = await AskAsync(way, "28", "Make it 4K. (Said to a model as an instruction.)", 1);

        var sharp = await RefusedAndFollowedAsync(ask, "make it 4K");

        Assert.Equal(2160, Math.Min(sharp.Assets[0]!["width"]!.GetValue<int>(), sharp.Assets[0]!["height"]!.GetValue<int>()));
        ask.Done("not paid for; the operation that does it was written out, and does it.");
    }

    [Theory]
    [ClassData(typeof(BothWays))]
    public async Task A_Spanish_title(Way way)
    {
        var ask = await AskAsync(way, "28", "Add a Spanish title saying \"Primer sorbo\". (Said to a model as an instruction.)", 1);

        var titled = await RefusedAndFollowedAsync(ask, "add a title saying \"Primer sorbo\"");

        Assert.Contains("Primer sorbo", titled.Text, StringComparison.Ordinal);
        ask.Done("not paid for; the operation that does it was written out, and does it.");
    }

    [Theory]
    [InlineData(Way.Stdio)]
    public async Task A_voice_over(Way way)
    {
        var ask = await AskAsync(way, "28", "Add a voice-over saying \"Every morning\". (Said to a model as an instruction.)", 1);

        var spoken = await RefusedAndFollowedAsync(ask, "add a voice-over saying \"Every morning\"", isFree: false);

        Assert.Contains("audio", await Shell.ProbeAsync(spoken.Path, "stream=codec_type"), StringComparison.Ordinal);
        ask.Done("no editor of pictures is paid for it; the call that has it spoken was written out, and does it.");
    }

    private static async Task<ToolAnswer> RefusedAndFollowedAsync(Ask ask, string instruction, bool isFree = true)
    {
        var billed = (await ask.Desk.Vendors!.BillAsync()).Count;
        var film = await ask.Desk.FilmAsync("blink.mp4", 0.2);
        var refused = (await ask.CallAsync("edit_clip", new { clip = film, instruction })).ShouldBe(
            "unsupported_by_model",
            "Nothing was made or spent");
        Assert.Equal(billed, (await ask.Desk.Vendors.BillAsync()).Count);
        var done = (await ask.FollowAsync(refused)).ShouldSucceed();
        Assert.True(!isFree || billed == (await ask.Desk.Vendors.BillAsync()).Count, done.Text);
        return done;
    }

    private static object Say(string clip, string instruction) => new { clip, instruction, wait_seconds = 200 };

    private static async Task<ToolAnswer> ClipAsync(Ask ask) => await ask.GivenAsync("animate_image", new
    {
        image = await ask.Desk.BottleAsync(),
        prompt = "Steam rises, slow push in",
        resolution = "480p",
        duration_seconds = 5,
        wait_seconds = 200,
    });
}
