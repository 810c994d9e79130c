using System.Reflection;
using System.Text.RegularExpressions;

namespace McpI2V.Tests;

public sealed partial class Architecture
{
    private const int LongestFile = 400;

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

    private static IEnumerable<string> Sources => Directory.EnumerateFiles(Path.Combine(Root, "src"), "*.cs", SearchOption.AllDirectories)
        .Where(f => !f.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal));

    [Theory]
    [InlineData("McpI2V.Media", new string[0])]
    [InlineData("McpI2V.Engine", new[] { "McpI2V.Media" })]
    [InlineData("McpI2V.Providers", new[] { "McpI2V.Engine", "McpI2V.Media" })]
    public void Arrows_run_one_way(string assembly, string[] allowed)
    {
        var references = Assembly.Load(assembly).GetReferencedAssemblies().Select(a => a.Name!).Where(n => n.StartsWith("McpI2V", StringComparison.Ordinal) || n == "mcp-i2v");

        Assert.Empty(references.Except(allowed));
    }

    [Theory]
    [InlineData("McpI2V.Media")]
    [InlineData("McpI2V.Engine")]
    [InlineData("McpI2V.Providers")]
    public void Only_the_program_knows_the_protocol(string assembly) =>
        Assert.DoesNotContain(Assembly.Load(assembly).GetReferencedAssemblies(), a => a.Name!.StartsWith("ModelContextProtocol", StringComparison.Ordinal));

    [Fact]
    public void No_file_outgrows_the_house()
    {
        var long_ = Sources.Where(f => File.ReadLines(f).Count() > LongestFile).Select(Path.GetFileName);

        Assert.Empty(long_);
    }

    [Fact]
    public void A_namespace_is_its_folder()
    {
        foreach (var file in Sources)
        {
            var folder = Path.GetRelativePath(Path.Combine(Root, "src"), Path.GetDirectoryName(file)!).Replace(Path.DirectorySeparatorChar, '.');
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

        Assert.Empty(Sources.Where(f => marks.Any(m => File.ReadAllText(f).Contains(m, StringComparison.Ordinal))).Select(Path.GetFileName));
    }

    [GeneratedRegex(@"^namespace ([\w.]+);", RegexOptions.Multiline)]
    private static partial Regex Namespace();
}
