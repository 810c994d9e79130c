using McpI2V.Engine.Providers;

namespace McpI2V.Providers.Tests.Vidu;

/// <summary>A request whose answer was lost: its task is listed with the attempt's key as its payload.</summary>
public sealed class FindingALostTask : IDisposable
{
    private static readonly DateTimeOffset SentAt = new(2026, 11, 18, 9, 0, 0, TimeSpan.Zero);
    private readonly ViduServer vidu = new();

    [Theory]
    [InlineData("""{"tasks":[{"id":"t0","payload":"attempt-0"},{"id":"t1","payload":"attempt-1"}]}""", "t1")]
    [InlineData("""{"data":[null,{"task_id":"t1","payload":"attempt-1"}]}""", "t1")]
    [InlineData("""{"tasks":[{"id":"taken","payload":"attempt-1"}]}""", null)]
    [InlineData("""{"tasks":[{"id":"","payload":"attempt-1"}]}""", null)]
    [InlineData("""{"tasks":[{"id":"t1","payload":"attempt-11"}]}""", null)]
    [InlineData("""{"tasks":[]}""", null)]
    public async Task It_is_found_by_its_payload_and_by_nothing_else(string list, string? found)
    {
        vidu.Answers = _ => (200, list);

        Assert.Equal(found, (await FindAsync())?.Id);
        Assert.Equal("/ent/v2/tasks?created_at.from=2026-11-18T08%3A00%3A00Z&pager.page=0&pager.pagesz=100", vidu.Asked[^1].Path);
    }

    [Fact]
    public async Task It_is_looked_for_on_every_page()
    {
        var full = string.Join(',', Enumerable.Range(0, 100).Select(i => $$"""{"id":"o{{i}}","payload":"other-{{i}}"}"""));
        vidu.Answers = r => (200, $"{r.Query["pager.page"]}" switch
        {
            "0" => $$"""{"tasks":[{{full}}]}""",
            "1" => """{"tasks":[{"id":"o","payload":"other"}],"next_page_token":"more"}""",
            _ => """{"tasks":[{"id":"t1","payload":"attempt-1"}]}""",
        });

        Assert.Equal("t1", (await FindAsync())?.Id);
    }

    [Theory]
    [InlineData("<html>busy</html>")]
    [InlineData("{}")]
    public async Task An_answer_that_is_no_list_tells_nothing(string answer)
    {
        vidu.Answers = _ => (200, answer);

        await Assert.ThrowsAsync<ProviderException>(FindAsync);
    }

    public void Dispose() => vidu.Dispose();

    private Task<RemoteTask?> FindAsync() => vidu.WithAsync(
        p => p.FindAsync(new LostRequest(ViduServer.Order("viduq3-turbo"), SentAt, null, id => id == "taken"), default));
}
