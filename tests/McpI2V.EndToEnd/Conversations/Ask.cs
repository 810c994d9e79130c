using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using McpI2V.EndToEnd.Conversations.Desks;
using McpI2V.EndToEnd.Conversations.Transcripts;

namespace McpI2V.EndToEnd.Conversations;

/// <summary>What a user asks for, and the calls that an assistant makes until it is done or the answer says what it needs.</summary>
public sealed partial class Ask
{
    private static readonly JsonSerializerOptions AsWritten = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private readonly (string Number, string Sentence, int Ideal) what;
    private readonly Action<Transcript> hold;
    private readonly List<Turn> turns = [];
    private ToolAnswer? last;

    internal Ask(Desk desk, (string Number, string Sentence, int Ideal) what, Action<Transcript> hold) =>
        (Desk, this.what, this.hold) = (desk, what, hold);

    public Desk Desk { get; }

    /// <summary>What was made before the sentence was said; it counts for nothing.</summary>
    public async Task<ToolAnswer> GivenAsync(string tool, object arguments)
    {
        var answer = await Desk.CallAsync(tool, Patient(tool, arguments));
        turns.Add(new Turn(tool, Json(arguments), answer.Text, IsBefore: true));
        return answer.ShouldSucceed();
    }

    /// <summary>A call of the assistant. Whatever it answers is true on its face, and an error says what to do next.</summary>
    public async Task<ToolAnswer> CallAsync(string tool, object arguments)
    {
        last = await Desk.CallAsync(tool, Patient(tool, arguments));
        turns.Add(new Turn(tool, Json(arguments), last.Text, IsBefore: false));
        Assert.False(string.IsNullOrWhiteSpace(last.Text));
        if (last.IsError)
        {
            Assert.True(NextStep().IsMatch(last.Text), "an error says what to do next: " + last.Text);
        }
        else
        {
            var cost = last.Structured["job"]?["cost_usd"]?.GetValue<decimal>() ?? 0;
            Assert.False(cost > 0 && Headline(last).Contains(", free", StringComparison.Ordinal), "paid, and called free: " + last.Text);
        }
        return last;
    }

    /// <summary>Makes the call that an answer holds, as it is written there.</summary>
    public Task<ToolAnswer> FollowAsync(ToolAnswer answer)
    {
        var written = WrittenCall().Match(answer.Text);
        Assert.True(written.Success, "it holds no call: " + answer.Text);
        var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(answer.Text[(written.Index + written.Groups[1].Length + 1)..]));
        return CallAsync(written.Groups[1].Value, JsonNode.Parse(ref reader)!);
    }

    /// <summary>It ends with what was asked for.</summary>
    public void Done(string verdict)
    {
        Assert.False(last!.IsError, last.Text);
        End("Done: " + verdict);
    }

    /// <summary>It ends with the sentence that says what it needs, and with nothing made.</summary>
    public void Needs(string verdict)
    {
        Assert.True(last!.IsError, "it is not done, and this says nothing of it: " + last.Text);
        End("Not done, and told so: " + verdict);
    }

    private void End(string verdict)
    {
        var transcript = new Transcript(what.Number, what.Sentence, turns, verdict, what.Ideal);
        Assert.True(
            transcript.Calls <= what.Ideal + 1,
            $"\"{what.Sentence}\" took {transcript.Calls} calls; at best {what.Ideal}.\n{string.Join("\n\n", turns)}");
        hold(transcript);
    }

    // On a busy machine an answer comes before the work is done unless it waits longer; that is no part of a conversation.
    private static JsonNode Patient(string tool, object arguments)
    {
        var call = JsonSerializer.SerializeToNode(arguments)!;
        if (tool is "generate_still" or "generate_audio" or "animate_image" or "edit_clip" or "assemble_clips" or "export_clip")
        {
            call.AsObject().TryAdd("wait_seconds", 250);
        }
        return call;
    }

    private static string Headline(ToolAnswer answer) =>
        answer.Text.Split('\n').FirstOrDefault(l => l.StartsWith("Done", StringComparison.Ordinal)) ?? "";

    private static string Json(object arguments) => JsonSerializer.Serialize(arguments, AsWritten);

    [GeneratedRegex(@"\b(generate_\w+|animate_image|edit_clip|batch_variants|assemble_clips|export_clip|check_job|find_assets|" +
        @"organize_assets|save_element|list_models|[A-Z0-9]+(_[A-Z0-9]+)*_KEY|I2V__\w+|" +
        @"[Uu]se |[Ss]ay |[Ss]end |[Gg]ive |[Aa]sk the user|[Tt]ell the user|allowed|[Tt]here are|must |can do it|[Rr]aise |curl)")]
    private static partial Regex NextStep();

    [GeneratedRegex(@"\b(generate_still|generate_audio|animate_image|edit_clip|batch_variants|assemble_clips|export_clip) (?=\{)")]
    private static partial Regex WrittenCall();
}
