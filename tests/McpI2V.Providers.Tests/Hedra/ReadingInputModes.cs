using System.Text.Json.Nodes;
using McpI2V.Providers.Hedra;

namespace McpI2V.Providers.Tests.Hedra;

/// <summary>Which inputs go together, as the descriptions of Hedra's schemas say it.</summary>
public sealed class ReadingInputModes
{
    private const string Kling =
        """
        Model-specific inputs for `kling-v3`.

        Accepted field combinations (one per input mode):
        (1) requires: aspect_ratio, duration_ms, resolution, start_image; must omit: end_image; accepts quality: pro; resolution: 1080p | 4K
        (2) requires: aspect_ratio, duration_ms, start_image; must omit: end_image; accepts quality: standard; resolution: 720p
        (3) requires: aspect_ratio, duration_ms; must omit: end_image, start_image; accepts quality: standard; resolution: 720p
        """;

    private const string Wan =
        """
        Accepted field combinations (one per input mode):
        (1) requires: prompt, start_image; must omit: aspect_ratio, images
        (2) requires: aspect_ratio, images, prompt; must omit: end_image, start_image
        (3) requires: aspect_ratio, prompt; must omit: end_image, images, start_image
        """;

    private const string File = """{"source":"url","url":"https://a.example/b"}""";

    [Theory]
    [InlineData("720p", "pro", "standard")]
    [InlineData("1080p", "standard", "pro")]
    [InlineData("4K", "standard", "pro")]
    [InlineData("720p", "standard", "standard")]
    public void The_quality_follows_from_the_resolution(string resolution, string quality, string settled)
    {
        var frame = $$"""{"aspect_ratio":"9:16","duration_ms":5000,"start_image":{{File}}""";

        var input = Settled(Kling, $$"""{{frame}},"resolution":"{{resolution}}","quality":"{{quality}}"}""");

        Assert.Equal((settled, resolution), (input["quality"]!.ToString(), input["resolution"]!.ToString()));
    }

    [Fact]
    public void What_the_user_said_stays()
    {
        var input = Settled(
            Kling,
            $$"""{"aspect_ratio":"9:16","duration_ms":5000,"start_image":{{File}},"resolution":"720p","quality":"pro"}""",
            "quality");

        Assert.Equal("pro", input["quality"]!.ToString());
    }

    [Theory]
    [InlineData($$"""{"prompt":"x","aspect_ratio":"9:16","start_image":{{File}}}""", "prompt,start_image")]
    [InlineData($$"""{"prompt":"x","aspect_ratio":"9:16","images":[{{File}}]}""", "aspect_ratio,images,prompt")]
    [InlineData("""{"prompt":"x","aspect_ratio":"9:16"}""", "aspect_ratio,prompt")]
    public void What_does_not_go_with_a_file_is_left_out(string input, string left) =>
        Assert.Equal(left, string.Join(',', Settled(Wan, input).Select(m => m.Key).Order(StringComparer.Ordinal)));

    [Theory]
    [InlineData("")]
    [InlineData("(1)")]
    [InlineData("(x) requires")]
    [InlineData("(1) requires:")]
    [InlineData("(((((((((((\n))))))))))))")]
    [InlineData("(1) must omit: prompt; accepts : | ; ; :")]
    public void Words_that_say_nothing_change_nothing_that_was_said(string words) =>
        Assert.Equal("""{"prompt":"x"}""", Settled(words, """{"prompt":"x"}""", "prompt").ToJsonString());

    private static JsonObject Settled(string words, string input, params string[] said)
    {
        var body = JsonNode.Parse(input)!.AsObject();
        InputModes.Read(words).Settle(body, said.Contains);
        return body;
    }
}
