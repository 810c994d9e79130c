using System.Text.Json.Nodes;

namespace McpI2V.EndToEnd.Clients;

/// <summary>What a conversation pays for each answer: text, structure and links together, in o200k tokens.</summary>
public sealed class TokensOfTheAnswers
{
    [Fact]
    public async Task An_answer_is_small_and_a_batch_from_asked_to_finished_stays_a_screenful_however_many_variants_it_has()
    {
        using var library = new TestLibrary();
        var photo = await TestMedia.StillAsync(library, width: 720, height: 1280);

        var (code, output, error) = await Shell.RunAsync(
            NodeTools.Node,
            $"\"{NodeTools.Folder}/answer-tokens.mjs\" \"{Assistant.ProgramPath}\" \"{photo}\"",
            new Dictionary<string, string> { ["I2V_HOME"] = library.Home, ["I2V__Inputs__Roots"] = library.Inputs },
            TimeSpan.FromMinutes(10));

        Assert.True(code == 0, output + error);
        var told = JsonNode.Parse(output)!;
        var (thirty, twoHundred) = (told["batch_of_30"]!, told["batch_of_200"]!);
        Assert.Equal((30, 200), (Number(thirty, "succeeded"), Number(twoHundred, "ended")));
        AtMost(3_000, thirty, "asked_to_finished");
        AtMost(6_000, twoHundred, "asked_to_finished");
        AtMost(1_200, twoHundred, "again");
        AtMost(120, told, "canceled_after_its_end");
        AtMost(640, told, "still");
        AtMost(560, told, "clip");
        AtMost(700, told, "edit");
        AtMost(42, told, "shows");
        AtMost(5_500, told, "find_assets");
        AtMost(2_500, told, "list_models");
        foreach (var batch in new[] { thirty, twoHundred })
        {
            AtMost(10, batch, "most_lines");
            AtMost(10, batch, "most_links");
            AtMost(10, batch, "most_variants");
        }

        void AtMost(int most, JsonNode of, string what) =>
            Assert.True(Number(of, what) <= most, $"{what} is to be at most {most}: {output}");
    }

    private static int Number(JsonNode of, string what) => of[what]!.GetValue<int>();
}
