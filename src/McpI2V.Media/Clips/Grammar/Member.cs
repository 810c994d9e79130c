using System.Text.Json.Nodes;

namespace McpI2V.Media.Clips.Grammar;

/// <summary>A member of an operation, declared once: its schema, its reading, its errors and its documentation come from this.</summary>
public abstract class Member
{
    private protected Member(string name, string meaning, JsonObject schema, string allowed) =>
        (Name, Meaning, Allowed, this.schema) = (name, meaning, allowed, schema);

    private readonly JsonObject schema;

    /// <summary>Its name in JSON.</summary>
    public string Name { get; }

    /// <summary>What it does, in a few words.</summary>
    public string Meaning { get; }

    /// <summary>What may stand there and what holds without it, in words.</summary>
    public string Allowed { get; }

    /// <summary>True if a step without it is refused.</summary>
    public bool IsRequired { get; internal init; }

    /// <summary>True if it names assets, which are imported before the step is read.</summary>
    public bool NamesAssets { get; internal init; }

    /// <summary>True if the name says the meaning, so that the schema need not.</summary>
    public bool SpeaksForItself { get; internal set; }

    /// <summary>The operation whose member of the same name has the same words, told there; null: none.</summary>
    public string? SaidBy { get; internal init; }

    /// <summary>True if it is told by the schema and not in every conversation.</summary>
    public bool IsFine { get; internal set; }

    /// <summary>Its JSON schema.</summary>
    public JsonObject Schema()
    {
        var copy = schema.DeepClone().AsObject();
        if (!SpeaksForItself)
        {
            copy["description"] = Meaning;
        }
        return copy;
    }

    /// <summary>True if a step holds it.</summary>
    internal bool IsGivenIn(OperationReader reader) => reader.Has(Name);

    /// <summary>Refuses a wrong value without looking for the assets that it names.</summary>
    internal abstract void Check(OperationReader reader);
}
