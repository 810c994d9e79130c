using ModelContextProtocol.Server;

namespace McpI2V.Mcp.Subscriptions;

/// <summary>Calls back when a list changes, until it is disposed.</summary>
internal sealed class ListWatch<T> : IDisposable
    where T : class, IMcpServerPrimitive
{
    private readonly McpServerPrimitiveCollection<T> list;
    private readonly Action onChange;

    /// <summary>Begins to watch.</summary>
    public ListWatch(McpServerPrimitiveCollection<T> list, Action onChange)
    {
        this.list = list;
        this.onChange = onChange;
        list.Changed += OnChanged;
    }

    /// <summary>Ends it.</summary>
    public void Dispose() => list.Changed -= OnChanged;

    private void OnChanged(object? sender, EventArgs e) => onChange();
}
