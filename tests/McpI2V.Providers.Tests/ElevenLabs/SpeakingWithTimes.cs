using System.Text.Json.Nodes;
using McpI2V.Engine.Catalogue;
using McpI2V.Engine.Editing;
using McpI2V.Engine.Providers;
using McpI2V.Providers.ElevenLabs;

namespace McpI2V.Providers.Tests.ElevenLabs;

/// <summary>The times of letters become those of words, as captions read them.</summary>
public sealed class SpeakingWithTimes : IDisposable
{
    private readonly ElevenLabsBench bench = new();

    [Fact]
    public void Each_word_has_its_own_time_and_a_sentence_its_own_line()
    {
        var cues = SubtitleText.Cues(SpokenText.Of(Alignment("Glow, bottled.  Out on Friday.", 0.1))!, "captions");

        Assert.Equal(["Glow, bottled.", "Out on Friday."], cues.Select(c => c!["text"]!.GetValue<string>()));
        Assert.Equal([0, 0.6], Times(cues[0]!));
        Assert.Equal([1.6, 2, 2.3], Times(cues[1]!));
        Assert.Equal((1.6, 3.0), (cues[1]!["start_seconds"]!.GetValue<double>(), cues[1]!["end_seconds"]!.GetValue<double>()));
    }

    [Fact]
    public void A_long_sentence_is_told_in_lines()
    {
        var text = string.Join(' ', Enumerable.Repeat("serum", 30));

        var cues = SubtitleText.Cues(SpokenText.Of(Alignment(text, 0.05))!, "captions");

        Assert.All(cues, c => Assert.InRange(c!["text"]!.GetValue<string>().Length, 1, 42));
        Assert.Equal(30, cues.Sum(c => c!["word_seconds"]!.AsArray().Count));
    }

    [Fact]
    public void A_tag_is_not_spoken()
    {
        var cues = SubtitleText.Cues(SpokenText.Of(Alignment("[soft whisper] Good night", 0.1))!, "captions");

        Assert.Equal("Good night", Assert.Single(cues)!["text"]!.GetValue<string>());
    }

    [Theory]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("""{"characters":["a"],"character_start_times_seconds":[0],"character_end_times_seconds":[]}""")]
    [InlineData("""{"characters":["a"],"character_start_times_seconds":["x"],"character_end_times_seconds":[1]}""")]
    [InlineData("""{"characters":["a"],"character_start_times_seconds":[1e99],"character_end_times_seconds":[1e99]}""")]
    [InlineData("""{"characters":["a"," ","b"],"character_start_times_seconds":[5,6,1],"character_end_times_seconds":[6,7,2]}""")]
    [InlineData("""{"characters":[" "],"character_start_times_seconds":[0],"character_end_times_seconds":[1]}""")]
    public void Times_that_do_not_fit_together_are_none(string alignment) => Assert.Null(SpokenText.Of(JsonNode.Parse(alignment)));

    [Fact]
    public async Task They_lie_beside_the_sound_whether_it_came_with_the_answer_or_from_the_history()
    {
        var alignment = Alignment("Out on Friday.", 0.1);
        File.WriteAllText(bench.AnswerFile, new JsonObject
        {
            ["audio_base64"] = Convert.ToBase64String(ElevenLabsBench.Mp3),
            ["alignment"] = alignment.DeepClone(),
        }.ToJsonString());
        bench.Answer("/v1/history/h-2/audio", "ID3 sound");
        bench.Answer("/v1/history/h-2", new JsonObject { ["alignments"] = new JsonObject { ["alignment"] = alignment } }.ToJsonString());
        var order = bench.Order("eleven_v3", Capability.TextToSpeech);

        foreach (var task in new[] { new RemoteTask("r"), new RemoteTask("r-2", "v1/history/h-2") })
        {
            var path = bench.AnswerFile + task.Id;
            await bench.WithAsync(async provider =>
            {
                var made = await provider.GetStatusAsync(task, order, CancellationToken.None);
                await provider.FetchAsync(made.Outputs[0], path, CancellationToken.None);
                return true;
            });

            var words = await File.ReadAllTextAsync(RemoteOutput.WordsBeside(path));
            Assert.Contains("<00:00:00,000>Out <00:00:00,400>on", words, StringComparison.Ordinal);
        }
    }

    public void Dispose() => bench.Dispose();

    private static double[] Times(JsonNode cue) => [.. cue["word_seconds"]!.AsArray().Select(t => Math.Round(t!.GetValue<double>(), 3))];

    private static JsonObject Alignment(string text, double step) => new()
    {
        ["characters"] = new JsonArray([.. text.Select(c => JsonValue.Create(c.ToString()))]),
        ["character_start_times_seconds"] = new JsonArray([.. text.Select((_, i) => JsonValue.Create(i * step))]),
        ["character_end_times_seconds"] = new JsonArray([.. text.Select((_, i) => JsonValue.Create((i + 1) * step))]),
    };
}
