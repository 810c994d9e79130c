namespace McpI2V.Access;

/// <summary>Marks an address that asks for no token: it has a proof of its own, or gives nothing away.</summary>
internal sealed class OpenToAll
{
    /// <summary>The mark.</summary>
    public static readonly OpenToAll Mark = new();

    private OpenToAll()
    {
    }
}
