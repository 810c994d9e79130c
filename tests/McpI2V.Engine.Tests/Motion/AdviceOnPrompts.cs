using McpI2V.Engine.Motion;
using McpI2V.Media.Camera;

namespace McpI2V.Engine.Tests.Motion;

public sealed class AdviceOnPrompts
{
    [Theory]
    [InlineData("slow push in", CameraMove.PushIn, 0.3)]
    [InlineData("The camera slowly dollies out", CameraMove.PullOut, 0.3)]
    [InlineData("The camera dollies in slowly as the bottle rotates", CameraMove.PushIn, 0.3)]
    [InlineData("the camera slowly moves forward", CameraMove.PushIn, 0.3)]
    [InlineData("camera gliding forward through the room", CameraMove.PushIn, 0.5)]
    [InlineData("fast whip pan", CameraMove.PanRight, 0.85)]
    [InlineData("whip pan left", CameraMove.PanLeft, 0.85)]
    [InlineData("slow pan left", CameraMove.PanLeft, 0.3)]
    [InlineData("the camera slowly pans to the left", CameraMove.PanLeft, 0.3)]
    [InlineData("static, steam rises", CameraMove.LockedOff, 0.5)]
    [InlineData("the camera stays perfectly still", CameraMove.LockedOff, 0.5)]
    [InlineData("zooming slowly out", CameraMove.PullOut, 0.3)]
    [InlineData("a zoom on the label", CameraMove.PushIn, 0.5)]
    [InlineData("dolly left along the shelf", CameraMove.TruckLeft, 0.5)]
    [InlineData("the camera moves down", CameraMove.PedestalDown, 0.5)]
    [InlineData("the camera circles around it to the right", CameraMove.OrbitRight, 0.5)]
    [InlineData("die Kamera f\u00e4hrt langsam vor", null, 0)]
    [InlineData("a whipped cream swirl in a frying pan", null, 0)]
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
    [InlineData("static camera. She takes off her glasses, picks up the coffee cup and drinks", "\"takes off\" changes the state")]
    [InlineData("static camera. She takes off her glasses, picks up the coffee cup and drinks", "several actions")]
    [InlineData("push in, the closed box opens", "animate that still; end_image would morph")]
    [InlineData("static shot, barefoot, no shoes", "\"no shoes\": models draw what is named")]
    [InlineData("push in, 8k, highly detailed", "describes the scene again (8k, highly detailed)")]
    [InlineData("static shot, dancing happily", "\"dancing\" is large motion")]
    [InlineData("she smiles", "Better: \"static camera, she smiles\"")]
    public void What_will_go_wrong_is_said(string prompt, string words) =>
        Assert.Contains(Advice(prompt), w => w.Contains(words, StringComparison.Ordinal));

    [Fact]
    public void A_camera_that_is_said_and_another_that_is_set_are_told() => Assert.Contains(
        Advice("push in, steam rises", CameraMove.OrbitLeft),
        w => w.StartsWith("prompt says push in and camera orbit left", StringComparison.Ordinal));

    [Fact]
    public void A_long_prompt_is_counted() =>
        Assert.Contains(
            Advice("push in " + string.Join(' ', Enumerable.Repeat("glow", 90))),
            w => w.Contains("92 words", StringComparison.Ordinal));

    [Theory]
    [InlineData("slow push in, light glides over the bottle")]
    [InlineData("gentle orbit left, steam drifts")]
    [InlineData("The camera dollies in slowly as the bottle rotates")]
    [InlineData("the camera slowly moves forward, light dances on the bottle")]
    [InlineData("fast whip pan over the open bottle, no camera shake")]
    [InlineData("")]
    public void A_good_prompt_is_left_in_peace(string prompt) => Assert.Empty(Advice(prompt));

    [Theory]
    [InlineData("\u6e6f\u6c17\u304c\u7acb\u3061\u4e0a\u308b\u3002\u30ab\u30e1\u30e9\u306f\u56fa\u5b9a\u3002")]
    [InlineData("Das Wasser perlt am Glas herab, Kamera bleibt still")]
    [InlineData("El vapor sube despacio, c\u00e1mara fija")]
    public void A_camera_that_may_be_named_in_another_language_is_not_said_to_be_missing(string prompt)
    {
        var told = Assert.Single(PromptAdvice.For(prompt, null, "", []));

        Assert.Contains("camera.move names one in any language", told, StringComparison.Ordinal);
        Assert.DoesNotContain("push in", told, StringComparison.Ordinal);
    }

    private static List<string> Advice(string prompt, CameraMove? named = null) =>
        [.. PromptAdvice.For(prompt, named, "bottle", ["bottle"])];
}
