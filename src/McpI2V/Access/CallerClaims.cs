using System.Security.Claims;
using McpI2V.Engine;
using Microsoft.AspNetCore.Http;

namespace McpI2V.Access;

/// <summary>Who is calling, as a token says.</summary>
internal static class CallerClaims
{
    /// <summary>The name of whoever needs no token: the user of this machine.</summary>
    public const string OfThisMachine = Owner.OfThisMachine;

    private const string Scope = "scope";

    /// <summary>The caller as the framework carries it.</summary>
    public static ClaimsPrincipal FromToken(string name, IEnumerable<string> scopes) => new(new ClaimsIdentity(
        [new Claim(ClaimTypes.NameIdentifier, name), .. scopes.Select(s => new Claim(Scope, s))], "token"));

    /// <summary>The caller's name; empty for nobody.</summary>
    public static string NameOf(ClaimsPrincipal? user) => user?.FindFirst(ClaimTypes.NameIdentifier)?.Value ?? "";

    /// <summary>By what a caller is counted: by token; those without one by where they come from.</summary>
    public static string KeyOf(HttpContext context) =>
        NameOf(context.User) is { Length: > 0 } name ? "token " + name : "address " + context.Connection.RemoteIpAddress;

    /// <summary>True if the caller's token allows it.</summary>
    public static bool May(ClaimsPrincipal? user, string scope) => user?.HasClaim(Scope, scope) == true;
}
