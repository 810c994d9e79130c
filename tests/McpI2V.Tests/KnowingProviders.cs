using McpI2V.Providers.Contract;
using McpI2V.Settings;

namespace McpI2V.Tests;

/// <summary>What is known of a provider stands in its own folder; everybody else has it from the list.</summary>
public sealed class KnowingProviders
{
    private static string Sources => Path.Combine(Path.GetDirectoryName(Here())!, "..", "..", "src");

    public static TheoryData<string> Names => [.. KnownProviders.All.Select(p => p.Name)];

    public static TheoryData<string> WithKeys => [.. KnownProviders.All.Where(p => p.KeyVariable.Length > 0).Select(p => p.Name)];

    [Theory]
    [MemberData(nameof(WithKeys))]
    public void Nobody_else_names_a_providers_key(string name)
    {
        var provider = KnownProviders.All.Single(p => p.Name == name);

        var naming = Directory.EnumerateFiles(Sources, "*.cs", SearchOption.AllDirectories)
            .Where(f => !f.Split(Path.DirectorySeparatorChar).Any(p => p is "obj" or "bin"))
            .Where(f => File.ReadAllText(f).Contains(provider.KeyVariable, StringComparison.Ordinal))
            .Select(f => Path.GetFileName(Path.GetDirectoryName(f)!));

        Assert.Equal([name], naming.Select(f => f.ToLowerInvariant()).Distinct());
    }

    [Theory]
    [MemberData(nameof(WithKeys))]
    public void How_to_get_more_names_every_key(string name) => Assert.Contains(
        (name, KnownProviders.All.Single(p => p.Name == name).KeyVariable),
        KnownProviders.Keys);

    [Theory]
    [MemberData(nameof(Names))]
    public void A_providers_rows_are_its_own_and_priced(string name)
    {
        var services = KnownProviders.All.Single(p => p.Name == name).Create(new ProviderOptions { Name = name }, TimeProvider.System);

        Assert.Equal((name, name), (services.Provider.Name, services.Models.Provider));
        Assert.All(services.Models.Rows(), m => Assert.Equal(name, m.Provider));
        Assert.All(services.Models.Rows().Where(m => m.RetiredOn is null), m => Assert.True(m.Price.IsFree || m.Price.Usd > 0, m.Id));
    }

    private static string Here([System.Runtime.CompilerServices.CallerFilePath] string path = "") => path;
}
