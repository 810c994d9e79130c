namespace McpI2V.Engine.Http;

/// <summary>A host lies in a private or reserved network, and nobody said that it is trusted.</summary>
public sealed class ForbiddenAddressException(string host)
    : IOException($"{host} lies in a private or reserved network and is not connected to")
{
    /// <summary>The host, as it was asked for.</summary>
    public string Host { get; } = host;

    /// <summary>The one that an exception is, or was caused by; null: another fault.</summary>
    public static ForbiddenAddressException? In(Exception e) =>
        e as ForbiddenAddressException ?? e.InnerException as ForbiddenAddressException;
}
