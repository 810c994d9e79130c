using McpI2V.Engine.Motion;
using McpI2V.Media.Camera;

namespace McpI2V.Engine.Tests.Motion;

public sealed class AdviceOnPrompts
{
    [Theory]
    [InlineData("slow push in", CameraMove.PushIn, 0.3)]
    [InlineData("The camera slowly dollies out", null, 0)]
    [InlineData("dolly out fast", CameraMove.PullOut, 0.85)]
    [InlineData("gentle orbit to the right", CameraMove.OrbitRight, 0.3)]
    [InlineData("orbits around the bottle", CameraMove.OrbitLeft, 0.5)]
    [InlineData("pan left across the shelf", CameraMove.PanLeft, 0.5)]
    [InlineData("handheld, natural sway", CameraMove.Handheld, 0.5)]
    [InlineData("locked-off shot, steam rises", CameraMove.LockedOff, 0.5)]
    [InlineData("jib down to the table", CameraMove.CraneDown, 0.5)]
    [InlineData("the camera pans left", CameraMove.PanLeft, 0.5)]
    [InlineData("the camera slowly cranes down", CameraMove.CraneDown, 0.3)]
    [InlineData("crash zoom in on the label", CameraMove.CrashZoom, 0.5)]
    [InlineData("push in, then pan left", CameraMove.PushIn, 0.5)]
    [InlineData("steam rises", null, 0)]
    public void The_camera_is_found_in_the_words(string prompt, CameraMove? move, double strength)
    {
        var found = CameraWords.Find(prompt);
        Assert.Equal(move, found?.Move);
        Assert.Equal(strength, found?.Strength ?? 0);
    }

    [Fact]
    public void Every_move_is_found_in_the_words_a_model_is_told()
    {
        foreach (var row in CameraMoves.All)
        {
            var told = ShotPrompt.Compose("", row.Move, 0.5, isMoveWanted: true);

            Assert.StartsWith(row.Phrase, told, StringComparison.Ordinal);
            Assert.Equal(row.Move, CameraWords.Find(told)?.Move);
        }
    }

    [Theory]
    [InlineData("steam rises softly", "names no camera")]
    [InlineData("push in, the cap opens", "\"opens\"")]
    [InlineData("push in while she smiles, waves and jumps", "several actions")]
    [InlineData("pan left over a crowd", "\"crowd\"")]
    [InlineData("push in on the flask", "calls the subject \"flask\"")]
    [InlineData("push in, photorealistic, 8k, cinematic lighting, bokeh in the background", "describes the scene again")]
    public void What_will_go_wrong_is_said(string prompt, string words) =>
        Assert.Contains(Advice(prompt), w => w.Contains(words, StringComparison.Ordinal));

    [Fact]
    public void A_long_prompt_is_counted() =>
        Assert.Contains(
            Advice("push in " + string.Join(' ', Enumerable.Repeat("glow", 90))),
            w => w.Contains("92 words", StringComparison.Ordinal));

    [Theory]
    [InlineData("slow push in, light glides over the bottle")]
    [InlineData("gentle orbit left, steam drifts")]
    [InlineData("")]
    public void A_good_prompt_is_left_in_peace(string prompt) => Assert.Empty(Advice(prompt));

    private static List<string> Advice(string prompt) => [.. PromptAdvice.For(prompt, hasCamera: false, "bottle", ["bottle"])];
}
