using System.Text.Json.Nodes;
using McpI2V.Engine;
using McpI2V.Engine.Providers;
using McpI2V.Media;
using McpI2V.Providers.Contract;
using McpI2V.Providers.Http;

namespace McpI2V.Providers.Vertex;

/// <summary>A file of Google's credentials as it was read: a service account's key, a workload's identity, a user's own account.</summary>
/// <param name="Kind">The word that it calls its kind by.</param>
/// <param name="Json">The file, which goes to Google's own library alone.</param>
/// <param name="Project">The project that is asked and billed.</param>
/// <param name="Source">Where a workload's own token is asked for; null: it is in a file, or there is none.</param>
internal sealed record VertexCredentials(string Kind, Secret Json, string Project, Uri? Source)
{
    private const string ServiceAccount = "service_account";
    private const string User = "authorized_user";
    private const string Workload = "external_account";
    private const long Longest = 100_000;
    private static readonly string[] OfServiceAccount = ["client_email", "private_key"];
    private static readonly string[] OfUser = ["client_id", "client_secret", "refresh_token"];
    private static readonly string[] OfWorkload = ["audience", "subject_token_type", "token_url", "credential_source"];

    /// <summary>A user's own account bills nobody by itself: each request names the project.</summary>
    public bool NamesProjectInRequests => Kind == User;

    /// <summary>Reads the file that is set. It is small, and read anew each time: keys are replaced.</summary>
    /// <exception cref="ProviderException">There is none, or it is no such file; nothing of it is in the message.</exception>
    public static VertexCredentials Read(ProviderOptions options)
    {
        var file = Parse(options);
        var kind = Text(file, "type");
        string[] needed = kind switch
        {
            ServiceAccount => OfServiceAccount,
            User => OfUser,
            Workload => OfWorkload,
            null => throw Fault(options, "holds JSON that is no credentials of Google's: it names no type"),
            _ => throw Fault(options, $"holds credentials of the type {ForeignText.Quote(kind, 60)}, which vertex does not take"),
        };
        if (needed.FirstOrDefault(n => file[n] is null) is { } missing)
        {
            throw Fault(options, $"holds credentials ({kind}) without {missing}");
        }
        return new VertexCredentials(kind, new Secret(file.ToJsonString()), ProjectOf(file, kind, options), SourceOf(file, options));
    }

    private static JsonObject Parse(ProviderOptions options)
    {
        var path = options.ApiKey?.Reveal() ?? throw Fault(options, "is not set");
        try
        {
            return !File.Exists(path) ? throw Fault(options, "names a file that is not there")
                : new FileInfo(path).Length > Longest ? throw Fault(options, "names a file that is far too long for credentials")
                : LenientJson.Read(File.ReadAllBytes(path)) ?? throw Fault(options, "names a file that is not JSON");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Fault(options, $"names a file that can't be read ({e.GetType().Name})");
        }
    }

    private static string ProjectOf(JsonObject file, string kind, ProviderOptions options) => options.Own<VertexSettings>().Project
        ?? Text(file, "project_id")
        ?? Text(file, "quota_project_id")
        ?? throw new ProviderException(
            ErrorCode.ProviderAuth,
            $"{options.KeyVariable} holds credentials ({kind}) that name no project. Set I2V__Providers__Vertex__Project to the id of " +
                "the project that pays, and start the server again",
            Acceptance.No);

    // A workload's own token is read from a file or fetched. A program that tells it is not run here, and no cloud's own service is asked.
    private static Uri? SourceOf(JsonObject file, ProviderOptions options)
    {
        if (file["credential_source"] is not JsonObject source || source["file"] is not null)
        {
            return null;
        }
        return Uri.TryCreate(Text(source, "url"), UriKind.Absolute, out var address)
            && source["environment_id"] is null
            && (address.Scheme == Uri.UriSchemeHttps || address.Authority == options.BaseUrl?.Authority)
            ? address
            : throw Fault(options, "holds a workload's identity whose token is neither in a file nor at an https address");
    }

    private static string? Text(JsonObject part, string name) => part[name] is JsonValue value
        && value.TryGetValue<string>(out var text)
        && text.Length > 0
        ? text
        : null;

    private static ProviderException Fault(ProviderOptions options, string what) => new(
        ErrorCode.ProviderAuth,
        $"{options.KeyVariable} {what}. Set it to the path of a service account's JSON key, of a workload identity's configuration or of " +
            "the credentials that gcloud writes (application-default login), and start the server again",
        Acceptance.No);
}
