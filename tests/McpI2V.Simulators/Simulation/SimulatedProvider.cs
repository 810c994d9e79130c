namespace McpI2V.Simulators.Simulation;

/// <summary>A simulated provider, as its own folder declares it.</summary>
/// <param name="Name">Its name in settings (<c>I2V__Providers__Name__BaseUrl</c>); in lower case its addresses begin with it.</param>
/// <param name="KeyVariable">The variable that holds its key; empty: it has none.</param>
/// <param name="Map">Adds its addresses.</param>
public sealed record SimulatedProvider(string Name, string KeyVariable, Action<WebApplication> Map)
{
    /// <summary>What the variable of its key holds, of the simulators' origin and key: the key, unless that is something else.</summary>
    public Func<string, string, string> KeyOf { get; init; } = (_, key) => key;

    /// <summary>What a user sets to use it.</summary>
    /// <param name="origin">Where the simulators are.</param>
    /// <param name="key">The key that they accept.</param>
    public (string Name, string Value)[] Settings(string origin, string key) =>
    [
        .. KeyVariable.Length > 0 ? [(KeyVariable, KeyOf(origin, key))] : Array.Empty<(string, string)>(),
        ($"I2V__Providers__{Name}__BaseUrl", $"{origin}/{Name.ToLowerInvariant()}"),
    ];
}
