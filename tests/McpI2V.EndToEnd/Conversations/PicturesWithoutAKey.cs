using McpI2V.EndToEnd.Conversations.Desks;

namespace McpI2V.EndToEnd.Conversations;

/// <summary>Stills and motion where no key is set: what the free engine does, and what it says of the rest.</summary>
public sealed class PicturesWithoutAKey(FreeRoom room)
    : Group<FreeRoom>(room, "pictures-without-a-key", "Pictures and motion without a key")
{
    [Theory]
    [ClassData(typeof(BothWays))]
    public async Task Make_steam_rise_over_this_coffee(Way way)
    {
        var ask = await AskAsync(way, "1", "Make steam rise over this coffee.", 1);
        var photo = await ask.Desk.CoffeeAsync();
        var before = ask.Desk.Library.MediaFiles.Count(f => f.EndsWith(".mp4", StringComparison.Ordinal));

        (await ask.CallAsync(
            "animate_image",
            new { image = photo, prompt = "Steam rises gently from the cup, camera locked off" })).ShouldBe(
                "unsupported_by_model",
                "Not acted on: \"Steam rises gently from the cup\"",
                "camera.move",
                "FAL_KEY",
                "Nothing was made or spent");

        Assert.Equal(before, ask.Desk.Library.MediaFiles.Count(f => f.EndsWith(".mp4", StringComparison.Ordinal)));
        ask.Needs("a generative model; the answer names the keys, and writes out the camera move that is free.");
    }

    [Theory]
    [ClassData(typeof(BothWays))]
    public async Task Vertical_and_a_bit_warmer(Way way)
    {
        var ask = await AskAsync(way, "5", "Make it vertical and a bit warmer.", 1);
        var photo = await ask.Desk.CoffeeAsync();
        var cool = await ask.GivenAsync(
            "generate_still",
            new { prompt = "as it is", from = new[] { photo }, aspect_ratio = "9:16", size = "480p" });

        var still = await ask.CallAsync("generate_still", new
        {
            prompt = "vertical and a bit warmer",
            from = new[] { photo },
            aspect_ratio = "9:16",
            size = "480p",
            options = new { temperature = 0.25 },
        });

        Assert.StartsWith("9:16, temperature 0.25; the words of the prompt change nothing here.", still.Text, StringComparison.Ordinal);
        Assert.Equal(9.0 / 16, still.Assets[0]!["width"]!.GetValue<double>() / still.Assets[0]!["height"]!.GetValue<double>(), 2);
        var (warm, plain) = (await Pixels.WarmthAsync(still.Path), await Pixels.WarmthAsync(cool.Path));
        Assert.True(warm > plain + 5, $"red over blue is {warm:0.0}, and was {plain:0.0}");
        ask.Done("the still is upright, and measurably warmer.");
    }

    [Theory]
    [ClassData(typeof(BothWays))]
    public async Task Make_the_product_bigger(Way way)
    {
        var ask = await AskAsync(way, "20", "Make the product bigger.", 1);
        var photo = await ask.Desk.BottleAsync();

        var words = await ask.CallAsync("generate_still", new { prompt = "make the product bigger", from = new[] { photo } });
        words.ShouldBe("unsupported_by_model", "Not acted on: \"make the product bigger\"", "zoom");
        var still = (await ask.FollowAsync(words)).ShouldSucceed();

        var (blue, was) = ((await Pixels.MeanAsync(still.Path)).Blue, (await Pixels.MeanAsync(photo)).Blue);
        Assert.True(blue < was - 3, $"less of the blue ground is to be seen: {blue:0.0}, and was {was:0.0}");
        ask.Done("words alone were answered with the call that does it; the product is bigger.");
    }

    [Theory]
    [ClassData(typeof(BothWays))]
    public async Task Mirror_dance(Way way)
    {
        var ask = await AskAsync(way, "30", "She dances before the mirror, and her reflection dances along. (No key is set.)", 1);

        (await ask.CallAsync(
            "animate_image",
            new { image = await ask.Desk.PersonAsync(), prompt = "She dances a two-step, her mirror reflection dances along" })).ShouldBe(
                "unsupported_by_model",
                "Not acted on",
                "FAL_KEY",
                "Nothing was made or spent");

        ask.Needs("a generative model; nothing pretends to dance.");
    }

    [Theory]
    [ClassData(typeof(BothWays))]
    public async Task Save_this_motion_as_my_preset(Way way)
    {
        var ask = await AskAsync(way, "39", "Save this motion as my preset \"glide\".", 1);
        var photo = await ask.Desk.BottleAsync();
        var clip = await ask.GivenAsync(
            "animate_image",
            Small(new { image = photo, camera = new { move = "truck_left", strength = 0.4 } }));

        (await ask.CallAsync(
            "save_element",
            new { name = "glide", kind = "preset", description = "glides past, slowly", images = new[] { clip.Handle } })).ShouldSucceed();
        var used = (await ask.CallAsync("animate_image", Small(new { image = await ask.Desk.CoffeeAsync(), preset = "glide" })))
            .ShouldSucceed();

        Assert.Contains("truck", used.Structured.ToJsonString(), StringComparison.OrdinalIgnoreCase);
        ask.Done("saved from the clip, and used by its name.");
    }

    [Theory]
    [ClassData(typeof(BothWays))]
    public async Task Three_takes(Way way)
    {
        var ask = await AskAsync(way, "40", "Three takes of a slow push in, please.", 1);

        var takes = await ask.CallAsync(
            "animate_image",
            Small(new { image = await ask.Desk.BottleAsync(), prompt = "slow push in", count = 3 }));

        Assert.Equal(3, takes.ShouldSucceed().Assets.Select(a => a!["sha256"]!.GetValue<string>()).Distinct().Count());
        ask.Done("three clips, and no two alike.");
    }
}
