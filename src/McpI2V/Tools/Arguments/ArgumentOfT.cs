using System.Text.Json.Nodes;

namespace McpI2V.Tools.Arguments;

/// <summary>One argument, declared once: its schema, its reading and its errors come from here.</summary>
/// <param name="name">Its name.</param>
/// <param name="schema">Writes its schema.</param>
/// <param name="read">Reads it; a value outside what the schema says is refused by name, value and what is allowed.</param>
internal sealed class Argument<T>(string name, Func<JsonObject> schema, Func<ArgumentReader, T> read) : IArgument
{
    /// <inheritdoc/>
    public string Name => name;

    /// <inheritdoc/>
    public bool IsRequired { get; init; }

    /// <inheritdoc/>
    public JsonObject Schema() => schema();

    /// <inheritdoc/>
    public void Check(ArgumentReader arguments) => read(arguments);

    /// <summary>Its value in a call.</summary>
    /// <exception cref="Engine.I2VException">The value is not allowed.</exception>
    public T Read(ArgumentReader arguments) => read(arguments);

    /// <summary>True if the call gives it.</summary>
    public bool IsGiven(ArgumentReader arguments) => arguments.Has(name);

    /// <summary>The same argument, needed by every call; the tool says what is missing.</summary>
    public Argument<T> Needed() => new(name, schema, read) { IsRequired = true };
}
