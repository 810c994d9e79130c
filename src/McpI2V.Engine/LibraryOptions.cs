namespace McpI2V.Engine;

/// <summary>Where the library lies.</summary>
public sealed record LibraryOptions
{
    /// <summary>The folder of everything the program keeps (<c>I2V_HOME</c>); <c>~/mcp-i2v</c> unless set.</summary>
    public required string Home { get; init; }

    /// <summary>The media folder: files with names that a person can read.</summary>
    public string Media => Path.Combine(Home, "media");

    /// <summary>The database file.</summary>
    public string Database => Path.Combine(Home, "library.db");
}
