using System.Text.Json.Nodes;

namespace McpI2V.Media.Clips.Grammar;

/// <summary>What an operation is called, what it does, what it takes and how it is made of that.</summary>
public sealed class OperationDefinition
{
    private readonly Func<OperationReader, IClipOperation> make;

    /// <summary>Declares an operation.</summary>
    /// <param name="name">Its name in <c>op</c>.</param>
    /// <param name="summary">What it does, in a sentence.</param>
    /// <param name="members">What it takes.</param>
    /// <param name="make">Makes it of a step that holds no other members.</param>
    internal OperationDefinition(
        string name,
        string summary,
        IReadOnlyList<Member> members,
        Func<OperationReader, IClipOperation> make) => (Name, Summary, Members, this.make) = (name, summary, members, make);

    /// <summary>Its name in <c>op</c>.</summary>
    public string Name { get; }

    /// <summary>What it does, in a sentence.</summary>
    public string Summary { get; }

    /// <summary>What it takes.</summary>
    public IReadOnlyList<Member> Members { get; }

    /// <summary>Filters it needs that not every ffmpeg has.</summary>
    public IReadOnlyList<string> Filters { get; internal init; } = [];

    /// <summary>The members that refer to assets.</summary>
    public IEnumerable<string> References => Members.Where(m => m.NamesAssets).Select(m => m.Name);

    /// <summary>True if name and members say what it does, so that the schema need not.</summary>
    public bool SpeaksForItself { get; internal init; }

    /// <summary>True if it changes what is heard and nothing of what is seen.</summary>
    public bool LeavesPicture { get; internal init; }

    /// <summary>The schema of a step, without what all have in common: it is an object and needs <c>op</c>.</summary>
    public JsonObject Schema()
    {
        var schema = Grammar.Members.Object(new JsonObject { ["op"] = new JsonObject { ["const"] = Name } }, Members);
        if (!SpeaksForItself)
        {
            schema.Insert(0, "description", Summary);
        }
        return schema;
    }

    /// <summary>Refuses what is wrong about a step by itself, before the assets that it names are looked for.</summary>
    internal void Check(OperationReader reader)
    {
        reader.RequireOnly(Members.Select(m => m.Name));
        foreach (var member in Members)
        {
            member.Check(reader);
        }
    }

    /// <summary>Makes the operation of a step.</summary>
    internal IClipOperation Read(OperationReader reader)
    {
        reader.RequireOnly(Members.Select(m => m.Name));
        return make(reader);
    }
}
