using McpI2V.Media;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace McpI2V.Mcp.Calls;

/// <summary>Sends progress to a client that asked for it; progress only ever grows.</summary>
internal static class ProgressReporter
{
    public static Func<double, string, Task> For(RequestContext<CallToolRequestParams> request)
    {
        if (request.Params?.ProgressToken is not { } token)
        {
            return (_, _) => Task.CompletedTask;
        }
        var last = -1.0;
        return async (progress, message) =>
        {
            if (progress <= last)
            {
                return;
            }
            last = progress;
            await request.Server.NotifyProgressAsync(
                token,
                new ProgressNotificationValue { Progress = (float)progress, Total = 1, Message = ForeignText.Line(message) });
        };
    }
}
