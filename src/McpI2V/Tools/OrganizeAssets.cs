using McpI2V.Answers;
using McpI2V.Answers.Structured;
using McpI2V.Engine;
using McpI2V.Engine.Housekeeping;
using McpI2V.Media;
using McpI2V.Tools.Arguments;
using McpI2V.Tools.Calls;

namespace McpI2V.Tools;

/// <summary>Keeps house: names, stars, notes, what to keep, the bin.</summary>
internal static class OrganizeAssets
{
    private const int MostItems = 200;
    private const int LongestName = 120;
    private const int LongestNote = 1_000;

    private static readonly Argument<IReadOnlyList<string>> Items = Argument.Texts(
        "items",
        "Handles, batches, elements, presets.",
        MostItems).Needed();

    private static readonly Argument<string?> Action = Argument.Word(
        "action",
        "delete first tells what hangs on it; restore undoes delete and hide.",
        ["rename", "star", "note", "keep", "reject", "hide", "delete", "restore"]).Needed();

    private static readonly Argument<string?> Value = Argument.Text(
        "value",
        "The name or note; off takes a mark back; yes deletes although something hangs on it.",
        LongestNote);

    public static ToolDefinition Definition() => new()
    {
        Name = "organize_assets",
        Title = "Organize assets",
        Description = "Keeps the library in order: names, stars, notes; what to keep or reject of a batch; hiding, and deleting into a " +
            "bin of 30 days. Free.",
        Effect = ToolEffect.Saves,
        Arguments = () => [Items, Action, Value],
        AnswerSchema = AnswerSchemas.Organized,
        Handler = CallAsync,
    };

    private static async Task<Answer> CallAsync(ToolServices services, ToolCall call, CancellationToken callCancelled)
    {
        var action = Action.Read(call.Arguments) ?? throw Missing("action", "give rename, star, note, keep, reject, hide, delete or " +
            "restore");
        var value = ForeignText.Words(Value.Read(call.Arguments) ?? "", LongestNote).Trim();
        List<LibraryItem> items = [];
        foreach (var said in Items.Read(call.Arguments))
        {
            items.Add(await services.House.Items.FindAsync(said.Trim(), call.WithoutFolders, callCancelled));
        }
        items = [.. items.Distinct()];
        if (items.Count == 0)
        {
            throw Missing("items", "give handles, batches, or names of elements or presets (find_assets lists them)");
        }
        RequireOwn(items, call);
        var headline = action switch
        {
            "rename" => Rename(services.House.Marks, items, value),
            "delete" => Delete(services.House, items, value),
            "restore" => Restore(services.House.Bin, items),
            _ => Mark(services.House, items, action, value),
        };
        return new Answer(headline, new OrganizedAnswer { Items = [.. items.Select(i => i.Shown)], Action = action });
    }

    private static string Rename(Marking marks, List<LibraryItem> items, string value)
    {
        var name = ForeignText.Line(value, LongestName);
        if (items.Count != 1 || name.Length == 0)
        {
            throw name.Length == 0
                ? Missing("value", "rename needs the new name in it")
                : I2VException.Invalid("items",
                    $"items has {items.Count}, and rename takes one; call it once for each. Nothing was changed.");
        }
        marks.Rename(items[0], name);
        var file = items[0].Kind == ItemKind.Asset ? "; its file keeps its name" : "";
        return $"{items[0].Shown} is called {ForeignText.Quote(name, LongestName)} now{file}.";
    }

    private static string Mark(House house, List<LibraryItem> items, string action, string value)
    {
        var isOff = value.ToLowerInvariant() is "off" or "no" or "false";
        if (action != "note" && value.Length > 0 && !isOff && value.ToLowerInvariant() is not ("on" or "yes" or "true"))
        {
            throw I2VException.Invalid("value",
                $"value is {ForeignText.Quote(value, 60)}; {action} takes none, or off to take it back. Nothing was changed.");
        }
        if (action is "keep" or "reject")
        {
            items = [.. items.SelectMany(i => i.Kind is ItemKind.Asset or ItemKind.Batch
                ? house.Items.AssetsOf(i, withHidden: false)
                : throw I2VException.Invalid("action",
                    $"action {action} is for assets and batches, not for {i.Shown}: leave it out of items. Nothing was changed."))];
        }
        else if (items.FirstOrDefault(i => i.Kind is ItemKind.Element or ItemKind.Preset) is { } named)
        {
            throw I2VException.Invalid("action", $"action {action} is for assets and batches, and {named.Shown} is " +
                $"{(named.Kind == ItemKind.Element ? "an element" : "a preset")}: it can be renamed, deleted, restored. " +
                "Nothing was changed.");
        }
        foreach (var item in items)
        {
            switch (action)
            {
                case "star": house.Marks.Star(item, !isOff); break;
                case "note": house.Marks.Note(item, isOff ? "" : value); break;
                case "hide": house.Marks.Hide(item, !isOff); break;
                default: house.Marks.Judge(item, isOff ? null : action); break;
            }
        }
        var done = (action, isOff || (action == "note" && value.Length == 0)) switch
        {
            ("star", false) => "Starred",
            ("star", true) => "Not starred any more:",
            ("note", false) => "Noted on",
            ("note", true) => "No note any more on",
            ("hide", false) => "Hidden from lists (find_assets kind deleted shows them, restore brings them back):",
            ("hide", true) => "Shown again:",
            ("keep", false) => "Kept",
            ("reject", false) => "Rejected",
            _ => "Neither kept nor rejected any more:",
        };
        return $"{done} {Named(items)}.";
    }

    private static string Delete(House house, List<LibraryItem> items, string value)
    {
        List<LibraryItem> assets = [.. items.SelectMany(i => house.Items.AssetsOf(i, withHidden: false)).Distinct()];
        house.Bin.Put(items, assets, value.ToLowerInvariant() is "yes" or "true");
        var until = house.Times.Shown(house.Clock.GetUtcNow() + Bin.Kept)[..10];
        var with = items.Any(i => i.Kind == ItemKind.Batch) ? $", with {assets.Count} assets" : "";
        return $"Deleted {Named(items)}{with}. They are in the bin until {until}, their files where they were; restore brings them back.";
    }

    private static string Restore(Bin bin, List<LibraryItem> items)
    {
        var there = items.Where(i => !bin.Lacks(i)).ToList();
        var wanted = items.Except(there).ToList();
        var gone = wanted.Where(i => !bin.Restore(i)).ToList();
        var back = wanted.Except(gone).ToList();
        string[] told =
        [
            gone.Count > 0 ? $"Not restored, because the bin has been emptied of it: {Named(gone)}." : "",
            back.Count > 0 ? $"Restored {Named(back)}." : "",
            there.Count > 0 ? $"Neither deleted nor hidden, so nothing was changed: {Named(there)}." : "",
        ];
        return string.Join(' ', told.Where(t => t.Length > 0));
    }

    private static void RequireOwn(IEnumerable<LibraryItem> items, ToolCall call)
    {
        if (items.FirstOrDefault(i => i.Owner != call.Owner && !call.MayChangeOthers) is { } foreign)
        {
            throw new I2VException(
                ErrorCode.InputForbidden,
                $"items: {foreign.Shown} belongs to another caller; only they, or a token of scope admin, can change it. Leave it out. " +
                    "Nothing was changed.",
                "items");
        }
    }

    private static string Named(IReadOnlyList<LibraryItem> items) =>
        string.Join(", ", items.Take(12).Select(i => i.Shown)) + (items.Count > 12 ? $" and {items.Count - 12} more" : "");

    private static I2VException Missing(string argument, string give) =>
        I2VException.Invalid(argument, $"{argument} is missing; {give}. Nothing was changed.");
}
