namespace McpI2V.Engine;

/// <summary>Who names inputs: what they share, whose it becomes, and what they are told of how their words were understood.</summary>
/// <param name="folders">Folders that the client shares.</param>
/// <param name="owner">Whose what is brought in becomes.</param>
/// <param name="notes">Where what is told goes.</param>
public sealed class Caller(IReadOnlyList<string> folders, string owner, ICollection<string> notes)
{
    /// <summary>The user of this machine, who shares nothing and is told nothing.</summary>
    public static Caller OfThisMachine => new([], Engine.Owner.OfThisMachine, []);

    /// <summary>Folders that the client shares.</summary>
    public IReadOnlyList<string> Folders => folders;

    /// <summary>Whose what is brought in becomes.</summary>
    public string Owner => owner;

    /// <summary>Tells how words were understood, once.</summary>
    public void Tell(string note)
    {
        if (!notes.Contains(note))
        {
            notes.Add(note);
        }
    }
}
