using System.Text.Json.Nodes;

namespace McpI2V.Media.Clips.Grammar;

/// <summary>A member whose value is a <typeparamref name="T"/>.</summary>
public sealed class Member<T> : Member
{
    private readonly Func<OperationReader, T> read;
    private readonly Action<OperationReader> check;

    internal Member(
        string name,
        string meaning,
        JsonObject schema,
        string allowed,
        Func<OperationReader, T> read,
        Action<OperationReader>? check = null)
        : base(name, meaning, schema, allowed) => (this.read, this.check) = (read, check ?? (reader => read(reader)));

    /// <summary>The same member, whose name says the meaning.</summary>
    internal Member<T> ByName()
    {
        SpeaksForItself = true;
        return this;
    }

    /// <summary>The same member, told by the schema and not in every conversation.</summary>
    internal Member<T> Finely()
    {
        IsFine = true;
        return this;
    }

    /// <summary>The value in a step, or what holds without it.</summary>
    /// <exception cref="MediaException">It is missing, of another type or out of range; the message says what is allowed.</exception>
    internal T Read(OperationReader reader) => read(reader);

    internal override void Check(OperationReader reader) => check(reader);
}
