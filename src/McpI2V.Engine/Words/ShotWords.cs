using System.Text.Json.Nodes;
using McpI2V.Engine.Catalogue;
using McpI2V.Engine.Generation;
using McpI2V.Engine.Library;
using McpI2V.Engine.Motion;
using McpI2V.Media;
using McpI2V.Media.Camera;
using McpI2V.Media.Geometry;

namespace McpI2V.Engine.Words;

/// <summary>What the free camera did of a call: the camera, typed or read in English, and nothing that moves in the picture.</summary>
public sealed class ShotWords(OtherWays others)
{
    /// <summary>What stands first in the answer.</summary>
    /// <param name="shot">The request, for the embedded engine.</param>
    /// <param name="said">The user's own words, without those of a preset.</param>
    /// <param name="image">The still.</param>
    /// <param name="argument">Where the words stood.</param>
    /// <exception cref="I2VException">Nothing that is typed moves anything, and the words ask for more than the camera.</exception>
    public IReadOnlyList<string> Foremost(AnimateRequest shot, string said, Asset image, string argument = "prompt")
    {
        var beyond = Beyond(said, shot.Move);
        if (beyond.Count == 0)
        {
            return [];
        }
        var move = SnakeCase.From(shot.Move).Replace('_', ' ');
        var isRead = !shot.NamesCamera && CameraWords.Find(said) is not null;
        var typed = Typed(shot, image);
        // A camera that is read and stands still leaves a photograph: nothing of what was asked for would be seen.
        if (typed.Count == 0 && (!isRead || shot.Move == CameraMove.LockedOff))
        {
            throw Refused(shot, beyond, argument);
        }
        var does = shot.NamesCamera ? typed : [move, .. typed];
        return [$"{string.Join(", ", does)}; not acted on: {Clauses.Quote(beyond)}. local:camera moves the camera, nothing in the " +
            $"picture. {others.Of(Capability.ImageToVideo)}"];
    }

    /// <summary>The clauses of a motion prompt that are about something else than a move.</summary>
    public static IReadOnlyList<string> Beyond(string said, CameraMove move)
    {
        List<string> beyond = [];
        var isAfterMove = false;
        foreach (var clause in Clauses.Of(said))
        {
            var camera = CameraWords.Find(clause);
            if (camera is { } found && found.Move == move)
            {
                isAfterMove = true;
                continue;
            }
            // "push in on the bottle and label" is one place to go to.
            var goesOn = isAfterMove && camera is null && !clause.Contains(' ') && !clause.EndsWith('s') && clause.All(char.IsAsciiLetter);
            if (camera is not null || (!goesOn && !Clauses.SaysNothingMore(clause)))
            {
                beyond.Add(clause);
            }
            isAfterMove = false;
        }
        return beyond;
    }

    private static List<string> Typed(AnimateRequest shot, Asset image)
    {
        List<string> typed = shot.NamesCamera ? [SnakeCase.From(shot.Move).Replace('_', ' ')] : [];
        if (shot.EndImage is { } end)
        {
            typed.Add($"to {end}");
        }
        if (shot.AspectRatio is { } ratio and not "source"
            && Math.Abs((image.Size.Ratio / new PixelSize(shot.Width, shot.Height).Ratio) - 1) > 0.01)
        {
            typed.Add(ratio);
        }
        if (shot.Options["loop"]?.ToString() is "true" or "True")
        {
            typed.Add("loop");
        }
        return typed;
    }

    private I2VException Refused(AnimateRequest shot, IReadOnlyList<string> beyond, string argument)
    {
        var wishes = beyond.SelectMany(Wishes.Named).Select(w => w.Wish).ToList();
        JsonObject call = new()
        {
            ["image"] = shot.Image,
            ["camera"] = new JsonObject
            {
                ["move"] = SnakeCase.From(wishes.Contains(Wish.Smaller) ? CameraMove.PullOut : CameraMove.PushIn),
                ["strength"] = wishes.Contains(Wish.Faster) ? 0.85 : wishes.Contains(Wish.Slower) ? 0.2 : 0.35,
            },
        };
        if (wishes.Contains(Wish.Ratio) || shot.AspectRatio is not null)
        {
            call["aspect_ratio"] = shot.AspectRatio ?? Amounts.Ratio(string.Join(' ', beyond));
        }
        if (shot.Resolution is { } resolution)
        {
            call["resolution"] = resolution;
        }
        if (shot.DurationSeconds is { } seconds)
        {
            call["duration_seconds"] = seconds;
        }
        if (wishes.Contains(Wish.Loop))
        {
            call["options"] = new JsonObject { ["loop"] = true };
        }
        var still = wishes.Exists(w => w is Wish.Warmer or Wish.Cooler or Wish.Brighter or Wish.Darker or Wish.Vivid or Wish.BlackAndWhite)
            ? " Colour is the still's: generate_still with options.temperature or exposure first."
            : "";
        return new I2VException(
            ErrorCode.UnsupportedByModel,
            $"Not acted on: {Clauses.Quote(beyond)}. The free local:camera moves the camera over the picture, nothing in it.{still} If a " +
                $"camera move will do, make this call: {NextCall.Of("animate_image", call)}. camera.move names it in any language: " +
                $"{SnakeCase.All<CameraMove>()}. {others.Of(Capability.ImageToVideo)} Nothing was made or spent.",
            argument);
    }
}
