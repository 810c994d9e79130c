using McpI2V.Providers.Contract;

namespace McpI2V.Providers.Firefly;

/// <summary>A client of Adobe's identity service, as the user set it: <c>id:secret</c>.</summary>
/// <param name="ClientId">Its id, which every request carries.</param>
/// <param name="ClientSecret">Its secret, which goes nowhere but to the identity service.</param>
internal sealed record FireflyCredentials(string ClientId, Secret ClientSecret)
{
    /// <summary>Takes a key apart; null: none is set, or it is no such pair.</summary>
    public static FireflyCredentials? Of(Secret? key) => key?.Reveal().Split(':', 2) is [{ Length: > 0 } id, { Length: > 0 } secret]
        ? new(id, new Secret(secret))
        : null;
}
