using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace McpI2V.EndToEnd.Conversations.Transcripts;

/// <summary>A page of <c>docs/conversations</c>: transcripts of one group, written with <c>I2V_ACCEPT=1</c>.</summary>
internal sealed partial class TranscriptPage(string name, string title)
{
    private const int MostLines = 7;
    private const int LongestLine = 900;
    private static readonly Lock Writing = new();

    public static bool IsAccepting => Environment.GetEnvironmentVariable("I2V_ACCEPT") == "1";

    public static string Folder { get; } = Path.GetFullPath(Path.Combine(Here(), "..", "..", "..", "..", "docs", "conversations"));

    private string File => Path.Combine(Folder, name + ".md");

    /// <summary>Every heading of every page.</summary>
    public static IReadOnlyList<string> Headings() => Directory.Exists(Folder)
        ? [.. Directory.EnumerateFiles(Folder, "*.md").SelectMany(System.IO.File.ReadLines).Where(l => l.StartsWith("## ", Ordinal))]
        : [];

    /// <summary>Writes a transcript in its place, or holds that one of this ask is there.</summary>
    public void Hold(Transcript transcript)
    {
        lock (Writing)
        {
            if (IsAccepting)
            {
                Write(transcript);
            }
            Assert.True(
                System.IO.File.Exists(File) && System.IO.File.ReadLines(File).Contains(transcript.Heading),
                $"docs/conversations/{name}.md does not tell \"{transcript.Heading}\": run this test with I2V_ACCEPT=1.");
        }
    }

    private const StringComparison Ordinal = StringComparison.Ordinal;

    private void Write(Transcript transcript)
    {
        Directory.CreateDirectory(Folder);
        var sections = (System.IO.File.Exists(File) ? System.IO.File.ReadAllText(File) : "")
            .Split("\n## ")
            .Skip(1)
            .Select(s => "## " + s.TrimEnd())
            .Where(s => s.Split('\n')[0] != transcript.Heading)
            .Append(Section(transcript))
            .OrderBy(Order, StringComparer.Ordinal)
            .ThenBy(s => s, StringComparer.Ordinal);
        System.IO.File.WriteAllText(
            File,
            $"# {title}\n\nHeld by the tests of `Conversations`, over stdio, with simulated vendors where a key is set; written by them " +
                $"with `I2V_ACCEPT=1`.\n\n{string.Join("\n\n", sections)}\n");
    }

    private static string Section(Transcript transcript)
    {
        var text = new StringBuilder(transcript.Heading);
        text.Append(CultureInfo.InvariantCulture, $"\n\n{transcript.Calls} {(transcript.Calls == 1 ? "call" : "calls")}, ")
            .Append(CultureInfo.InvariantCulture, $"at best {transcript.Ideal}. **{transcript.Verdict}**\n");
        foreach (var turn in transcript.Turns)
        {
            var call = Cut(Shortened($"{turn.Tool} {turn.Arguments}"));
            if (turn.IsBefore)
            {
                text.Append(CultureInfo.InvariantCulture, $"\nBefore: `{call}`\n");
                continue;
            }
            var lines = Shortened(turn.Answer).Split('\n');
            var shown = lines.Take(MostLines).Select(Cut);
            text.Append(CultureInfo.InvariantCulture, $"\n```\n> {call}\n{string.Join('\n', shown)}\n")
                .Append(lines.Length > MostLines ? "...\n```\n" : "```\n");
        }
        return text.ToString().TrimEnd();
    }

    // Where files lie on one machine says nothing to a reader.
    private static string Shortened(string text) => Address().Replace(
        Library().Replace(text, path => Path.GetFileName(path.Value)),
        "<address>");

    private static string Cut(string line) => line.Length > LongestLine ? line[..LongestLine] + " ..." : line;

    private static string Order(string section) => OrderOf().Match(section) is var found
        ? found.Groups[1].Value + found.Groups[2].Value.PadLeft(3, '0')
        : "";

    private static string Here([System.Runtime.CompilerServices.CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;

    [GeneratedRegex(@"(file://)?(/[^\s""',:;()/]+)*?/i2v-[a-z]+-[^\s""',:;()]*")]
    private static partial Regex Library();

    [GeneratedRegex(@"https?://127\.0\.0\.1:\d+[^\s""')]*")]
    private static partial Regex Address();

    [GeneratedRegex(@"^## ([A-Z]?)(\d+)")]
    private static partial Regex OrderOf();
}
