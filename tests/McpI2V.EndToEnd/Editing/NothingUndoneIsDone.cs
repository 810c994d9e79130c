using System.Text.Json.Nodes;

namespace McpI2V.EndToEnd.Editing;

/// <summary>The first line of an answer is what was not done: words on which nothing acted, in any language.</summary>
public sealed class NothingUndoneIsDone
{
    [Fact]
    public async Task The_free_engine_does_what_is_typed_and_tells_of_the_words_that_it_did_not_act_on()
    {
        using var library = new TestLibrary();
        var photo = await TestMedia.StillAsync(library);
        await using var assistant = await Assistant.StartAsync(library);

        foreach (var words in new[] { "Entferne den Hintergrund", "\u80cc\u666f\u3092\u524a\u9664" })
        {
            (await assistant.CallAsync("generate_still", new { prompt = words, from = new[] { photo } })).ShouldBe(
                "unsupported_by_model",
                $"Not acted on: \"{words}\"",
                "FAL_KEY");
        }
        (await assistant.CallAsync("generate_still", new { prompt = "remove the background", from = new[] { photo } })).ShouldBe(
            "unsupported_by_model",
            "Not acted on: \"remove the background\"",
            "\"options\":{\"cutout\":true}");
        // The call that the answer writes out is made as it stands, and does it.
        var refused = await assistant.CallAsync("generate_still", new { prompt = "a bit warmer, square", from = new[] { photo } });
        var written = JsonNode.Parse(refused.Text[(refused.Text.IndexOf("generate_still {", StringComparison.Ordinal) + 15)..]
            .Split(". Nothing was made")[0])!;
        var still = (await assistant.CallAsync("generate_still", written)).ShouldSucceed();
        Assert.StartsWith("1:1, temperature 0.25; the words of the prompt change nothing here.", still.Text, StringComparison.Ordinal);
        Assert.Equal(still.Assets[0]!["width"]!.GetValue<int>(), still.Assets[0]!["height"]!.GetValue<int>());
        Assert.Contains(still.Warnings, w => w.StartsWith("1:1, temperature", StringComparison.Ordinal));

        (await assistant.CallAsync("animate_image", new { image = photo, prompt = "Steam rises gently from the cup" })).ShouldBe(
            "unsupported_by_model",
            "Not acted on: \"Steam rises gently from the cup\"",
            "camera.move");
        (await assistant.CallAsync("animate_image", new { image = photo, camera = new { move = "dolly_in" } })).ShouldBe(
            "invalid_argument",
            "here that is push_in");
        (await assistant.CallAsync(
            "batch_variants",
            new { images = new[] { photo }, prompts = new[] { "push in", "push in, steam rises" }, dry_run = true })).ShouldBe(
                "invalid_argument",
                "prompts[0] and prompts[1] give the same clips");
        var clip = (await assistant.CallAsync(
            "animate_image",
            new
            {
                image = photo,
                prompt = "push in, steam rises",
                duration_seconds = 1,
                resolution = "480p",
                count = 3,
                wait_seconds = 300,
                quality = "draft",
            })).ShouldSucceed();
        Assert.StartsWith("push in; not acted on: \"steam rises\"", clip.Text, StringComparison.Ordinal);
        Assert.Distinct(clip.Assets.Select(a => a!["sha256"]!.GetValue<string>()));

        (await assistant.CallAsync("edit_clip", new { clip = clip.Handle, instruction = "cut it to half a second" })).ShouldBe(
            "unsupported_by_model",
            "Not acted on",
            $"edit_clip {{\"clip\":\"{clip.Handle}\",\"operations\":[{{\"op\":\"trim\"");
        (await assistant.CallAsync(
            "edit_clip",
            new { clip = clip.Handle, operations = new[] { new { op = "trim", end_seconds = 99 } } })).ShouldBe(
                "invalid_argument",
                "end_seconds is 99",
                "lasts 1 s");
        (await assistant.CallAsync(
            "assemble_clips",
            new { clips = new[] { clip.Handle, clip.Handle }, options = new { beat_sync = true } })).ShouldBe(
                "invalid_argument",
                "options");
    }
}
