using System.Text.Json;
using System.Text.Json.Nodes;
using McpI2V.Engine.Words;
using McpI2V.Media.Clips.Operations;

namespace McpI2V.Engine.Tests.Words;

/// <summary>No model is paid for what an operation does, and nothing that was not done is passed over.</summary>
public sealed class JudgingAnInstruction : IDisposable
{
    private readonly WordsBench keyed = new(hasKey: true);
    private readonly WordsBench keyless = new();

    public void Dispose()
    {
        keyed.Dispose();
        keyless.Dispose();
    }

    [Theory]
    [InlineData("make it 4K", """{"op":"scale","resolution":"2160p"}""")]
    [InlineData("stabilize it", """{"op":"stabilize"}""")]
    [InlineData("Add the title \"Glow, bottled.\" at the bottom", """{"op":"text","text":"Glow, bottled.","position":"bottom"}""")]
    [InlineData("Spanish title instead of First sip", """{"op":"text","text":"YOUR WORDS","position":"top"}""")]
    [InlineData("trim it to four seconds", """{"op":"trim","end_seconds":4}""")]
    [InlineData("cut the last 2 seconds", """{"op":"trim","end_seconds":3}""")]
    [InlineData("slow it down", """{"op":"speed","factor":0.5}""")]
    [InlineData("push in slower", """{"op":"speed","factor":0.5}""")]
    [InlineData("speed it up, 3x", """{"op":"speed","factor":2}""")]
    [InlineData("mute it", """{"op":"mute"}""")]
    [InlineData("make it vertical", """{"op":"reframe","aspect_ratio":"9:16","mode":"blur"}""")]
    [InlineData("now 16:9 for YouTube", """{"op":"reframe","aspect_ratio":"16:9","mode":"blur"}""")]
    [InlineData("a bit warmer", """{"op":"grade","temperature":0.25}""")]
    [InlineData("fade it out", """{"op":"fade","out_seconds":0.5}""")]
    [InlineData("play it in reverse", """{"op":"reverse"}""")]
    [InlineData("loop it", """{"op":"loop","mode":"crossfade"}""")]
    [InlineData("make it louder", """{"op":"mute"},{"op":"audio","audio":"clip-2","gain_db":6}""")]
    [InlineData("the music is too loud", """{"op":"mute"},{"op":"audio","audio":"clip-2","gain_db":-6}""")]
    [InlineData("put music under it", """{"op":"audio","audio":"YOUR MUSIC FILE","loop":true,"fade_seconds":0.5,"duck":true}""")]
    public void What_an_operation_does_free_is_answered_with_it_before_anything_is_paid(string instruction, string steps)
    {
        foreach (var bench in new[] { keyed, keyless })
        {
            var e = Refused(bench, instruction);

            Assert.Contains(steps, e.Message, StringComparison.Ordinal);
            Assert.Contains("""edit_clip {"clip":"clip-2",""", e.Message, StringComparison.Ordinal);
            Assert.Contains("Nothing was made or spent", e.Message, StringComparison.Ordinal);
        }
        Assert.Contains("""add options {"as_said":true}""", Refused(keyed, instruction).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_call_that_is_written_out_holds_steps_that_are_steps()
    {
        foreach (var wish in Enum.GetValues<Wish>())
        {
            foreach (var step in ClipWishes.Steps(wish, "it", WordsBench.Clip(hasAudio: true)))
            {
                OperationCatalogue.Check(JsonDocument.Parse(step.ToJsonString()).RootElement);
            }
        }
    }

    [Theory]
    [InlineData("undo", "edit clip-1")]
    [InlineData("post it on TikTok", """export_clip {"clip":"clip-2","platforms":["tiktok"]}""")]
    [InlineData("upload this to my Instagram", """export_clip {"clip":"clip-2","platforms":["reels"]}""")]
    [InlineData("cut out the boring part between second 1 and 2", "assemble_clips of both")]
    [InlineData("make it a GIF", "No GIF is made")]
    [InlineData("under 4 MB", "No file size can be asked for")]
    [InlineData("add a voice-over saying I tried this serum, and loved it", "\"instruction\":\"I tried this serum, and loved it\"")]
    public void What_is_no_operation_is_named_by_what_does_it(string instruction, string words)
    {
        Assert.Contains(words, Refused(keyed, instruction).Message, StringComparison.Ordinal);
        Assert.Contains(words, Refused(keyless, instruction).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("mirror it horizontally")]
    [InlineData("cut out the bottle from the background")]
    [InlineData("make it snow")]
    [InlineData("swap the background to a city street at night")]
    [InlineData("make the sky darker")]
    [InlineData("a vertical neon sign flickers on")]
    [InlineData("the dog walks backwards through warm light")]
    [InlineData("make the bottle bigger")]
    [InlineData("make her hair shorter")]
    [InlineData("the car drives in reverse")]
    [InlineData("muted colours, like an old film")]
    [InlineData("let the people fade out")]
    [InlineData("hang a landscape picture on the wall")]
    [InlineData("put the logo on the bottle's label")]
    [InlineData("add a music box on the table")]
    [InlineData("mach es hochkant")]
    [InlineData("\u9ed2\u304f\u3057\u3066")]
    public void What_a_model_does_goes_to_it(string instruction) => Assert.Null(Judge(keyed, instruction));

    [Fact]
    public void No_model_is_paid_for_which_clip_is_meant()
    {
        var e = Refused(keyed, "no, the other one: make it warmer, and a jingle");

        Assert.DoesNotContain("\"instruction\":", e.Message, StringComparison.Ordinal);
        Assert.Contains("""{"op":"grade","temperature":0.4},{"op":"audio",""", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_clip_that_is_heard_is_not_said_to_have_no_sound() =>
        Assert.DoesNotContain("no sound of its own", Refused(keyed, "make it louder").Message, StringComparison.Ordinal);

    [Fact]
    public void Where_an_operation_does_all_that_is_said_no_model_is_needed()
    {
        Assert.DoesNotContain("is needed", Refused(keyless, "like before but slower").Message, StringComparison.Ordinal);
        Assert.Contains(
            "For the rest a generative model",
            Refused(keyless, "make it warmer, let it snow").Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Two_wishes_that_contradict_are_asked_about() =>
        Assert.Contains(
            "ask for warmer and cooler at once",
            Refused(keyed, "make it warmer and make it cooler").Message,
            StringComparison.Ordinal);

    [Fact]
    public void Of_two_wishes_the_model_gets_the_one_that_is_its()
    {
        var e = Refused(keyed, "make it snow and make it 4K");

        Assert.Contains(
            """edit_clip {"clip":"clip-2","instruction":"make it snow","operations":[{"op":"scale","resolution":"2160p"}]}""",
            e.Message,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("make it snow")]
    [InlineData("Lass es schneien")]
    [InlineData("\u96ea\u3092\u964d\u3089\u305b\u3066")]
    public void Without_a_model_words_are_not_acted_on_and_the_operations_are_listed(string instruction)
    {
        var e = Refused(keyless, instruction);

        Assert.StartsWith($"Not acted on: \"{instruction}\"", e.Message, StringComparison.Ordinal);
        Assert.Contains("trim, speed, reverse", e.Message, StringComparison.Ordinal);
        Assert.Contains("Set VENDOR_KEY.", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Operations_of_the_same_call_are_done_and_the_words_are_told()
    {
        Assert.StartsWith(
            "mute; not acted on: \"make it snow\"",
            Judge(keyless, "make it snow", """[{"op":"mute"}]"""),
            StringComparison.Ordinal);
        Assert.StartsWith(
            "mute; the words of the instruction change nothing",
            Judge(keyed, "mute it", """[{"op":"mute"}]"""),
            StringComparison.Ordinal);
        Assert.Null(Judge(keyed, "make it snow", """[{"op":"mute"}]"""));
    }

    private static I2VException Refused(WordsBench bench, string instruction) =>
        Assert.Throws<I2VException>(() => Judge(bench, instruction));

    private static string? Judge(WordsBench bench, string instruction, string operations = "[]") =>
        bench.Words.Edit.Judge(WordsBench.Clip(hasAudio: true), instruction, JsonNode.Parse(operations)!.AsArray(), model: null);
}
