using System.Runtime.InteropServices;

namespace McpI2V.Engine.Storage.Sql;

/// <summary>
/// What a write decides about by reading first. A transaction that needs several takes <see cref="Call"/> first, then
/// <see cref="Spending"/>, then the others, so that no two wait for each other.
/// </summary>
/// <param name="Scope">Of what.</param>
/// <param name="Name">Which of them; empty: there is one.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct WriteLock(string Scope, string Name)
{
    /// <summary>What is spent and reserved: a sum is read, then added to.</summary>
    public static WriteLock Spending { get; } = new("spending", "");

    /// <summary>The names of elements and presets: the same name in other letters is looked for, then one is written.</summary>
    public static WriteLock Elements { get; } = new("elements", "");

    /// <summary>The bin: what hangs on an asset is looked for, then it goes in, comes out, or loses its file.</summary>
    public static WriteLock Bin { get; } = new("bin", "");

    /// <summary>A call by its key: an earlier one is looked for, then this one's jobs are written.</summary>
    public static WriteLock Call(string key) => new("call", key);

    /// <summary>A lane's term: it is compared, then jobs are taken in it.</summary>
    public static WriteLock Lane(string lane) => new("lane", lane);

    /// <summary>A job's row: it is looked at, then changed in more than one statement.</summary>
    public static WriteLock Job(long id) => new("job", id.ToString(System.Globalization.CultureInfo.InvariantCulture));

    /// <summary>The bytes of an asset: an asset that has them is looked for, then one is added.</summary>
    public static WriteLock Content(string sha256) => new("content", sha256);
}
