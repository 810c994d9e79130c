using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using McpI2V.Engine.Providers;
using McpI2V.Providers.Http;

namespace McpI2V.Providers.Firefly;

/// <summary>
/// Where a job is looked at and canceled: at the addresses that the answer to its order named, for they lead to the region that has it. A
/// token goes to Adobe's own hosts alone: what names another is asked for by its id.
/// </summary>
internal static partial class FireflyAddresses
{
    private const char Between = ' ';

    /// <summary>The job that an answer names; null: none.</summary>
    public static RemoteTask? Named(JsonObject given) => given["jobId"]?.ToString() is { Length: > 0 } id
        ? new RemoteTask(id, $"{Plain(given["statusUrl"])}{Between}{Plain(given["cancelUrl"])}")
        : null;

    /// <summary>Where a job is looked at.</summary>
    public static Uri StatusOf(RemoteTask task, ProviderHttp http) => At(task, 0, "status", http);

    /// <summary>Where a job is canceled.</summary>
    public static Uri CancelOf(RemoteTask task, ProviderHttp http) => At(task, 1, "cancel", http);

    private static Uri At(RemoteTask task, int place, string what, ProviderHttp http) =>
        Uri.TryCreate(task.Path?.Split(Between).ElementAtOrDefault(place), UriKind.Absolute, out var named) && IsAdobes(named)
            ? http.Own(named, named)
            : http.At($"v3/{what}/{Uri.EscapeDataString(task.Id)}");

    private static string Plain(JsonNode? address) =>
        address?.ToString().Replace(Between.ToString(), "%20", StringComparison.Ordinal) ?? "";

    private static bool IsAdobes(Uri address) =>
        address is { Scheme: "https", IsDefaultPort: true, UserInfo: "" } && AdobesHost().IsMatch(address.IdnHost);

    // firefly-api.adobe.io, and a region's such as firefly-epo855230.adobe.io.
    [GeneratedRegex(@"^firefly(-[a-z0-9-]{1,60})?\.adobe\.io$", RegexOptions.IgnoreCase)]
    private static partial Regex AdobesHost();
}
