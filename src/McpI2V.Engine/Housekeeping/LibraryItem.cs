namespace McpI2V.Engine.Housekeeping;

/// <summary>Something of the library that can be put in order.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Id">Its handle, its batch's number, or its name: what its row is found by.</param>
/// <param name="Owner">Whose it is.</param>
public sealed record LibraryItem(ItemKind Kind, string Id, string Owner)
{
    /// <summary>As answers call it.</summary>
    public string Shown => Kind switch
    {
        ItemKind.Batch => $"batch-{Id}",
        ItemKind.Asset => Id,
        _ => Media.ForeignText.Quote(Id, 60),
    };
}
