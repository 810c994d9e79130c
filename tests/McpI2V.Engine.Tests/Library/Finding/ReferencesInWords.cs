using McpI2V.Engine.Library;
using McpI2V.Engine.Motion;
using McpI2V.Media.Formats;

namespace McpI2V.Engine.Tests.Library.Finding;

public sealed class ReferencesInWords : IDisposable
{
    private readonly TestStudio studio = new();
    private readonly List<string> told = [];

    public void Dispose() => studio.Dispose();

    [Theory]
    [InlineData("the bottle clip")]
    [InlineData("Clip 1")]
    [InlineData("clip-1")]
    [InlineData("the latest video")]
    [InlineData("BOTTLE")]
    public async Task What_only_one_asset_can_be_is_taken(string said)
    {
        await studio.StillAsync(64, 64, "mug.png");
        var clip = await studio.ClipAsync(64, 64, 1, "bottle.mp4");

        Assert.Equal(clip.Handle, (await ResolveAsync(said, MediaKind.Clip)).Handle);
    }

    [Fact]
    public async Task How_words_were_understood_is_told()
    {
        await studio.ClipAsync(64, 64, 1, "bottle.mp4");

        await ResolveAsync("the bottle clip", MediaKind.Clip);

        Assert.Equal("""Note: image: "the bottle clip" is clip-1 "bottle".""", Assert.Single(told));
    }

    [Fact]
    public async Task A_clip_is_known_by_the_words_of_its_still()
    {
        var still = await studio.StillAsync(64, 64, "espresso.png");
        var clip = await studio.ClipAsync(64, 64, 1, "a.mp4");
        var made = await studio.AddAsync(clip, c => c with { Title = "slow push in", Parent = still.Handle });

        Assert.Equal(made.Handle, (await ResolveAsync("the espresso clip", MediaKind.Clip)).Handle);
    }

    [Fact]
    public async Task What_two_can_be_is_asked_with_both_handles()
    {
        await studio.ClipAsync(64, 64, 1, "bottle.mp4");
        await studio.ClipAsync(64, 64, 2, "bottle-long.mp4");

        await RefusedAsync("the bottle clip", MediaKind.Clip, "clip-1 \"bottle\"", "clip-2 \"bottle-long\"", "by its handle");
    }

    [Fact]
    public async Task A_title_that_is_said_whole_is_certain()
    {
        await studio.ClipAsync(64, 64, 1, "bottle.mp4");
        await studio.ClipAsync(64, 64, 2, "bottle-long.mp4");

        Assert.Equal("clip-1", (await ResolveAsync("bottle", MediaKind.Clip)).Handle.ToString());
    }

    [Fact]
    public async Task A_colour_is_seen_in_the_picture()
    {
        await studio.ImportAsync("a.png", "-f lavfi -i color=0x2563eb:s=64x64 -frames:v 1");
        await studio.ImportAsync("b.png", "-f lavfi -i color=0xdc2626:s=64x64 -frames:v 1");
        var clip = await studio.ImportAsync("c.mp4", "-f lavfi -i color=0x16a34a:s=64x64:r=10:d=1 -c:v libx264 -pix_fmt yuv420p");

        Assert.Equal("still-1", (await ResolveAsync("the blue one from today", MediaKind.Still)).Handle.ToString());
        Assert.Equal(clip.Handle, (await ResolveAsync("the green video", null)).Handle);
        await RefusedAsync("the yellow one", MediaKind.Still, "nothing in the library is", "of any colour");
    }

    [Theory]
    [InlineData("clip-1 at 1 s")]
    [InlineData("clip-1@1s")]
    [InlineData("frame of clip-1 at 0:01")]
    public async Task A_moment_of_a_clip_is_a_still_that_knows_where_it_is_from(string said)
    {
        var clip = await studio.ClipAsync(64, 48, 2);

        var frame = await ResolveAsync(said, MediaKind.Still);

        Assert.Equal(("still-1", clip.Handle, "frame", "64x48"), (frame.Handle.ToString(), frame.Parent, frame.Operation, $"{frame.Size}"));
        Assert.Equal(frame.Handle, (await ResolveAsync(said, MediaKind.Still)).Handle);
    }

    [Fact]
    public async Task The_last_frame_is_another_than_the_first()
    {
        await studio.ClipAsync(64, 48, 2);

        var (first, last) = (await ResolveAsync("first frame of clip-1", null), await ResolveAsync("the last frame of clip-1", null));

        Assert.NotEqual(first.Sha256, last.Sha256);
    }

    [Fact]
    public async Task A_moment_after_the_end_is_refused_with_the_length()
    {
        await studio.ClipAsync(64, 48, 2);

        await RefusedAsync("clip-1 at 9 s", MediaKind.Still, "9 s", "lasts 2 s");
    }

    [Fact]
    public async Task A_clip_where_a_still_is_needed_is_told_how_to_be_one()
    {
        await studio.ClipAsync(64, 48, 2, "bottle.mp4");

        await RefusedAsync("clip-1", MediaKind.Still, "\"clip-1 at 0 s\"");
        await RefusedAsync("the bottle clip", MediaKind.Still, "\"last frame of clip-1\"");
    }

    [Theory]
    [InlineData("the photo I attached")]
    [InlineData("the attached picture")]
    [InlineData("image I just sent you")]
    public async Task An_attachment_is_told_how_it_comes_here(string said)
    {
        var e = await RefusedAsync(said, MediaKind.Still, "does not reach this server", studio.Inputs);

        Assert.Equal((said, MediaKind.Still), (e.Missing!.Name, e.Missing.Kind));
    }

    [Theory]
    [InlineData("upbeat music", "kind music")]
    [InlineData("I tried this serum for two weeks and my skin glows", "kind voice")]
    [InlineData("auto", "generate_audio")]
    public async Task Words_where_a_sound_is_needed_name_the_tool_that_makes_one(string said, string tool) =>
        await RefusedAsync(said, MediaKind.Audio, tool, "generate_audio");

    [Fact]
    public async Task An_elements_name_is_its_first_picture_and_a_presets_name_belongs_elsewhere()
    {
        var still = await studio.StillAsync(64, 64);
        studio.Elements.Save(new Element("Glow", "amber glass", [still.Handle]), Owner.OfThisMachine, mayChangeOthers: true);
        studio.Presets.Save(new Preset("my_glide", "", "glide", "push_in", 0.3, "linear"), Owner.OfThisMachine, mayChangeOthers: true);

        Assert.Equal(still.Handle, (await ResolveAsync("glow", MediaKind.Still)).Handle);
        await RefusedAsync("Glow", MediaKind.Clip, "the element", "still-1");
        await RefusedAsync("my glide", MediaKind.Still, "give it in preset");
    }

    [Theory]
    [InlineData("das Video mit der Flasche")]
    [InlineData("el clip de la botella")]
    [InlineData("ボトルのクリップ")]
    [InlineData("☕")]
    public async Task Words_of_any_language_are_no_path(string said) => await RefusedAsync(said, MediaKind.Clip, "find_assets");

    [Theory]
    [InlineData("/etc/passwd")]
    [InlineData("~/secret")]
    [InlineData("gone.png")]
    [InlineData("../x")]
    public async Task What_is_a_path_is_judged_as_one(string said)
    {
        var e = await Assert.ThrowsAsync<I2VException>(() => ResolveAsync(said, MediaKind.Still));

        Assert.DoesNotContain("nothing in the library", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_with_the_name_goes_before_words()
    {
        var path = await studio.MakeAsync("bottle.png", "-f lavfi -i color=red:s=64x64 -frames:v 1");
        File.Move(path, Path.Combine(studio.Inputs, "bottle"));

        Assert.Equal("bottle", (await ResolveAsync("bottle", MediaKind.Still)).Title);
    }

    private Task<Asset> ResolveAsync(string said, MediaKind? kind) =>
        studio.References.ResolveAsync(said, kind, "image", new Caller([], Owner.OfThisMachine, told), CancellationToken.None);

    private async Task<I2VException> RefusedAsync(string said, MediaKind kind, params string[] words)
    {
        var e = await Assert.ThrowsAsync<I2VException>(() => ResolveAsync(said, kind));
        Assert.All(words, w => Assert.Contains(w, e.Message, StringComparison.Ordinal));
        Assert.DoesNotContain("lies outside", e.Message, StringComparison.Ordinal);
        return e;
    }
}
