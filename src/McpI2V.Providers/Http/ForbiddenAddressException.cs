namespace McpI2V.Providers.Http;

/// <summary>A provider's host, or one that it names, lies in a private or reserved network.</summary>
public sealed class ForbiddenAddressException(string host)
    : IOException($"{host} lies in a private or reserved network and is not connected to");
