using System.Text.RegularExpressions;

namespace McpI2V.Engine.Motion;

/// <summary>English words of motion prompts that go wrong, by stems.</summary>
internal static partial class PromptPatterns
{
    private const RegexOptions Any = RegexOptions.IgnoreCase | RegexOptions.CultureInvariant;

    [GeneratedRegex(@"[\p{L}\p{Nd}]+")]
    public static partial Regex Word();

    [GeneratedRegex(@"\b(wom[ae]n|m[ae]n|girls?|boys?|lady|guy|person|people|she|he|her|his|herself|himself|face|hands?|child|kid|" +
        @"models? (wear|smil|hold|look|walk)\w*)\b", Any)]
    public static partial Regex Person();

    [GeneratedRegex(@"\b(background|in the foreground|surrounded by|wearing|dressed in|barefoot|sitting (on|at|in)|standing (in|on)|" +
        @"lit by|(cinematic|studio|soft|natural|golden hour|dramatic)?[- ]?lighting|photo-?realistic|hyper-?realistic|realistic|8k|4k|" +
        @"hdr|bokeh|high quality|(highly|ultra|intricately)[- ]?detailed|masterpiece|sharp focus|(shallow )?depth of field|" +
        @"\d+ ?mm( lens)?|award[- ]winning)\b", Any)]
    public static partial Regex SceneTalk();

    [GeneratedRegex(@"\b(no|without) (?!camera|movement|motion|cuts?|music|sound|audio|other|one\b|longer)\p{L}+", Any)]
    public static partial Regex Negative();

    [GeneratedRegex(@"\b(turn(s|ing)? into|transform(s|ing)?( into)?|becom(es|ing)|chang(es|ing) (colou?r|into)|morph(s|ing)|" +
        @"open(s|ing)( up)?|clos(es|ing)|unfold(s|ing)|unwrap(s|ping)|unbox(es|ing)|explod(es|ing)|melt(s|ing)|break(s|ing)|" +
        @"shatter(s|ing)|grow(s|ing)|appear(s|ing)|disappear(s|ing)|assembl(es|ing)|pour(s|ing)? out|fill(s|ing)? up|bloom(s|ing)|" +
        @"tak(es?|ing) off|put(s|ting)? on|pick(s|ing)? up|drink(s|ing)|eat(s|ing)|peel(s|ing)|empt(ies|ying)|ignit(es|ing)|" +
        @"remov(es|ing)|unscrew(s|ing))\b", Any)]
    public static partial Regex StateChange();

    [GeneratedRegex(@"\b(walk|run|jump|turn|pick|lift|open|drink|eat|wave|throw|point|look|grab|sit|stand|fall|shake|pour|spin|take|" +
        @"put|hold|reach|pull|wipe|type|nod|laugh|smile|dance|raise|remove|unscrew)s\b|\b(catches|flies|closes|places|reaches|" +
        @"brushes|touches|applies)\b", Any)]
    public static partial Regex Actions();

    // Light, steam and flames may dance.
    [GeneratedRegex(@"(?<!\b(light|sun|steam|smoke|flame|shadow|reflection|spark|dust|leave|curtain)s? (is |are )?)\b(danc(es|ing)|" +
        @"jump(s|ing)|leap(s|ing)|sprint(s|ing)|somersault\w*|cartwheel\w*|twirl(s|ing)|backflip\w*|wrestl\w+|two[- ]step|" +
        @"(she|he|they|wom[ae]n|m[ae]n|girl|boy|person|people|dog|horse) (\w+ly )?(is |are )?run(s|ning)?)\b", Any)]
    public static partial Regex LargeMotion();

    [GeneratedRegex(@"\b(kamera\w*|camara|fotocamera|inquadratura|fotograaf|zoom(t|e|en|ata)|schwenk\w*)\b", Any)]
    public static partial Regex ForeignCamera();

    [GeneratedRegex(@"\b(crowds?|people (walking|dancing|running|cheering)|audience|busy street|party|parade|dozens of|" +
        @"hundreds of)\b", Any)]
    public static partial Regex Crowd();
}
