using McpI2V.Engine;
using McpI2V.Engine.Catalogue;
using McpI2V.Providers.ComfyUI;

namespace McpI2V.Providers.Tests.ComfyUI;

/// <summary>The user's files of workflows, and what each can be asked for.</summary>
public sealed class WorkflowsAsModels : IDisposable
{
    private const string Save = """
        "9": {"class_type": "SaveVideo", "inputs": {"video": ["8", 0], "filename_prefix": "out"}},
        "8": {"class_type": "CreateVideo", "inputs": {"images": ["7", 0], "fps": 24}}
        """;

    private const string SaveStill = """ "9": {"class_type": "SaveImage", "inputs": {"images": ["8", 0], "filename_prefix": "out"}} """;
    private readonly TestFolder home = new();
    private readonly WorkflowFolder folder;

    public WorkflowsAsModels() => folder = new WorkflowFolder(home.Path);

    [Fact]
    public void Two_workflows_are_offered_and_lie_nowhere_before_they_are_used()
    {
        var rows = folder.Rows().ToList();

        Assert.Equal(["comfyui:wan-2.2-i2v", "comfyui:qwen-image-edit"], rows.Select(r => r.Id));
        Assert.Equal([Capability.ImageToVideo, Capability.ImageEdit], rows.Select(r => r.Capabilities.Single()));
        Assert.All(rows, r => Assert.True(r.Price.IsFree && r.Summary.Contains("Free", StringComparison.Ordinal), r.Summary));
        Assert.Equal("1 to 5 s in whole seconds", rows[0].DurationsSeconds!.ToString());
        Assert.False(Directory.Exists(Path.Combine(home.Path, "workflows")));
    }

    [Fact]
    public void A_workflow_that_is_used_lies_in_the_folder_and_is_the_users_from_then_on()
    {
        folder.Keep(folder.Find("wan-2.2-i2v"));
        var path = Path.Combine(home.Path, "workflows", "wan-2.2-i2v.json");
        var text = File.ReadAllText(path).Replace("wan_2.1_vae", "my_vae", StringComparison.Ordinal);
        File.WriteAllText(path, text);
        folder.Keep(folder.Find("wan-2.2-i2v"));

        Assert.Equal("my_vae.safetensors", folder.Find("wan-2.2-i2v").Graph["6"]!["inputs"]!["vae_name"]!.GetValue<string>());
        Assert.Equal(text, File.ReadAllText(path));
        Assert.Contains(folder.Rows(), r => r.Id == "comfyui:wan-2.2-i2v" && r.Summary.StartsWith("Wan 2.2", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("i2v:image", Save, "ImageToVideo", "first")]
    [InlineData("I2V:image, i2v:end_image", Save, "ImageToVideo", "first,last")]
    [InlineData("i2v:image", SaveStill, "ImageEdit", "")]
    public void Titles_make_a_workflow_a_model(string title, string saving, string capability, string frames)
    {
        Write("mine.json", $$"""{"1": {"class_type": "LoadImage", "inputs": {"image": "a.png"}, "_meta": {"title": "{{title}}"} }, {{saving}} }""");

        var row = folder.Rows().Single(r => r.Id == "comfyui:mine");

        Assert.Equal((capability, frames), (row.Capabilities.Single().ToString(), string.Join(',', row.Frames)));
        Assert.True(row.Price.IsFree);
    }

    [Fact]
    public void A_workflow_of_words_alone_makes_stills_from_words()
    {
        Write(
            "words.json",
            """{"1": {"class_type": "CLIPTextEncode", "inputs": {"text": ""}, "_meta": {"title": "i2v:prompt"}}, """ + SaveStill + "}");

        Assert.Equal(Capability.TextToImage, folder.Rows().Single(r => r.Id == "comfyui:words").Capabilities.Single());
    }

    [Fact]
    public void A_file_beside_names_slots_and_has_the_last_word()
    {
        Write("mine.json", "{\"1\": {\"class_type\": \"Loader\", \"inputs\": {\"picture\": \"a.png\"}}, "
            + "\"2\": {\"class_type\": \"Text\", \"inputs\": {\"text\": \"\"}, \"_meta\": {\"title\": \"i2v:prompt\"}}, "
            + "\"3\": {\"class_type\": \"Text\", \"inputs\": {\"text\": \"\"}}, "
            + "\"4\": {\"class_type\": \"Sampler\", \"inputs\": {\"seed\": 1, \"frames\": 9, \"width\": 64, \"height\": 64}}, "
            + Save + "}");
        Write(
            "mine.slots.json",
            """{"image": "1.picture", "prompt": "3", "seed": ["4"], "seconds": "4.frames", "size": "4", "summary": "Mine.", "longest_seconds": 8}""");

        var slots = folder.Find("mine").Slots;
        var row = folder.Rows().Single(r => r.Id == "comfyui:mine");

        Assert.Equal([new SlotPlace("1", "picture")], slots["image"]);
        Assert.Equal([new SlotPlace("3", "text")], slots["prompt"]);
        Assert.True(slots["seconds"].Single().CountsFrames);
        Assert.Equal(("Mine.", 8d, "480p"), (row.Summary, row.DurationsSeconds!.Max, row.Resolutions[0]));
        Assert.DoesNotContain(folder.Rows(), r => r.Id.Contains("slots", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("""{"nodes": [], "links": [], "version": 0.4}""", "editor's save file", "Export (API)")]
    [InlineData("nothing", "no JSON object", "mine.json")]
    [InlineData("{}", "no nodes", "Export (API)")]
    [InlineData("""{"1": {"inputs": {}}}""", "no node with class_type", "Export (API)")]
    [InlineData("""{"1": {"class_type": "SaveVideo", "inputs": {}}}""", "no slot for the still", "i2v:image")]
    [InlineData("""{"1": {"class_type": "SaveImage", "inputs": {}}}""", "no slot", "i2v:prompt")]
    [InlineData("""{"1": {"class_type": "LoadImage", "inputs": {"image": "a"}}}""", "no node in it saves", "SaveVideo")]
    [InlineData("""{"1": {"class_type": "SaveAnimatedWEBP", "inputs": {}}}""", "animated picture", "SaveVideo")]
    [InlineData("""{"1": {"class_type": "SaveVideo", "inputs": {"video": 1}, "_meta": {"title": "i2v:image"}}}""", "has no input image", "i2v:image.input")]
    [InlineData("""{"1": {"class_type": "SaveVideo", "inputs": {}, "_meta": {"title": "i2v:picture"}}}""", "is no slot", "end_image")]
    public async Task A_file_that_can_not_be_used_is_no_model_and_says_why_to_who_names_it(string file, string why, string what)
    {
        Write("mine.json", file);

        var e = await Assert.ThrowsAsync<I2VException>(() => folder.LearnAsync("comfyui:mine", CancellationToken.None));

        Assert.DoesNotContain(folder.Rows(), r => r.Id == "comfyui:mine");
        Assert.Contains(why, e.Message, StringComparison.Ordinal);
        Assert.Contains(what, e.Message, StringComparison.Ordinal);
        Assert.Equal([e.Message], folder.Faults());
    }

    [Fact]
    public void A_name_that_leads_out_of_the_folder_is_no_workflow()
    {
        File.WriteAllText(Path.Combine(home.Path, "outside.json"), "{}");

        var e = Assert.Throws<I2VException>(() => folder.Find("../outside"));

        Assert.Equal(ErrorCode.NotFound, e.Code);
        Assert.Contains("qwen-image-edit", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_workflow_that_came_later_asks_for_a_new_start()
    {
        Write("late.json", folder.Find("wan-2.2-i2v").Graph.ToJsonString());

        var e = await Assert.ThrowsAsync<I2VException>(() => folder.LearnAsync("comfyui:late", CancellationToken.None));

        Assert.Contains("Start the server again", e.Message, StringComparison.Ordinal);
        Assert.Null(await folder.LearnAsync("fal:late", CancellationToken.None));
    }

    public void Dispose() => home.Dispose();

    private void Write(string name, string text)
    {
        Directory.CreateDirectory(Path.Combine(home.Path, "workflows"));
        File.WriteAllText(Path.Combine(home.Path, "workflows", name), text);
    }
}
