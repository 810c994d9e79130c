using McpI2V.Engine;
using McpI2V.Engine.Jobs.Lanes;
using McpI2V.Engine.Library;
using McpI2V.Media;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace McpI2V.Hosting;

/// <summary>Tells whoever sends callers here whether to.</summary>
internal static class Readiness
{
    /// <summary>"ready" and the node's role; 503 while the library can't be read, and as soon as the node is about to leave.</summary>
    public static async Task AnswerAsync(HttpContext context)
    {
        var services = context.RequestServices;
        try
        {
            var isLeaving = services.GetRequiredService<Draining>().IsOn;
            services.GetRequiredService<AssetStore>().Count();
            context.Response.StatusCode = isLeaving ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status200OK;
            await context.Response.WriteAsync(
                $"{(isLeaving ? "draining" : "ready")}, role {SnakeCase.From(services.GetRequiredService<NodeOptions>().Role)}");
        }
        catch (I2VException)
        {
            // Why is told to callers with a token, by any tool.
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            await context.Response.WriteAsync("not ready");
        }
    }
}
