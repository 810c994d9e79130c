using McpI2V.Engine.Providers;
using McpI2V.Providers.Contract;
using McpI2V.Providers.Http;

namespace McpI2V.Providers.Bfl;

/// <summary>
/// Where a request is looked up: at the cluster that took it, which the answer to it names and which alone knows it
/// (api.us1.bfl.ai, api.eu1.bfl.ai). The key goes to no other host than the base URL's and https hosts of bfl.ai.
/// </summary>
internal sealed class BflAddresses(ProviderOptions options, ProviderHttp http)
{
    private const string Domain = "bfl.ai";

    /// <summary>Where a request of this id is looked up.</summary>
    /// <param name="given">The address that the answer named, or that was kept of it; null: none.</param>
    /// <param name="id">The id.</param>
    public Uri Of(string? given, string id)
    {
        if (!Uri.TryCreate(given, UriKind.Absolute, out var named) || named.UserInfo.Length > 0)
        {
            return Usual(id);
        }
        var looked = named.Query.Contains("id=", StringComparison.Ordinal)
            ? named
            : new UriBuilder(named) { Query = named.Query.TrimStart('?') + (named.Query.Length > 1 ? "&" : "") + Query(id) }.Uri;
        if (!IsOfDomain(looked))
        {
            // The user's own server may stand for it; nobody else's does.
            return options.BaseUrl is { } own && IsSame(own, looked) ? looked : Usual(id);
        }
        // A base URL of theirs is a region, behind which the clusters stay; any other stands for all of them.
        return options.BaseUrl is null || IsOfDomain(options.BaseUrl) ? looked : http.At(looked.PathAndQuery.TrimStart('/'));
    }

    private Uri Usual(string id) => http.At("v1/get_result?" + Query(id));

    private static string Query(string id) => "id=" + Uri.EscapeDataString(id);

    private static bool IsOfDomain(Uri address) => address.Scheme == Uri.UriSchemeHttps
        && address.IsDefaultPort
        && (address.Host.Equals(Domain, StringComparison.OrdinalIgnoreCase)
            || address.Host.EndsWith("." + Domain, StringComparison.OrdinalIgnoreCase));

    private static bool IsSame(Uri own, Uri address) =>
        own.Scheme == address.Scheme && own.Authority.Equals(address.Authority, StringComparison.OrdinalIgnoreCase);
}
