using Microsoft.AspNetCore.Http;

namespace McpI2V.Http.Files;

/// <summary>What a person reads who opens a signed address that shows nothing.</summary>
internal static class LinkRefusal
{
    /// <summary>Answers with a status, and why.</summary>
    public static Task WriteAsync(HttpContext context, int status)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "text/plain; charset=utf-8";
        return context.Response.WriteAsync(
            status switch
            {
                StatusCodes.Status403Forbidden =>
                    "This address is not good: it was altered, or its day is over. Ask your assistant for a new one (find_assets has it).",
                StatusCodes.Status404NotFound =>
                    "What this address names is not there, or can't be shown. Ask your assistant what there is (find_assets).",
                _ => "The library can't be opened now. ./i2v doctor on the server's machine says why.",
            },
            context.RequestAborted);
    }
}
