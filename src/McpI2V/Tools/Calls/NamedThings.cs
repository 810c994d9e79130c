using System.Globalization;
using System.Text;
using McpI2V.Answers;
using McpI2V.Answers.Contents;
using McpI2V.Answers.Structured;
using McpI2V.Engine.Library;
using McpI2V.Engine.Motion;
using McpI2V.Media;

namespace McpI2V.Tools.Calls;

/// <summary>Lists what has a name and no file: elements, presets, batches.</summary>
internal static class NamedThings
{
    private const int MostBatches = 1_000;

    /// <summary>Saved elements that hold all the words.</summary>
    public static Answer Elements(ToolServices services, IReadOnlyList<string> words, int limit, int offset)
    {
        var all = services.Elements.All();
        var found = Having(all, words, e => $"{e.Name} {e.Description}");
        var page = found.Skip(offset).Take(limit).ToList();
        return Of(
            "element",
            all.Select(e => e.Name),
            [.. page.Select(LineOf)],
            found.Count - offset,
            new NamedAnswer { Elements = [.. page.Select(ElementContent.FromElement)] },
            "save_element names one");
    }

    /// <summary>Presets that hold all the words.</summary>
    public static Answer Presets(ToolServices services, IReadOnlyList<string> words, int limit, int offset)
    {
        var all = services.Presets.All;
        var found = Having(all, words, p => $"{p.Name} {p.Title} {p.Prompt} {p.Move}");
        var page = found.Skip(offset).Take(limit).ToList();
        return Of(
            "preset",
            all.Select(p => p.Name),
            [.. page.Select(LineOf)],
            found.Count - offset,
            new NamedAnswer { Presets = PresetsContent.FromPresets(page).Presets },
            "save_element with kind preset makes one");
    }

    /// <summary>Batches that hold all the words, and were asked for in a time.</summary>
    public static Answer Batches(ToolServices services, AssetQuery query)
    {
        var all = services.Batches.Newest(MostBatches);
        var found = Having(all, query.Words, b => $"{b.Name} {b.Title} {b.Note}")
            .Where(b => (query.Since is null || b.CreatedAt >= query.Since) && (query.Until is null || b.CreatedAt < query.Until))
            .Where(b => !query.OnlyStarred || b.IsStarred)
            .ToList();
        var page = found.Skip(query.Offset).Take(query.Limit).ToList();
        return Of(
            "batch",
            all.Select(b => b.Title),
            [.. page.Select(b => $"{b.Name} \"{b.Title}\", {services.Times.Shown(b.CreatedAt)}{(b.IsStarred ? ", starred" : "")}" +
                $"{(b.Note is { } note ? $", note: {ForeignText.Quote(note, 120)}" : "")}")],
            found.Count - query.Offset,
            new NamedAnswer
            {
                Batches = [.. page.Select(b => new NamedAnswer.Batch(
                    b.Name,
                    b.Title,
                    b.CreatedAt.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture)))],
            },
            "batch_variants makes one");
    }

    private static string LineOf(Element element) =>
        $"{ForeignText.Quote(element.Name, 60)}: {string.Join(", ", element.Images)} - {ForeignText.Line(element.Description, 160)}";

    private static string LineOf(Preset preset) => string.Create(CultureInfo.InvariantCulture,
        $"{preset.Name}: {preset.Move} {preset.Strength:0.##} - {ForeignText.Line(preset.Prompt, 160)}");

    private static List<T> Having<T>(IEnumerable<T> all, IReadOnlyList<string> words, Func<T, string> text) =>
        [.. all.Where(one => words.All(w => text(one).Contains(w, StringComparison.OrdinalIgnoreCase)))];

    private static Answer Of(
        string what,
        IEnumerable<string> all,
        IReadOnlyList<string> lines,
        int left,
        NamedAnswer structured,
        string howToMake)
    {
        if (lines.Count == 0)
        {
            var names = all.Take(12).Select(n => ForeignText.Quote(n, 60)).ToList();
            return new Answer(
                $"No {what} was found. {(names.Count > 0 ? $"There are {string.Join(", ", names)}" : "None is saved yet")}; {howToMake}.",
                structured);
        }
        var text = new StringBuilder($"{lines.Count} found:");
        foreach (var line in lines)
        {
            text.Append('\n').Append(line);
        }
        if (left > lines.Count)
        {
            text.Append(CultureInfo.InvariantCulture, $"\n{left - lines.Count} more: raise limit or offset.");
        }
        return new Answer(text.ToString(), structured);
    }
}
