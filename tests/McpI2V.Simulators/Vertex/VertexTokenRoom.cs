using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using McpI2V.Simulators.Simulation;

namespace McpI2V.Simulators.Vertex;

/// <summary>Google's token service: tokens for what a service account has signed (RFC 7523; google-auth-library 10.9.1).</summary>
/// <param name="options">The key that is the id of the account's private key.</param>
public sealed class VertexTokenRoom(SimOptions options)
{
    /// <summary>The one project that is known.</summary>
    public const string Project = "simulated-project";

    private const string Account = "ads@simulated-project.iam.gserviceaccount.com";
    private const string Audience = "https://oauth2.googleapis.com/token";
    private const string Grant = "urn:ietf:params:oauth:grant-type:jwt-bearer";
    private const string Scope = "https://www.googleapis.com/auth/cloud-platform";
    private const int LongestSeconds = 3600;
    private static readonly RSA Signer = RSA.Create(2048);
    private static readonly ConcurrentDictionary<string, string> Files = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, DateTimeOffset> tokens = new(StringComparer.Ordinal);

    /// <summary>How long the next tokens are good.</summary>
    public double TokenSeconds { get; set; } = LongestSeconds;

    /// <summary>The account's key as the console writes it.</summary>
    public static JsonObject KeyOf(string key) => new()
    {
        ["type"] = "service_account",
        ["project_id"] = Project,
        ["private_key_id"] = key,
        ["private_key"] = Signer.ExportPkcs8PrivateKeyPem() + "\n",
        ["client_email"] = Account,
        ["client_id"] = "100000000000000000001",
        ["token_uri"] = Audience,
    };

    /// <summary>The file in which that lies, as long as this process lives.</summary>
    public static string FileOf(string key) => Files.GetOrAdd(key, static k =>
    {
        var path = Path.Combine(Path.GetTempPath(), $"simulated-account-{Guid.NewGuid():N}.json");
        File.WriteAllText(path, KeyOf(k).ToJsonString());
        AppDomain.CurrentDomain.ProcessExit += (_, _) => File.Delete(path);
        return path;
    });

    /// <summary>Gives a token.</summary>
    public async Task<IResult> GiveAsync(HttpContext context)
    {
        var form = await context.Request.ReadFormAsync();
        if (form["grant_type"] != Grant)
        {
            return Error("unsupported_grant_type", "Invalid grant_type");
        }
        if (Fault(form["assertion"].ToString()) is { } fault)
        {
            return Error("invalid_grant", fault);
        }
        var token = $"ya29.c.{Guid.NewGuid():N}{Guid.NewGuid():N}";
        tokens[token] = TimeProvider.System.GetUtcNow().AddSeconds(TokenSeconds);
        return Reply.Json(new JsonObject { ["access_token"] = token, ["expires_in"] = (int)TokenSeconds, ["token_type"] = "Bearer" });
    }

    /// <summary>Takes every token back that was given.</summary>
    public void Revoke() => tokens.Clear();

    /// <summary>True for a request with a token that is good.</summary>
    public bool Knows(HttpRequest request) => request.Headers.Authorization.ToString().Split(' ') is ["Bearer", var token]
        && tokens.TryGetValue(token, out var until)
        && until > TimeProvider.System.GetUtcNow();

    private string? Fault(string assertion)
    {
        if (assertion.Split('.') is not [var head, var claims, var signature])
        {
            return "Bad Request";
        }
        if (Part(head) is not { } header || header["alg"]?.ToString() != "RS256")
        {
            return "Invalid JWT: alg must be RS256";
        }
        var signed = Encoding.ASCII.GetBytes($"{head}.{claims}");
        var isSigned = Signer.VerifyData(
            signed,
            Base64Url.DecodeFromChars(signature),
            HashAlgorithmName.SHA256,
            RSASignaturePadding.Pkcs1);
        if (!isSigned || (header["kid"] is { } kid && kid.ToString() != options.Key))
        {
            return "Invalid JWT Signature.";
        }
        var said = Part(claims) ?? [];
        var (from, to) = ((long?)said["iat"] ?? 0, (long?)said["exp"] ?? 0);
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();
        return said["iss"]?.ToString() != Account ? "Invalid grant: account not found"
            : said["aud"]?.ToString() != Audience ? "Invalid JWT: wrong audience"
            : said["scope"]?.ToString().Split(' ').Contains(Scope) != true ? "Invalid scope"
            : to - from is <= 0 or > LongestSeconds || now > to || now < from - 60 ? "Invalid JWT: Token must be a short-lived token"
            : null;
    }

    private static JsonObject? Part(string text) => JsonNode.Parse(Base64Url.DecodeFromChars(text)) as JsonObject;

    private static IResult Error(string code, string words) =>
        Reply.Json(new JsonObject { ["error"] = code, ["error_description"] = words }, 400);
}
