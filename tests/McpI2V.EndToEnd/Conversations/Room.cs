using McpI2V.EndToEnd.Conversations.Desks;

namespace McpI2V.EndToEnd.Conversations;

/// <summary>The desks of one group of asks: one server each way serves them all.</summary>
public abstract class Room(bool isPaid) : IAsyncDisposable
{
    private readonly Dictionary<Way, Task<Desk>> desks = [];

    /// <summary>The desk at which a way ends.</summary>
    public Task<Desk> DeskAsync(Way way)
    {
        if (!desks.TryGetValue(way, out var desk))
        {
            desks[way] = desk = Desk.OpenAsync(way, isPaid);
        }
        return desk;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var desk in desks.Values)
        {
            await (await desk).DisposeAsync();
        }
        GC.SuppressFinalize(this);
    }
}
