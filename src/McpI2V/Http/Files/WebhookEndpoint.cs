using McpI2V.Engine;
using McpI2V.Engine.Jobs.Remote;
using McpI2V.Http.Requests;
using Microsoft.AspNetCore.Http;

namespace McpI2V.Http.Files;

/// <summary>
/// Where providers send word of finished tasks. Answered at once; whatever it says, the provider is asked before it is believed.
/// </summary>
internal static class WebhookEndpoint
{
    /// <summary>Takes one in: 200 if its task is known, 404 if it should come again later, 403 if the provider did not sign it.</summary>
    public static async Task TakeAsync(HttpContext context, RequestBodies bodies, WebhookReceiver receiver)
    {
        try
        {
            using var body = await bodies.ReadAsync(context);
            if (body is null)
            {
                return;
            }
            var headers = context.Request.Headers.ToDictionary(
                h => h.Key.ToLowerInvariant(),
                h => h.Value.ToString(),
                StringComparer.Ordinal);
            var isKnown = await receiver.TakeAsync(
                (string)context.Request.RouteValues["provider"]!,
                headers,
                body.Bytes.ToArray(),
                context.RequestAborted);
            context.Response.StatusCode = isKnown ? StatusCodes.Status200OK : StatusCodes.Status404NotFound;
        }
        catch (I2VException e)
        {
            context.Response.StatusCode = e.Code == ErrorCode.InputForbidden
                ? StatusCodes.Status403Forbidden
                : StatusCodes.Status404NotFound;
        }
    }
}
