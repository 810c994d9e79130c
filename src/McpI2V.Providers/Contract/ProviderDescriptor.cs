namespace McpI2V.Providers.Contract;

/// <summary>A provider as the program's list names it.</summary>
/// <param name="Name">Its name in model ids and in settings, lower case.</param>
/// <param name="KeyVariable">The provider's own variable for its key.</param>
/// <param name="Create">Makes it, with its models.</param>
public sealed record ProviderDescriptor(string Name, string KeyVariable, Func<ProviderOptions, TimeProvider, ProviderServices> Create);
