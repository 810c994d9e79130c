using System.Text.RegularExpressions;

namespace McpI2V.Tests;

/// <summary>Statements are written once, for every database; what only SQLite understands is SQLite's.</summary>
public sealed partial class PortableStatements
{
    private static IEnumerable<string> Stores
    {
        get
        {
            var root = new DirectoryInfo(AppContext.BaseDirectory);
            while (!File.Exists(Path.Combine(root!.FullName, "McpI2V.sln")))
            {
                root = root.Parent;
            }
            var own = Path.Combine("Storage", "Sqlite");
            return Directory.EnumerateFiles(Path.Combine(root.FullName, "src"), "*.cs", SearchOption.AllDirectories)
                .Where(f => !f.Split(Path.DirectorySeparatorChar).Any(p => p is "obj" or "bin"))
                .Where(f => !f.Contains(own, StringComparison.Ordinal));
        }
    }

    [Fact]
    public void No_store_says_what_only_sqlite_understands()
    {
        var found = Stores.SelectMany(f => OnlySqlite().Matches(File.ReadAllText(f)).Select(m => $"{Path.GetFileName(f)}: {m.Value}"));

        Assert.Empty(found);
    }

    [Fact]
    public void No_store_knows_the_embedded_database()
    {
        var found = Stores.Where(f => File.ReadAllText(f).Contains("Microsoft.Data.Sqlite", StringComparison.Ordinal));

        Assert.Empty(found.Select(Path.GetFileName));
    }

    [Theory]
    [InlineData("INSERT OR IGNORE INTO jobs")]
    [InlineData("SELECT json_extract(remote, '$.id')")]
    [InlineData("LIMIT -1 OFFSET 3")]
    [InlineData("WHERE id = $id")]
    [InlineData("handle LIKE @prefix")]
    [InlineData("(@kind IS NULL OR kind = @kind)")]
    [InlineData("MAX(entry = 'release')")]
    [InlineData("DO UPDATE SET term = term + 1")]
    public void What_only_sqlite_understands_is_seen(string statement) => Assert.Matches(OnlySqlite(), statement);

    // A pattern's case, a parameter's type, a column of which table, a condition as a number: SQLite guesses where others ask.
    [GeneratedRegex(
        @"\bINSERT OR \w+|\bREPLACE INTO\b|\bPRAGMA\b|\bjson_(?:extract|set|valid|type)\b|\bstrftime\b|\blast_insert_rowid\b" +
        @"|\bAUTOINCREMENT\b|\bCOLLATE\b|\bGLOB\b|\bifnull\b|\bLIMIT -1\b|[=<>(] ?\$[a-z]\w*\b|[\w)] LIKE [@'']|[( ]@\w+ IS (?:NOT )?NULL" +
        @"|\b(?:MAX|MIN|SUM)\(\w+ = |\bDO UPDATE SET (\w+) = \1 [+-]")]
    private static partial Regex OnlySqlite();
}
