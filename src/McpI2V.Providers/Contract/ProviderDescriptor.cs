using System.Text.RegularExpressions;
using McpI2V.Media;

namespace McpI2V.Providers.Contract;

/// <summary>A provider as the program's list names it: what everybody else needs to know of it stands here, and here alone.</summary>
/// <param name="Name">Its name in model ids and in settings, lower case.</param>
/// <param name="KeyVariable">The provider's own variable for its key; empty: it has none of its own.</param>
/// <param name="KeyShape">What its keys look like, wherever one turns up: it is taken out of every text; null: they have no shape.</param>
/// <param name="Create">Makes it, with its models.</param>
public sealed record ProviderDescriptor(
    string Name,
    string KeyVariable,
    Func<Regex>? KeyShape,
    Func<ProviderOptions, TimeProvider, ProviderServices> Create)
{
    /// <summary>Where the vendor's own tools look for the key besides, in order: a variable, or two whose values a colon joins.</summary>
    public IReadOnlyList<string> OtherVariables { get; init; } = [];

    /// <summary>True if the variable names a file that holds the credentials: a path may have any letter.</summary>
    public bool KeyIsFile { get; init; }

    /// <summary>Reads what can be set for it alone (<see cref="ProviderOptions.Own{T}"/>); null: nothing can.</summary>
    public Func<SettingsSection, object>? OwnSettings { get; init; }
}
