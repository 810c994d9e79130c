using McpI2V.Engine.Batches;
using McpI2V.Engine.Storage.Sql;

namespace McpI2V.Engine.Tests.Batches;

public sealed class FindingBatchesByName : IDisposable
{
    private readonly TestDatabase test = new();

    public void Dispose() => test.Dispose();

    [Theory]
    [InlineData("Glow hooks", 1)]
    [InlineData("glow HOOKS ", 1)]
    [InlineData("hooks", 3)]
    [InlineData("100%", 4)]
    [InlineData("binned", null)]
    [InlineData("steam", null)]
    public void The_newest_of_that_name_is_meant_else_the_newest_that_has_it_in_its_name(string said, int? expected)
    {
        foreach (var name in new[] { "Glow hooks", "100 ways", "Spring, glow hooks and calm", "100% linen", "binned" })
        {
            test.Database.Write(s => s.Execute(
                "INSERT INTO batches (name, matrix, created_at, deleted_at) VALUES (@name, '{}', 0, @deleted)",
                ("@name", name),
                ("@deleted", name == "binned" ? 1 : null)));
        }

        Assert.Equal((long?)expected, new BatchStore(test.Database).FindByName(said)?.Id);
    }
}
