using System.Text.Json;
using System.Text.Json.Nodes;
using McpI2V.EndToEnd.Conversations.Desks;
using McpI2V.EndToEnd.Conversations.Transcripts;

namespace McpI2V.EndToEnd.Conversations;

/// <summary>Asks of one kind, answered in one room, told on one page of <c>docs/conversations</c>.</summary>
public abstract class Group<TRoom>(TRoom room, string page, string title) : IClassFixture<TRoom>
    where TRoom : Room
{
    /// <summary>Begins an ask.</summary>
    /// <param name="way">How the assistant is connected.</param>
    /// <param name="number">Its number among the forty, or a letter and a number.</param>
    /// <param name="sentence">What the user says.</param>
    /// <param name="ideal">The fewest calls that it needs; one more is allowed.</param>
    /// <param name="isTold">True: kept on the page though it is held by address.</param>
    private protected async Task<Ask> AskAsync(Way way, string number, string sentence, int ideal, bool isTold = false) =>
        At(await room.DeskAsync(way), way, number, sentence, ideal, isTold);

    /// <summary>Begins an ask at a desk of its own.</summary>
    private protected Ask At(Desk desk, Way way, string number, string sentence, int ideal, bool isTold = false)
    {
        var held = new TranscriptPage(page, title);
        return new Ask(desk, (number, sentence, ideal), transcript =>
        {
            if (way == Way.Stdio || isTold)
            {
                held.Hold(transcript);
            }
        });
    }

    /// <summary>Arguments, and more.</summary>
    private protected static JsonObject With(object arguments, object more)
    {
        var all = JsonSerializer.SerializeToNode(arguments)!.AsObject();
        foreach (var (name, value) in JsonSerializer.SerializeToNode(more)!.AsObject())
        {
            all[name] = value!.DeepClone();
        }
        return all;
    }

    /// <summary>Arguments that make little work: one second, small, a draft.</summary>
    private protected static JsonObject Small(object arguments) =>
        With(new { duration_seconds = 1, resolution = "480p", quality = "draft" }, arguments);
}
