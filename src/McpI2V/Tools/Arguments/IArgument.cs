using System.Text.Json.Nodes;

namespace McpI2V.Tools.Arguments;

/// <summary>One argument of a tool, as a client sees it.</summary>
internal interface IArgument
{
    /// <summary>Its name.</summary>
    string Name { get; }

    /// <summary>True for one that every call needs.</summary>
    bool IsRequired { get; }

    /// <summary>What it takes, as JSON Schema.</summary>
    JsonObject Schema();

    /// <summary>Refuses a call that gives it a value outside its schema.</summary>
    /// <exception cref="Engine.I2VException">The value is not allowed; the message says which are.</exception>
    void Check(ArgumentReader arguments);
}
