using System.Reflection;
using System.Text.RegularExpressions;

namespace McpI2V.Tests;

public sealed partial class Architecture
{
    private const int LongestFile = 400;
    private const int LargestFolder = 15;
    private const int LongestLine = 140;

    private static string Root
    {
        get
        {
            var folder = new DirectoryInfo(AppContext.BaseDirectory);
            while (!File.Exists(Path.Combine(folder!.FullName, "McpI2V.sln")))
            {
                folder = folder.Parent;
            }
            return folder.FullName;
        }
    }

    private static IEnumerable<string> Sources => Code.Where(f => f.StartsWith(Path.Combine(Root, "src"), StringComparison.Ordinal));

    private static IEnumerable<string> Code => new[] { "src", "tests", "bench" }
        .SelectMany(f => Directory.EnumerateFiles(Path.Combine(Root, f), "*.cs", SearchOption.AllDirectories))
        .Where(f => !f.Split(Path.DirectorySeparatorChar).Any(p => p is "obj" or "bin"));

    public static TheoryData<string> Assemblies =>
    [
        .. Code.Where(f => !IsLinked(f))
        .Select(f => string.Join('/', Path.GetRelativePath(Root, f).Split(Path.DirectorySeparatorChar).Take(2)))
        .Distinct(),
    ];

    [Theory]
    [InlineData("McpI2V.Media", new string[0])]
    [InlineData("McpI2V.Engine", new[] { "McpI2V.Media" })]
    [InlineData("McpI2V.Providers", new[] { "McpI2V.Engine", "McpI2V.Media" })]
    public void Arrows_run_one_way(string assembly, string[] allowed)
    {
        var references = Assembly.Load(assembly)
            .GetReferencedAssemblies()
            .Select(a => a.Name!)
            .Where(n => n.StartsWith("McpI2V", StringComparison.Ordinal) || n == "mcp-i2v");

        Assert.Empty(references.Except(allowed));
    }

    [Theory]
    [InlineData("McpI2V.Media")]
    [InlineData("McpI2V.Engine")]
    [InlineData("McpI2V.Providers")]
    public void Only_the_program_knows_the_protocol(string assembly) =>
        Assert.DoesNotContain(
            Assembly.Load(assembly).GetReferencedAssemblies(),
            a => a.Name!.StartsWith("ModelContextProtocol", StringComparison.Ordinal));

    // Files of several projects, which compile them as their own.
    private static bool IsLinked(string file) => ((string[])["Fuzzing", "Servers"])
        .Any(folder => file.Contains(Path.Combine("tests", folder), StringComparison.Ordinal));

    [Fact]
    public void No_file_outgrows_the_house()
    {
        var tooLong = Code.Where(f => File.ReadLines(f).Count() > LongestFile).Select(Path.GetFileName);

        Assert.Empty(tooLong);
    }

    [Fact]
    public void No_line_outgrows_a_screen()
    {
        // A raw string holds another language's text (JSON, SQL, a prompt), which has lines of its own.
        var tooLong = Code.SelectMany(f => LinesOutsideRawStrings(f)
            .Where(l => l.Text.Length > LongestLine)
            .Select(l => $"{Path.GetFileName(f)}:{l.Number}"));

        Assert.Empty(tooLong);
    }

    [Fact]
    public void No_folder_outgrows_a_look()
    {
        var tooLarge = Code.GroupBy(f => Path.GetRelativePath(Root, Path.GetDirectoryName(f)!))
            .Where(g => g.Count() > LargestFolder)
            .Select(g => $"{g.Key}: {g.Count()}");

        Assert.Empty(tooLarge);
    }

    [Theory]
    [MemberData(nameof(Assemblies))]
    public void Folders_lean_on_each_other_in_no_circle(string project)
    {
        var folders = FolderArrows.Of(Path.Combine(Root, project));

        Assert.True(folders.Count > 0 || !project.StartsWith("src", StringComparison.Ordinal), "arrows were found at all");
        Assert.Empty(folders.Circles().Select(c => string.Join(", ", c)));
    }

    [Fact]
    public void A_circle_is_seen()
    {
        var folders = new FolderArrows([("A", "B", ""), ("B", "C", ""), ("C", "A", ""), ("A", "D", ""), ("E", "A", "")]);

        Assert.Equal("A, B, C", string.Join(", ", Assert.Single(folders.Circles())));
    }

    [Fact]
    public void Only_the_gate_changes_the_state_of_a_job()
    {
        var writers = Sources.Where(f => SettingTheState().IsMatch(File.ReadAllText(f))).Select(Path.GetFileName);

        Assert.Equal(["JobGate.cs"], writers);
    }

    [Fact]
    public void A_namespace_is_its_folder()
    {
        foreach (var file in Sources)
        {
            var folder = Path.GetRelativePath(Path.Combine(Root, "src"), Path.GetDirectoryName(file)!).Replace(
                Path.DirectorySeparatorChar,
                '.');
            if (Namespace().Match(File.ReadAllText(file)) is { Success: true } match)
            {
                Assert.Equal(folder, match.Groups[1].Value);
            }
        }
    }

    [Fact]
    public void Nothing_is_left_to_do()
    {
        var marks = new[] { "TO" + "DO", "FIX" + "ME", "HA" + "CK", "NotImplemented" + "Exception" };

        Assert.Empty(Sources.Where(f => marks.Any(m => File.ReadAllText(f).Contains(m, StringComparison.Ordinal))).Select(
            Path.GetFileName));
    }

    private static IEnumerable<(int Number, string Text)> LinesOutsideRawStrings(string file)
    {
        var isRaw = false;
        foreach (var (number, line) in File.ReadLines(file).Index())
        {
            var marks = line.Split("\"\"\"").Length - 1;
            if (marks == 0 && !isRaw)
            {
                yield return (number + 1, line);
            }
            isRaw ^= marks % 2 == 1;
        }
    }

    [GeneratedRegex(@"UPDATE jobs SET (?:(?!WHERE)[^;])*?\bstate\s*=", RegexOptions.Singleline)]
    private static partial Regex SettingTheState();

    [GeneratedRegex(@"^namespace ([\w.]+);", RegexOptions.Multiline)]
    private static partial Regex Namespace();
}
