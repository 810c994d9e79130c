using System.Text.Json.Nodes;
using McpI2V.Engine.Catalogue;
using McpI2V.Engine.Generation;
using McpI2V.Media.Camera;
using McpI2V.Media.Ffmpeg;

namespace McpI2V.Engine.Tests.Generation;

public sealed class KeepingARequest
{
    // As version 0.1.0 wrote them.
    private static readonly Dictionary<string, (GenerationRequest Request, string Text)> Known = new()
    {
        ["still"] = (
            new StillRequest
            {
                Prompt = "a red cup",
                AspectRatio = "9:16",
                Resolution = "480p",
                Width = 480,
                Height = 854,
            },
            """{"prompt":"a red cup","from":[],"aspect_ratio":"9:16","resolution":"480p","is_exact":false,"quality":"standard","width":480,"height":854,"count":1,"options":{}}"""),
        ["animate"] = (
            new AnimateRequest
            {
                Image = "still-1",
                Move = CameraMove.PushIn,
                NamesCamera = true,
                Resolution = "480p",
                DurationSeconds = 1,
                Width = 480,
                Height = 854,
                Quality = EncodeQuality.Draft,
                Seed = 3,
                Options = new JsonObject { ["fps"] = 24 },
            },
            """{"image":"still-1","references":[],"prompt":"","move":"push_in","strength":0.5,"easing":"ease_in_out","names_camera":true,"resolution":"480p","duration_seconds":1,"width":480,"height":854,"audio":"none","quality":"draft","count":1,"seed":3,"options":{"fps":24}}"""),
        ["transform"] = (
            new TransformRequest { Capability = Capability.VideoEdit, Clip = "clip-1", Prompt = "rain", Quality = EncodeQuality.Best },
            """{"kind":"video_edit","clip":"clip-1","prompt":"rain","references":[],"quality":"best","options":{}}"""),
        ["audio"] = (
            new AudioRequest { Capability = Capability.TextToSpeech, Text = "Good morning", Voice = "Rachel", Language = "en", Seed = 4 },
            """{"kind":"text_to_speech","text":"Good morning","voice":"Rachel","language":"en","quality":"standard","seed":4,"options":{}}"""),
        ["recipe"] = (
            new RecipeRequest
            {
                Clip = "clip-1",
                Operations = [new JsonObject { ["op"] = "fade", ["in_seconds"] = 0.2 }],
                Operation = "edit",
                Quality = EncodeQuality.Draft,
            },
            """{"clip":"clip-1","operations":[{"op":"fade","in_seconds":0.2}],"operation":"edit","quality":"draft","inputs":[]}"""),
    };

    public static TheoryData<string> Kinds => [.. Known.Keys];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_call_that_is_made_again_after_an_update_has_the_key_it_had(string kind) =>
        Assert.Equal(Known[kind].Text, Known[kind].Request.ToKey());

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_request_is_read_as_it_was_written(string kind)
    {
        var request = Known[kind].Request;

        var read = GenerationRequest.FromJson(request.ToJson());

        Assert.IsType(request.GetType(), read);
        Assert.Equal((kind, request.ToKey()), (read.Kind, read.ToKey()));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_request_of_a_version_before_is_read_once_it_says_its_kind(string kind)
    {
        var written = JsonNode.Parse(Known[kind].Text)!.AsObject();
        written["type"] = kind;

        Assert.Equal(Known[kind].Text, GenerationRequest.FromJson(written.ToJsonString()).ToKey());
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("""{"type":"opera"}""")]
    [InlineData("""{"type":"animate","image":"still-1","move":"moonwalk","width":1,"height":1}""")]
    [InlineData("""{"type":"transform","kind":"telepathy"}""")]
    [InlineData("{\"type\":")]
    public void A_damaged_request_is_an_error_and_no_guess(string json) =>
        Assert.Equal(ErrorCode.ProviderFailed, Assert.Throws<I2VException>(() => GenerationRequest.FromJson(json)).Code);

    [Fact]
    public void Options_of_the_engine_itself_are_not_passed_on()
    {
        var request = (AnimateRequest)Known["animate"].Request with
        {
            Options = new JsonObject { ["fit"] = "pad", ["focus_x"] = 0.2, ["negative_prompt"] = "rain" },
        };

        Assert.Equal("""{"negative_prompt":"rain"}""", request.ProviderOptions.ToJsonString());
    }
}
