using System.Net.Http.Headers;
using McpI2V.EndToEnd.Conversations.Desks;

namespace McpI2V.EndToEnd.Conversations;

/// <summary>Files that are spoken of, sent, found again and waited for.</summary>
public sealed class TheLibraryByTalking(FreeRoom room) : Group<FreeRoom>(room, "the-library-by-talking", "The library, by talking")
{
    [Theory]
    [ClassData(typeof(BothWays))]
    public async Task The_clip_from_last_Tuesday_with_the_blue_backdrop(Way way)
    {
        var ask = await AskAsync(way, "19", "Make the clip from last Tuesday, the one with the blue backdrop, half as long.", 2);
        var blue = await ask.GivenAsync("animate_image", Small(new { image = await ask.Desk.BottleAsync(), prompt = "slow pull out" }));
        await ask.GivenAsync("animate_image", Small(new { image = await ask.Desk.CoffeeAsync(), prompt = "slow pull out" }));
        WasMadeLastTuesday(ask.Desk.Library, blue.Handle);

        var found = (await ask.CallAsync(
            "find_assets",
            new { kind = "clip", since = "last tuesday", until = "last tuesday", colour = "blue" })).ShouldSucceed();
        var edited = (await ask.CallAsync("edit_clip", new
        {
            clip = "the blue clip from last tuesday",
            operations = new[] { new { op = "trim", end_seconds = 0.5 } },
            quality = "draft",
        })).ShouldSucceed();

        Assert.Equal(blue.Handle, Assert.Single(found.Assets)!["handle"]!.GetValue<string>());
        Assert.Contains($"is {blue.Handle}", edited.Text, StringComparison.Ordinal);
        ask.Done("found by day and colour, and understood where a clip is meant.");
    }

    [Theory]
    [ClassData(typeof(BothWays))]
    public async Task The_photo_I_attached(Way way)
    {
        var ask = await AskAsync(way, "32", "Animate the photo I attached.", 2);

        (await ask.CallAsync("animate_image", Small(new { image = "the photo I attached", prompt = "slow push in" }))).ShouldBe(
            "not_found",
            way == Way.Stdio ? "does not reach this server" : "PUT it once");
        // The user saves it, as the answer says, and tells its name.
        var clip = (await ask.CallAsync(
            "animate_image",
            Small(new { image = await ask.Desk.BottleAsync(), prompt = "slow push in" }))).ShouldSucceed();

        Assert.StartsWith("clip-", clip.Handle, StringComparison.Ordinal);
        ask.Done("what is attached to a chat does not reach the server; the answer says where to put it, and there it is taken.");
    }

    [Fact]
    public async Task My_file_in_a_web_client_and_a_page_of_the_batch()
    {
        using var far = new TestLibrary("i2v-far-");
        var ask = await AskAsync(
            Way.Http,
            "33",
            "Here is my file, on my own machine. Four variants, and show them to me. (By address.)",
            3,
            isTold: true);
        var mine = await TestMedia.StillAsync(far, "serum.jpg", 480, 854);

        var refused = await ask.CallAsync("animate_image", new { image = mine, prompt = "slow push in" });
        var upload = refused.ShouldBe("input_forbidden", "serum.jpg", "curl -T").Structured["error"]!["upload"]!;
        await SendAsync(upload["url"]!.GetValue<string>(), mine);
        var batch = (await ask.CallAsync("batch_variants", Small(new
        {
            images = new[] { upload["reference"]!.GetValue<string>() },
            cameras = new[] { "push_in", "pan_left" },
            texts = new[] { "One", "Two" },
            wait_seconds = 100,
        }))).ShouldSucceed();

        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        var gallery = batch.Text.Split([' ', '\n']).First(w => w.Contains("/gallery/", StringComparison.Ordinal)).TrimEnd('.', ',');
        Assert.Contains("<video", await http.GetStringAsync(gallery), StringComparison.OrdinalIgnoreCase);
        ask.Done("an address to send the file to, once; a page that shows the batch.");
    }

    [Theory]
    [ClassData(typeof(BothWays))]
    public async Task The_chat_was_closed_in_the_middle(Way way)
    {
        await using var desk = await Desk.OpenAsync(way, isPaid: false);
        var ask = At(desk, way, "35", "(The chat was closed, and the computer switched off.) Where is my batch?", 2);
        await ask.GivenAsync("batch_variants", Small(new
        {
            name = "Before the lights went out",
            images = new[] { await desk.BottleAsync() },
            cameras = new[] { "push_in", "pan_left", "tilt_up" },
            wait_seconds = 0,
        }));
        await desk.KillAndComeBackAsync();

        var which = (await ask.CallAsync("find_assets", new { kind = "batch" })).ShouldSucceed();
        var made = (await ask.CallAsync("check_job", new { id = "batch-1", wait_seconds = 200 })).ShouldSucceed();

        Assert.Contains("batch-1", which.Text, StringComparison.Ordinal);
        Assert.Equal(3, made.Structured["batch"]!["counts"]!["succeeded"]!.GetValue<int>());
        ask.Done("listed by its name, and finished although the server was killed.");
    }

    private static void WasMadeLastTuesday(TestLibrary library, string handle)
    {
        var day = DateTimeOffset.Now.AddDays(-7);
        while (day.DayOfWeek != DayOfWeek.Tuesday)
        {
            day = day.AddDays(1);
        }
        Assert.Equal(1, LibraryAudit.Change(
            library,
            "UPDATE assets SET created_at = @at WHERE handle = @handle",
            ("@at", day.ToUnixTimeMilliseconds()),
            ("@handle", handle)));
    }

    private static async Task SendAsync(string address, string file)
    {
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        using var content = new ByteArrayContent(await File.ReadAllBytesAsync(file));
        content.Headers.ContentType = new MediaTypeHeaderValue("image/jpeg");
        Assert.Equal(201, (int)(await http.PutAsync(address, content)).StatusCode);
    }
}
