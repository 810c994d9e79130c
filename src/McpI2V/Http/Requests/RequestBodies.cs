using System.Runtime.InteropServices;
using McpI2V.Access;
using McpI2V.Settings;
using Microsoft.AspNetCore.Http;
using ModelContextProtocol;
using ModelContextProtocol.Server;

namespace McpI2V.Http.Requests;

/// <summary>
/// Reads bodies into memory, within bounds on what is in flight: a message costs several times its bytes until it is answered, and
/// counts so long, whether or not its client waits. Files that are sent count nothing: they go to the disk as they come.
/// </summary>
internal sealed class RequestBodies(HttpOptions options)
{
    // What every caller may always have, whatever the others do.
    private const long Share = 1_000_000;
    private const int FirstRoom = 16 * 1024;

    private readonly Lock gate = new();
    private readonly Dictionary<string, (long Bytes, int Messages)> taken = new(StringComparer.Ordinal);
    private long all;

    /// <summary>A filter around the handling of every message: its body counts until it is handled.</summary>
    public static McpMessageHandler Counted(McpMessageHandler next) => async (context, cancellationToken) =>
    {
        var body = context.JsonRpcMessage.Context?.Items is { } items && items.TryGetValue(RequestBody.Key, out var carried)
            ? carried as RequestBody
            : null;
        using var kept = body?.Keep();
        await next(context, cancellationToken);
    };

    /// <summary>A request's body; null if it was refused, and answered.</summary>
    public async Task<RequestBody?> ReadAsync(HttpContext context)
    {
        var body = new RequestBody(this, CallerClaims.KeyOf(context));
        var isWhole = false;
        try
        {
            var length = context.Request.ContentLength;
            var refusal = length > options.MostBytes ? null : body.Count(length ?? FirstRoom);
            for (var counted = length ?? FirstRoom; refusal is null;)
            {
                var read = await context.Request.Body.ReadAsync(
                    body.Room((int)Math.Clamp(length ?? 0, FirstRoom, options.MostBytes)),
                    context.RequestAborted);
                body.Advance(read);
                if (read == 0 || body.Bytes.Length == length)
                {
                    isWhole = true;
                    return body;
                }
                if (body.Bytes.Length > counted)
                {
                    // Nobody said how long it is: what has come is counted twice over, as its buffer is.
                    refusal = body.Count(counted);
                    counted *= 2;
                }
            }
            await RefuseAsync(context, refusal.Value);
        }
        catch (BadHttpRequestException e)
        {
            await RpcErrors.WriteAsync(
                context,
                e.StatusCode,
                (int)McpErrorCode.InvalidRequest,
                e.StatusCode == StatusCodes.Status413PayloadTooLarge
                    ? $"The message is larger than {options.MostBytes / 1_000_000} MB. Pass files by path, address or upload link."
                    : "The message did not arrive whole, and nothing was done. Send it again.");
        }
        finally
        {
            // Also where the one who is told that it did not arrive has gone.
            if (!isWhole)
            {
                body.Dispose();
            }
        }
        return null;
    }

    /// <summary>Counts bytes; why not, where there is no room for them.</summary>
    public BodyRefusal? Take(string caller, long bytes, bool isNew)
    {
        lock (gate)
        {
            var (own, messages) = taken.GetValueOrDefault(caller);
            if (own + bytes > options.MostBytesInFlightPerCaller || (isNew && messages >= options.MaxConcurrent))
            {
                return BodyRefusal.OfCaller;
            }
            if (own + bytes > Share && all + bytes > options.MostBytesInFlight)
            {
                return BodyRefusal.OfAll;
            }
            Change(caller, bytes, isNew ? 1 : 0);
            return null;
        }
    }

    /// <summary>Counts a message again that is still worked on.</summary>
    public void Add(string caller, long bytes)
    {
        lock (gate)
        {
            Change(caller, bytes, 1);
        }
    }

    /// <summary>A message is done with.</summary>
    public void GiveBack(string caller, long bytes)
    {
        lock (gate)
        {
            Change(caller, -bytes, -1);
        }
    }

    private void Change(string caller, long bytes, int messages)
    {
        ref var own = ref CollectionsMarshal.GetValueRefOrAddDefault(taken, caller, out _);
        own = (own.Bytes + bytes, own.Messages + messages);
        all += bytes;
        if (own.Messages == 0)
        {
            taken.Remove(caller);
        }
    }

    private static Task RefuseAsync(HttpContext context, BodyRefusal refusal)
    {
        context.Response.Headers.RetryAfter = "2";
        return refusal == BodyRefusal.OfCaller
            ? RpcErrors.WriteAsync(
                context,
                StatusCodes.Status429TooManyRequests,
                RpcErrors.Refused,
                "This caller has as many messages, or bytes in them, open as one may have. Come back in 2 seconds, and pass files by " +
                    "path, address or upload link.")
            : RpcErrors.WriteAsync(
                context,
                StatusCodes.Status503ServiceUnavailable,
                RpcErrors.Refused,
                "This server has as many bytes in open messages as it takes. Come back in 2 seconds, and pass files by path, address " +
                    "or upload link.");
    }
}
