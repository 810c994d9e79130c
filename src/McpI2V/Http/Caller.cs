using System.Security.Claims;
using McpI2V.Engine;

namespace McpI2V.Http;

/// <summary>Who is calling, as a token says.</summary>
internal static class Caller
{
    /// <summary>The name of whoever needs no token: the user of this machine.</summary>
    public const string OfThisMachine = Owner.OfThisMachine;

    private const string Scope = "scope";

    /// <summary>The caller as the framework carries it.</summary>
    public static ClaimsPrincipal Of(string name, IEnumerable<string> scopes) => new(new ClaimsIdentity(
        [new Claim(ClaimTypes.NameIdentifier, name), .. scopes.Select(s => new Claim(Scope, s))], "token"));

    /// <summary>The caller's name; empty for nobody.</summary>
    public static string NameOf(ClaimsPrincipal? user) => user?.FindFirst(ClaimTypes.NameIdentifier)?.Value ?? "";

    /// <summary>True if the caller's token allows it.</summary>
    public static bool May(ClaimsPrincipal? user, string scope) => user?.HasClaim(Scope, scope) == true;
}
