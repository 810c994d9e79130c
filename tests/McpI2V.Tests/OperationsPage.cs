using System.Text;
using McpI2V.Media.Clips.Operations;

namespace McpI2V.Tests;

/// <summary>docs/operations.md is written of what the operations declare.</summary>
public sealed class OperationsPage
{
    [Fact]
    public void The_page_says_what_the_operations_take()
    {
        var now = Page();
        var page = Path.Combine(Folder(), "..", "..", "docs", "operations.md");
        if (Environment.GetEnvironmentVariable("I2V_ACCEPT") == "1")
        {
            File.WriteAllText(page, now);
        }

        Assert.Equal(File.ReadAllText(page), now);
    }

    private static string Page()
    {
        var page = new StringBuilder(
            """
            # Operations

            The local edits of `edit_clip`, `assemble_clips` and `batch_variants`: typed, free, rendered from the master in one encode. Each is
            `{"op": NAME, ...}` with the members below and no others; a wrong one is refused before anything is rendered or spent. Times are
            seconds of the clip as it stands before that step. Written by `OperationsPage` with `I2V_ACCEPT=1`.

            """);
        foreach (var operation in OperationCatalogue.All)
        {
            page.Append($"\n## {operation.Name}\n{operation.Summary}\n");
            if (operation.Members.Count > 0)
            {
                page.Append("\n| member | what it does | allowed |\n| --- | --- | --- |\n");
            }
            foreach (var member in operation.Members)
            {
                page.Append($"| `{member.Name}`{(member.IsRequired ? " (required)" : "")} | {member.Meaning} | {member.Allowed} |\n");
            }
        }
        return page.ToString();
    }

    private static string Folder([System.Runtime.CompilerServices.CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;
}
