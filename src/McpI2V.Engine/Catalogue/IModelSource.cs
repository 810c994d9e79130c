using System.Text.Json.Serialization.Metadata;

namespace McpI2V.Engine.Catalogue;

/// <summary>Where rows of the catalogue come from: the program's own file, and one of each provider.</summary>
public interface IModelSource
{
    /// <summary>The provider's name.</summary>
    string Provider { get; }

    /// <summary>What people call the provider besides its name, lower case: "Seedance 2.5 by BytePlus".</summary>
    IReadOnlyList<string> AlsoCalled => [];

    /// <summary>The words that the provider alone reads in a row's wire; null: it has none.</summary>
    JsonTypeInfo? OwnWords => null;

    /// <summary>The rows, in route order.</summary>
    IEnumerable<ModelEntry> Rows();

    /// <summary>
    /// A row for an id that is not listed, read from the provider; null if the provider does not have it, or this source can't tell.
    /// </summary>
    /// <exception cref="I2VException">The provider has it, and it can't be used as it is; the message says why.</exception>
    Task<ModelEntry?> LearnAsync(string id, CancellationToken cancellationToken) => Task.FromResult<ModelEntry?>(null);
}
