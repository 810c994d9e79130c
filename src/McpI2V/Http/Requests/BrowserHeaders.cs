using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;

namespace McpI2V.Http.Requests;

/// <summary>What keeps a browser from doing more with an answer than it is for.</summary>
internal static class BrowserHeaders
{
    /// <summary>For a file: it is nothing but a file of its type.</summary>
    public static void ForFile(HttpContext context) => Put(context, "default-src 'none'; sandbox");

    /// <summary>For a page of ours, which is not kept and not framed; returns what its own styles and scripts are let in by.</summary>
    /// <param name="context">The answer.</param>
    /// <param name="sources">What it may do besides styles: the policy's directives, with <c>{nonce}</c>.</param>
    public static string ForPage(HttpContext context, string sources)
    {
        var nonce = Convert.ToBase64String(RandomNumberGenerator.GetBytes(16));
        Put(context, $"default-src 'none'; style-src 'nonce-{nonce}'; {sources.Replace("{nonce}", nonce, StringComparison.Ordinal)}; " +
            "frame-ancestors 'none'; base-uri 'none'; form-action 'none'");
        context.Response.Headers.CacheControl = "no-store";
        return nonce;
    }

    private static void Put(HttpContext context, string policy)
    {
        context.Response.Headers.ContentSecurityPolicy = policy;
        context.Response.Headers["X-Content-Type-Options"] = "nosniff";
        context.Response.Headers["Referrer-Policy"] = "no-referrer";
    }
}
