using System.Text.Json;
using System.Text.Json.Nodes;
using McpI2V.Engine.Catalogue;
using McpI2V.Engine.Editing;
using McpI2V.Engine.Generation;
using McpI2V.Engine.Jobs;
using McpI2V.Engine.Library;
using McpI2V.Engine.Planning;
using McpI2V.Engine.Words;
using McpI2V.Media.Formats;

namespace McpI2V.Engine.Sound;

/// <summary>
/// Captions that say no words: the clip's own speech is heard by a model, in a job of its own before, and its words become the cues. Once
/// heard, a clip is not paid for again.
/// </summary>
public sealed class SpokenCaptions(RoutePlanner routes, OtherWays others, MediaLibrary library, Recipes recipes)
{
    private const string Operation = "transcribe";
    private const string Unspent = "Nothing was rendered and nothing was spent.";

    /// <summary>The change with words for its captions, and the job that hears them first; null: it asks for none of that.</summary>
    /// <exception cref="I2VException">Nothing that is configured hears words, or they can't be heard on this clip or at this
    /// place.</exception>
    public async Task<HeardCaptions?> PlanAsync(SpokenCaptionsOrder order, CancellationToken callCancelled)
    {
        var (clip, change) = (order.Clip, order.Change);
        var places = change.Add.Index().Where(s => Recipes.LacksCues(s.Item)).Select(s => s.Index).ToList();
        if (places.Count == 0)
        {
            return null;
        }
        if (places is not [0] || change.Rewrites)
        {
            throw I2VException.Invalid("operations", "captions without cues caption what the clip speaks as it is now: they are the " +
                "first of the operations, once, and without replace, remove or move. Other changes go into a call before, or behind " +
                $"them. {Unspent}");
        }
        if (!clip.HasAudio)
        {
            throw I2VException.Invalid("operations", $"{clip.Handle} has no sound, so nobody speaks in it. Give the words as cues of " +
                $"captions, each with start_seconds, end_seconds and text. {Unspent}");
        }
        if (!order.IsFresh && await HeardBeforeAsync(clip, callCancelled) is var (heard, known) && heard is not null)
        {
            return new HeardCaptions(
                With(change, known!),
                null,
                $"The words are those of {heard.Handle}, which was heard before: hearing them again costs nothing.");
        }
        if (!others.Has(Capability.SpeechToText))
        {
            throw new I2VException(
                ErrorCode.UnsupportedByModel,
                $"captions without cues need somebody who hears what is spoken. {others.Of(Capability.SpeechToText)} Without it give the " +
                    "words as cues, each with start_seconds, end_seconds and text. " + Unspent,
                "operations");
        }
        JsonNode cue = new JsonObject
        {
            ["start_seconds"] = 0,
            ["end_seconds"] = clip.Duration.TotalSeconds,
            ["text"] = RecipeRequest.MadeBefore,
        };
        return new HeardCaptions(With(change, new JsonArray(cue)), await TranscriptAsync(order, callCancelled), null);
    }

    private async Task<NewJob> TranscriptAsync(SpokenCaptionsOrder order, CancellationToken callCancelled)
    {
        var options = order.Options.DeepClone().AsObject();
        var request = new AudioRequest
        {
            Capability = Capability.SpeechToText,
            Text = "",
            Clip = order.Clip.Handle.ToString(),
            Language = SpokenLanguage.Take(options),
            Options = options,
        };
        var route = await routes.ForAsync(order.Model, request.Need(library), order.MostUsd, callCancelled);
        return NewJob.For("edit_clip", ShortTitles.FromText($"words of {order.Clip.Title}", "words"), request, route);
    }

    private async Task<(Asset? Sound, JsonArray? Cues)> HeardBeforeAsync(Asset clip, CancellationToken callCancelled)
    {
        var query = new AssetQuery { Words = [Operation], Kind = MediaKind.Audio, Parent = clip.Handle };
        foreach (var sound in library.Assets.Search(query).Where(a => a.Operation == Operation && a.Parent == clip.Handle))
        {
            if (await recipes.KnownCuesAsync(sound, "captions", callCancelled) is { } cues)
            {
                return (sound, cues);
            }
        }
        return (null, null);
    }

    private static RecipeChange With(RecipeChange change, JsonArray cues)
    {
        var captions = JsonNode.Parse(change.Add[0].GetRawText())!;
        captions["cues"] = cues;
        return change with { Add = [JsonElement.Parse(captions.ToJsonString()), .. change.Add.Skip(1)] };
    }
}
