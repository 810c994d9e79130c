using McpI2V.Access;
using McpI2V.Engine;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using ModelContextProtocol;

namespace McpI2V.Http.Transport;

/// <summary>
/// The catch-all of the web server: whatever went wrong before there was an answer is told, and what nobody foresaw is logged.
/// </summary>
internal sealed partial class LastWord(RequestDelegate next, ILogger<LastWord> log)
{
    /// <summary>Lets a request through, and answers it where nothing else does.</summary>
    public async Task InvokeAsync(HttpContext context)
    {
        try
        {
            await next(context);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // Nobody is there to be told.
        }
        catch (Exception e) when (e is BadHttpRequestException or IOException { InnerException: OverflowException })
        {
            // A chunk's size beyond all numbers is no bad request to the web server (Kestrel 10), but an overflow.
            await RpcErrors.WriteAsync(
                context,
                (e as BadHttpRequestException)?.StatusCode ?? StatusCodes.Status400BadRequest,
                (int)McpErrorCode.InvalidRequest,
                "The request is no valid HTTP, or did not arrive whole. Nothing was done; send it again.");
        }
        catch (I2VException e)
        {
            // What is broken is the server's own, such as a file of its settings: a caller is told which, and no more.
            LogUnusable(log, e.Message);
            context.Response.Headers.RetryAfter = "30";
            await RpcErrors.WriteAsync(
                context,
                StatusCodes.Status503ServiceUnavailable,
                RpcErrors.Refused,
                $"{e.Argument ?? "A file of the server's"} can't be used; ./i2v doctor on the server's machine says why.");
        }
        catch (Exception e)
        {
            LogUnexpected(log, context.Request.Method, e);
            await RpcErrors.WriteAsync(
                context,
                StatusCodes.Status500InternalServerError,
                (int)McpErrorCode.InternalError,
                "The request failed unexpectedly; the server's log has the details.");
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "A {Method} request failed unexpectedly")]
    private static partial void LogUnexpected(ILogger logger, string method, Exception exception);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Why}")]
    private static partial void LogUnusable(ILogger logger, string why);
}
