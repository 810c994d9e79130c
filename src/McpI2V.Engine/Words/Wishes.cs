using System.Text.RegularExpressions;

namespace McpI2V.Engine.Words;

/// <summary>
/// Reads wishes out of English words by their stems. Whoever speaks another language is understood by the assistant, not here: what is not
/// found is told as not acted on, never guessed.
/// </summary>
public static partial class Wishes
{
    // Where a word also has a meaning inside the picture ("make the sky darker"), it counts only if nothing else is said.
    private static readonly IReadOnlyList<(Wish Wish, Regex Words, bool Alone)> Table =
    [
        (Wish.Undo, Undo(), false),
        (Wish.Publish, Publish(), false),
        (Wish.FileSize, FileSize(), false),
        (Wish.Gif, Gif(), false),
        (Wish.CutOut, CutOut(), false),
        (Wish.Isolate, Isolate(), false),
        (Wish.Resolution, Resolution(), false),
        (Wish.VoiceOver, VoiceOver(), false),
        (Wish.Music, Music(), false),
        (Wish.Stabilize, Stabilize(), false),
        (Wish.Captions, Captions(), false),
        (Wish.Title, Title(), false),
        (Wish.Logo, Logo(), false),
        (Wish.Trim, Trim(), false),
        (Wish.Trim, Shorter(), true),
        (Wish.Reverse, Reverse(), false),
        (Wish.Loop, Loop(), false),
        (Wish.Fade, Fade(), true),
        (Wish.Freeze, Freeze(), false),
        (Wish.Mute, Mute(), false),
        (Wish.Louder, Louder(), false),
        (Wish.Quieter, Quieter(), false),
        (Wish.Ratio, Ratio(), false),
        (Wish.Slower, Slower(), true),
        (Wish.Faster, Faster(), true),
        (Wish.Warmer, Warmer(), true),
        (Wish.Cooler, Cooler(), true),
        (Wish.Brighter, Brighter(), true),
        (Wish.Darker, Darker(), true),
        (Wish.Vivid, Vivid(), true),
        (Wish.BlackAndWhite, BlackAndWhite(), true),
        (Wish.Backdrop, Backdrop(), true),
        (Wish.Bigger, Bigger(), true),
        (Wish.Smaller, Smaller(), true),
    ];

    private static readonly IReadOnlyList<(Wish One, Wish Other)> Opposites =
    [
        (Wish.Warmer, Wish.Cooler),
        (Wish.Brighter, Wish.Darker),
        (Wish.Bigger, Wish.Smaller),
        (Wish.Slower, Wish.Faster),
        (Wish.Louder, Wish.Quieter),
        (Wish.Mute, Wish.Louder),
        (Wish.Vivid, Wish.BlackAndWhite),
    ];

    /// <summary>Every wish that a text names, wherever it stands, with the words that name it.</summary>
    public static IReadOnlyList<(Wish Wish, string Said)> Named(string text) =>
    [
        .. Table.Select(row => (row.Wish, Match: row.Words.Match(text)))
            .Where(found => found.Match.Success)
            .OrderBy(found => found.Match.Index)
            .Select(found => (found.Wish, found.Match.Value.Trim())),
    ];

    /// <summary>Two wishes of these that can't both be had, as they are asked for in words; null: there are none.</summary>
    public static string? Contradiction(IEnumerable<Wish> wishes)
    {
        var named = wishes.ToHashSet();
        var pair = Opposites.FirstOrDefault(o => named.Contains(o.One) && named.Contains(o.Other));
        return pair.One == pair.Other
            ? null
            : $"The words ask for {pair.One.ToString().ToLowerInvariant()} and {pair.Other.ToString().ToLowerInvariant()} at once: " +
                "ask the user which, and make one change a turn.";
    }

    /// <summary>The one wish that a clause is about; null if it may be about what the picture shows.</summary>
    public static Wish? Of(string clause)
    {
        foreach (var (wish, words, alone) in Table)
        {
            if (words.Match(clause) is { Success: true } found
                && (!alone || Clauses.SaysNothingMore(clause.Remove(found.Index, found.Length))))
            {
                return wish;
            }
        }
        return null;
    }

    [GeneratedRegex(@"^\W*(undo|revert|go back|take (it|that) back)\b|\bprevious version\b|\b(two|one|\d) versions? back\b", Any)]
    private static partial Regex Undo();

    [GeneratedRegex(@"\b(4k|8k|uhd|hdtv|full ?hd|2160p|1440p|1080p|upscal\w*|(high|low)er resolution|(in|de)crease the resolution)\b", Any)]
    private static partial Regex Resolution();

    [GeneratedRegex(@"\b(voice[- ]?overs?|narrat(e|es|ion|or)|(add|put|with|record) (a |an |some )?(\w+ )?voice)\b", Any)]
    private static partial Regex VoiceOver();

    [GeneratedRegex(@"\b(add|put|lay|use|change|swap|replace|need)\b.*\b(music(?! (box|stand|player|note))|" +
        @"soundtrack|song|jingle)\b|\bbackground music\b|^\W*(an? |some )?(happy |upbeat |calm )?(music|song|jingle)\W*$", Any)]
    private static partial Regex Music();

    [GeneratedRegex(@"\bstabili[sz]\w*|\b(less shak(y|e)|steadier|remove the shak(e|ing))\b", Any)]
    private static partial Regex Stabilize();

    [GeneratedRegex(@"\b(captions?|subtitles?)\b", Any)]
    private static partial Regex Captions();

    [GeneratedRegex(@"\b(titles?|headlines?|hook text|text overlay|overlay text|lower third|(add|put|write|show) (the |a |some )?" +
        @"(text|words)|(put|write|add) (?=[""“'])|call to action|cta)(?!\w)", Any)]
    private static partial Regex Title();

    [GeneratedRegex(@"\bwatermark\b|\blogo\b.*\b(corner|bottom|top|overlay|smaller|bigger|last|first)\b|\boverlay\b.*\blogo\b|" +
        @"^\W*(add|put|show) (\w+ )?logo\W*$", Any)]
    private static partial Regex Logo();

    [GeneratedRegex(@"\btrim (it|this|to|off|the (clip|video|start|end|beginning|first|last))\b|" +
        @"\b(cut|keep|remove|drop|only)\b[^.]*\b(seconds?|secs?|\d+ ?s)\b|" +
        @"\bcut (it|this|the (clip|video|end|start|beginning))\b", Any)]
    private static partial Regex Trim();

    [GeneratedRegex(@"\b(trim\w*|shorten\w*|shorter)\b", Any)]
    private static partial Regex Shorter();

    [GeneratedRegex(@"\b(reverse (it|this|the (clip|video))|(play|run) (it |this |the (clip|video) )?(backwards?|in reverse))\b|" +
        @"^\W*reverse\W*$", Any)]
    private static partial Regex Reverse();

    [GeneratedRegex(@"\b(loop(s|ed|ing)? (it|this|the (clip|video))|(make|let) (it|this|the (clip|video)) loop|" +
        @"seamless loop|boomerang)\b|^\W*loop\W*$", Any)]
    private static partial Regex Loop();

    [GeneratedRegex(@"\bfade( it| this| the (clip|video))?([- ]?(in|out))?( (to|from) (black|white))?\b", Any)]
    private static partial Regex Fade();

    [GeneratedRegex(@"\bfreeze[- ]?frame\b|\bfreeze (it|the (last|first) frame)\b|\bhold the last frame\b", Any)]
    private static partial Regex Freeze();

    [GeneratedRegex(@"\b(un)?mute\b|\b(no|without|remove the|cut the|turn off the) (sound|audio)\b", Any)]
    private static partial Regex Mute();

    [GeneratedRegex(@"\b(louder|too (quiet|soft to hear))\b|\b(raise|increase|turn up|more) (the )?volume\b", Any)]
    private static partial Regex Louder();

    [GeneratedRegex(@"\b(quieter|softer sound|less loud|too loud)\b|\b(lower|decrease|reduce|turn down|less) (the )?volume\b", Any)]
    private static partial Regex Quieter();

    [GeneratedRegex(@"(?<!\b(mirror|flip)\b.*)(?:" +
        @"\b(9:16|16:9|1:1|4:5|5:4|3:4|4:3|21:9|aspect ratio|widescreen)\b|^\W*(vertical(ly)?|portrait|landscape|square|" +
        @"horizontal(ly)?)\W*$|\b(it|this|clip|video|image|picture|photo|still|format|version) (to be |into |in |a |as )*" +
        @"(vertical(ly)?|portrait|landscape|square|horizontal(ly)?)\b|\b(vertical|portrait|landscape|square|horizontal) " +
        @"(format|version|crop|clip|mode)\b|" +
        @"\b(vertical|square|horizontal) (still|video|ad|one|image|picture|photo)\b|\b(and|,) (vertical|square|horizontal)\W*$)", Any)]
    private static partial Regex Ratio();

    [GeneratedRegex(@"\b(slow(er|ly)?( it| this| the \w+)?( down)?|slow[- ]?mo(tion)?|half (the )?speed)\b", Any)]
    private static partial Regex Slower();

    [GeneratedRegex(@"\b(faster|quicker|speed( it| this| the \w+)?( up)?|twice as fast|double (the )?speed|\d(\.\d+)?x( speed)?)\b", Any)]
    private static partial Regex Faster();

    [GeneratedRegex(@"\bwarm(er|th|ly)?( (it|this|them))?( up)?\b", Any)]
    private static partial Regex Warmer();

    [GeneratedRegex(@"\b(cool(er)?( (it|this))?( down)?|colder)\b", Any)]
    private static partial Regex Cooler();

    [GeneratedRegex(@"\b(bright(er|en)|lighter|lighten)( (it|this))?( up)?\b", Any)]
    private static partial Regex Brighter();

    [GeneratedRegex(@"\bdark(er|en)( (it|this))?( down)?\b", Any)]
    private static partial Regex Darker();

    [GeneratedRegex(@"\b(more (vivid|colou?rful|saturated|saturation|contrast|punch(y)?)|punchier|vivid|punchy)\b", Any)]
    private static partial Regex Vivid();

    [GeneratedRegex(@"\b(black[- ]and[- ]white|monochrome|b&w|gr[ae]yscale)\b", Any)]
    private static partial Regex BlackAndWhite();

    [GeneratedRegex(@"\b(remove|change|swap|replace|cut out|blur)\b.*\b(background|backdrop)\b|\b(on|before|against) an? (\w+[- ]){0,2}" +
        @"(background|backdrop)\b", Any)]
    private static partial Regex Backdrop();

    // "Without background music" is about a sound, "a transparent bottle" about what is in the picture.
    [GeneratedRegex(@"\b(remove|erase|delete|drop|lose|take (away|out)|get rid of|knock ?out|strip|without|no) " +
        @"(an? |the |its |this |any )?(white |grey |plain |old )?(background|backdrop|bg)\b(?! (music|noise|sound|people|blur))|" +
        @"\b(background|bg)[- ](removal|removed|remover|free)\b|" +
        @"\bcut(ting)? (it|this|them|(the|my|this)( \w+){1,2}) out\b(?! of)|" +
        @"\bcut out (the |my |this )(product|object|subject|bottle|can|shoe|bag|box|jar|tube|person|figure)\b|" +
        @"^\W*(make |as )?(an? )?cut[- ]?out\W*$|\btransparent (background|backdrop|bg|png)\b|" +
        @"^\W*(make (it |this |the (\w+ )?(background|backdrop) )?)?transparent\W*$|\bisolate (it|this|the \w+)\b|" +
        @"\b(freistell\w*|freigestellt\w*|stell\w* [^.]*\bfrei)\b", Any)]
    private static partial Regex Isolate();

    [GeneratedRegex(@"\b(bigger|larger|enlarge|closer|zoom in|crop(ped)? (in|tighter)|tighter)\b", Any)]
    private static partial Regex Bigger();

    [GeneratedRegex(@"\b(smaller|further away|zoom out|more space)\b", Any)]
    private static partial Regex Smaller();

    [GeneratedRegex(@"\b(post|publish|upload|share|send)\b[^.]*\b(to|on|for) (my |our |the )?" +
        @"(tiktok|instagram|insta|facebook|youtube|reels|" +
        @"shorts|linkedin|pinterest|snapchat|twitter|x)\b", Any)]
    private static partial Regex Publish();

    [GeneratedRegex(@"\b(under|below|at most|max(imum)?( of)?|less than|smaller than) \d+(\.\d+)? ?(mb|megabytes?|kb)\b", Any)]
    private static partial Regex FileSize();

    [GeneratedRegex(@"\b(an? |as |to |into )?(animated )?gif\b", Any)]
    private static partial Regex Gif();

    [GeneratedRegex(@"\b(cut|remove|take|drop|edit) out\b[^.]*\b(between|middle|seconds? \d)|\b(cut|remove|drop)\b[^.]*\b(in the middle|" +
        @"the middle|between (second )?\d)", Any)]
    private static partial Regex CutOut();

    private const RegexOptions Any = RegexOptions.IgnoreCase | RegexOptions.CultureInvariant;
}
