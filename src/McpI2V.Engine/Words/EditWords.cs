using System.Text.Json.Nodes;
using McpI2V.Engine.Catalogue;
using McpI2V.Engine.Library;
using McpI2V.Media.Clips.Operations;

namespace McpI2V.Engine.Words;

/// <summary>
/// What an instruction asks of a clip, before a model is paid for it: what typed operations do free and exactly, and no editing model does
/// (a size, a voice, a cut, words on the screen), is answered with the call that does it.
/// </summary>
public sealed class EditWords(OtherWays others)
{
    /// <summary>The option that sends an instruction to the model whatever it says.</summary>
    public const string AsSaid = "as_said";

    /// <summary>Judges an instruction for a model that edits video.</summary>
    /// <param name="clip">The clip.</param>
    /// <param name="instruction">The words, in whatever language.</param>
    /// <param name="operations">The typed operations of the same call.</param>
    /// <param name="model">The model that the call names; null: none.</param>
    /// <returns>Null: a model gets it. Else the typed operations are all that is done, and this stands first in the answer.</returns>
    /// <exception cref="I2VException">An operation does it free, or there is no model, and nothing typed either.</exception>
    public string? Judge(Asset clip, string instruction, JsonArray operations, string? model)
    {
        var isFree = model is null && !others.Has(Capability.VideoEdit);
        var (wished, rest) = Split(instruction);
        if (!isFree && wished.Count == 0)
        {
            return null;
        }
        if (operations.Count > 0 && (isFree || rest.Count == 0))
        {
            var names = string.Join(", ", operations.Select(o => o!["op"]!.ToString()));
            return isFree
                ? $"{names}; not acted on: {Clauses.Quote(Clauses.Of(instruction))}. {others.Of(Capability.VideoEdit)}"
                : $"{names}; the words of the instruction change nothing: no model was asked, operations do such things free.";
        }
        if (Wishes.Contradiction(wished.Select(w => w.Wish)) is { } both)
        {
            throw new I2VException(
                ErrorCode.InvalidArgument,
                $"instruction: {Clauses.Quote(wished.Select(w => w.Clause))}. {both} Nothing was made or spent.",
                "instruction");
        }
        throw isFree ? NotActedOn(clip, instruction) : DoneFree(clip, instruction, wished, rest, operations);
    }

    private bool Hears => others.Has(Capability.SpeechToText);

    private static (List<(Wish Wish, string Clause)> Wished, List<string> Others) Split(string instruction)
    {
        List<(Wish, string)> wished = [];
        List<string> rest = [];
        foreach (var clause in Clauses.Of(instruction))
        {
            // Only a model makes these inside a clip.
            if (Wishes.Of(clause) is { } wish and not (Wish.Bigger or Wish.Smaller or Wish.Backdrop or Wish.Isolate))
            {
                wished.Add((wish, clause));
            }
            else if (!Clauses.SaysNothingMore(clause))
            {
                rest.Add(clause);
            }
        }
        return (wished, rest);
    }

    private I2VException DoneFree(
        Asset clip,
        string instruction,
        List<(Wish Wish, string Clause)> wished,
        List<string> rest,
        JsonArray operations)
    {
        List<JsonNode> steps =
        [
            .. operations.Select(o => o!.DeepClone()),
            .. wished.SelectMany(w => ClipWishes.Steps(w.Wish, w.Clause, clip)),
        ];
        var sentences = wished.Select(w => ClipWishes.Otherwise(w.Wish, w.Clause, clip, Hears)).OfType<string>().Distinct().ToList();
        JsonObject call = new() { ["clip"] = clip.Handle.ToString() };
        if (rest.Count > 0)
        {
            call["instruction"] = string.Join(", ", rest);
        }
        if (steps.Count > 0)
        {
            call["operations"] = new JsonArray([.. steps]);
        }
        var next = call.Count > 1 ? [$"Make this call instead: {NextCall.Of("edit_clip", call)}.", .. sentences] : sentences;
        return new I2VException(
            ErrorCode.UnsupportedByModel,
            $"instruction: {Clauses.Quote(wished.Select(w => w.Clause))} is nothing that a model which edits video does, and it would be " +
                $"paid all the same. {string.Join(' ', next)} To send the instruction as it is add options {{\"{AsSaid}\":true}}. " +
                "Nothing was made or spent.",
            "instruction");
    }

    private I2VException NotActedOn(Asset clip, string instruction)
    {
        var named = Clauses.Of(instruction)
            .SelectMany(c => Wishes.Of(c) is { } wish ? [(wish, c)] : Wishes.Named(c).Take(1).Select(n => (n.Wish, c)))
            .ToList();
        var steps = named.SelectMany(n => ClipWishes.Steps(n.Item1, n.c, clip)).ToList();
        List<string> next = [];
        if (steps.Count > 0)
        {
            next.Add("This call does it free: " + NextCall.Of("edit_clip", new JsonObject
            {
                ["clip"] = clip.Handle.ToString(),
                ["operations"] = new JsonArray([.. steps]),
            }) + ".");
        }
        next.AddRange(named.Select(n => ClipWishes.Otherwise(n.Item1, n.c, clip, Hears)).OfType<string>().Distinct());
        var isCovered = next.Count > 0 && Clauses.Asking(instruction).All(clause => Wishes.Of(clause) is not null);
        if (named.Exists(n => n.Item1 == Wish.Slower))
        {
            next.Add("A slower camera: animate_image again with camera.strength 0.2.");
        }
        if (next.Count == 0)
        {
            next.Add($"What operations do free: {string.Join(", ", OperationCatalogue.Names)}.");
        }
        var what = steps.Count > 0 ? "the rest" : "it";
        return new I2VException(
            ErrorCode.UnsupportedByModel,
            $"Not acted on: {Clauses.Quote(Clauses.Of(instruction))}. The free engine follows operations, not words. " +
                $"{string.Join(' ', next)}{(isCovered ? "" : $" {others.Of(Capability.VideoEdit, what)}")} Nothing was made or spent.",
            "instruction");
    }
}
