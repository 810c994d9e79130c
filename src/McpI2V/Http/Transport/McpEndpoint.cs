using System.Buffers;
using System.Net.ServerSentEvents;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using McpI2V.Access;
using McpI2V.Http.Requests;
using McpI2V.Http.Transport.Streams;
using McpI2V.Mcp;
using McpI2V.Mcp.Calls;
using McpI2V.Mcp.Messages;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Net.Http.Headers;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

#pragma warning disable MCP9006 // The versions with sessions resume streams; 2026-07-28 has neither.

namespace McpI2V.Http.Transport;

/// <summary>
/// MCP over Streamable HTTP, a thin layer over the SDK's own transport: stateless for protocol 2026-07-28, with sessions for
/// the versions before. What the official ASP.NET package does when it can be restored; nothing else knows that it is ours.
/// </summary>
internal sealed class McpEndpoint(
    IMcpServerDefinition definition,
    RequestBodies bodies,
    HttpSessions sessions,
    EventStreams streams,
    IHostApplicationLifetime life)
{
    private const string SessionHeader = "Mcp-Session-Id";
    private static readonly JsonTypeInfo<JsonRpcMessage> MessageType =
        (JsonTypeInfo<JsonRpcMessage>)McpJsonUtilities.DefaultOptions.GetTypeInfo(typeof(JsonRpcMessage));

    // Gone from the version without sessions (SEP-2575).
    private static readonly string[] Removed =
    [
        RequestMethods.Initialize,
        RequestMethods.Ping,
        "logging/setLevel",
        "resources/subscribe",
        "resources/unsubscribe",
    ];

    /// <summary>A message of the client.</summary>
    public async Task PostAsync(HttpContext context)
    {
        if (!Accepts(context.Request, "application/json") || !Accepts(context.Request, "text/event-stream"))
        {
            await RpcErrors.WriteAsync(
                context,
                StatusCodes.Status406NotAcceptable,
                RpcErrors.Refused,
                "Accept must name application/json and text/event-stream.");
            return;
        }
        if (!context.Request.HasJsonContentType())
        {
            await RpcErrors.WriteAsync(
                context,
                StatusCodes.Status415UnsupportedMediaType,
                RpcErrors.Refused,
                "Content-Type must be application/json.");
            return;
        }
        using var body = await bodies.ReadAsync(context);
        if (body is null)
        {
            return;
        }
        var (read, wrong) = MessageReader.Read(body.Bytes);
        body.LetGo();
        if (read is not { } message)
        {
            await RpcErrors.WriteAsync(context, StatusCodes.Status400BadRequest, (int)wrong!.Code, wrong.Words, wrong.Id);
            return;
        }
        var id = message is JsonRpcRequest asked ? asked.Id : default;
        if ((ProtocolHeaders.Fault(context.Request, message) ?? await ParameterFaultAsync(context.Request, message)) is { } fault)
        {
            await RpcErrors.WriteAsync(context, fault.Status, fault.Code, fault.Message, id, fault.Data);
            return;
        }
        message.Context ??= new JsonRpcMessageContext();
        message.Context.Items = new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            [RequestBody.Key] = body,
            [ComposedAnswer.Key] = new ComposedAnswer(),
        };
        message.Context.User = context.User;
        if (ProtocolHeaders.VersionOf(context.Request) is { Length: > 0 } version)
        {
            message.Context.ProtocolVersion = version;
        }
        await (ProtocolHeaders.IsStateless(context.Request)
            ? StatelessAsync(context, message, id)
            : WithSessionAsync(context, message, id));
    }

    /// <summary>The stream of the server's own messages.</summary>
    public async Task GetAsync(HttpContext context)
    {
        if (await OwnSessionAsync(context, needsStream: true) is not { } session)
        {
            return;
        }
        if (context.Request.Headers["Last-Event-ID"].ToString() is { Length: > 0 } last)
        {
            await ResumeAsync(context, session, last);
            return;
        }
        if (!session.TryListen())
        {
            await RpcErrors.WriteAsync(context, StatusCodes.Status409Conflict, RpcErrors.Refused, "This session has a stream open; " +
                "close it first.");
            return;
        }
        try
        {
            await StreamAsync(context, session, async token =>
            {
                await context.Response.Body.FlushAsync(token);
                await session.Transport.HandleGetRequestAsync(context.Response.Body, token);
            });
        }
        finally
        {
            session.StopListening();
        }
    }

    // The rest of a stream whose connection broke.
    private async Task ResumeAsync(HttpContext context, HttpSession session, string last)
    {
        if (streams.Find(last) is not { } rest || rest.SessionId != session.Id)
        {
            await RpcErrors.WriteAsync(
                context,
                StatusCodes.Status400BadRequest,
                RpcErrors.Refused,
                "Last-Event-ID names no event of this session, or one of a stream that ended long ago. Leave it out for a new stream.");
            return;
        }
        await StreamAsync(
            context,
            session,
            token => SseFormatter.WriteAsync(rest.ReadEventsAsync(token), context.Response.Body, Format, token));
    }

    // A stream of the server's own: it ends with the client, the session or the server.
    private async Task StreamAsync(HttpContext context, HttpSession session, Func<CancellationToken, Task> send)
    {
        using var use = session.Use();
        using var ends = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, life.ApplicationStopping);
        try
        {
            BeginStream(context);
            await send(ends.Token);
        }
        catch (OperationCanceledException) when (ends.IsCancellationRequested)
        {
            // How such a stream ends.
        }
    }

    private static void Format(SseItem<JsonRpcMessage?> item, IBufferWriter<byte> writer)
    {
        if (item.Data is { } message)
        {
            var bytes = JsonSerializer.SerializeToUtf8Bytes(message, MessageType);
            if (ComposedAnswer.Of(message) is { } answer)
            {
                answer.Put(bytes, writer);
            }
            else
            {
                writer.Write(bytes);
            }
        }
    }

    private async ValueTask<RpcFault?> ParameterFaultAsync(HttpRequest request, JsonRpcMessage message) =>
        ProtocolHeaders.IsStateless(request)
            && message is JsonRpcRequest { Method: RequestMethods.ToolsCall, Params: JsonObject call }
            && await definition.SchemaOfAsync(ProtocolHeaders.Text(call, "name") ?? "") is { } schema
            ? ParameterHeaders.Fault(request, schema, call["arguments"] as JsonObject)
            : null;

    /// <summary>The client ends its session.</summary>
    public async Task DeleteAsync(HttpContext context)
    {
        if (await OwnSessionAsync(context, needsStream: false) is { } session)
        {
            await sessions.EndAsync(session);
            context.Response.StatusCode = StatusCodes.Status204NoContent;
        }
    }

    private async Task StatelessAsync(HttpContext context, JsonRpcMessage message, RequestId id)
    {
        if (message is JsonRpcRequest { Method: var method } && Removed.Contains(method))
        {
            await RpcErrors.WriteAsync(
                context,
                StatusCodes.Status404NotFound,
                (int)McpErrorCode.MethodNotFound,
                $"{RpcErrors.Shown(method)} is not part of protocol {ProtocolVersions.Stateless}.",
                id);
            return;
        }
        await using var transport = new StreamableHttpServerTransport(NullLoggerFactory.Instance) { Stateless = true };
        await using var server = McpServer.Create(transport, definition.Stateless, NullLoggerFactory.Instance, serviceProvider: null);
        using var ends = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted);
        var running = server.RunAsync(ends.Token);
        // A status can only be chosen before the first byte: the first message says which.
        ValueTask OnFirst(JsonRpcMessage? first)
        {
            if (first is JsonRpcError { Error: { } error } && !context.Response.HasStarted)
            {
                context.Response.StatusCode = (McpErrorCode)error.Code switch
                {
                    McpErrorCode.MethodNotFound => StatusCodes.Status404NotFound,
                    McpErrorCode.MissingRequiredClientCapability
                        or McpErrorCode.UnsupportedProtocolVersion
                        or McpErrorCode.HeaderMismatch =>
                        StatusCodes.Status400BadRequest,
                    _ => context.Response.StatusCode,
                };
            }
            return ValueTask.CompletedTask;
        }
        BeginStream(context);
        using var stopping = life.ApplicationStopping.Register(() => EndListening(message, ends));
        var answered = await transport.HandlePostRequestAsync(message, Body(context, message), OnFirst, ends.Token);
        End(context, answered);
        await ends.CancelAsync();
        await running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    // A running call answers before the server goes; a stream that only listens would wait for ever.
    private static void EndListening(JsonRpcMessage message, CancellationTokenSource ends)
    {
        if (message is JsonRpcRequest { Method: RequestMethods.SubscriptionsListen })
        {
            ends.Cancel();
        }
    }

    private async Task WithSessionAsync(HttpContext context, JsonRpcMessage message, RequestId id)
    {
        var session = await SessionOfAsync(context, message, id);
        if (session is null)
        {
            return;
        }
        using var use = session.Use();
        context.Response.Headers[SessionHeader] = session.Id;
        BeginStream(context);
        End(context, await session.Transport.HandlePostRequestAsync(message, Body(context, message), context.RequestAborted));
    }

    private async Task<HttpSession?> SessionOfAsync(HttpContext context, JsonRpcMessage message, RequestId id)
    {
        if (MessageReader.FaultOfHandshake(message) is { } wrong)
        {
            await RpcErrors.WriteAsync(context, StatusCodes.Status400BadRequest, (int)McpErrorCode.InvalidParams, wrong, id);
            return null;
        }
        if (context.Request.Headers[SessionHeader].ToString() is { Length: > 0 } known)
        {
            return await FindAsync(context, known, id);
        }
        if (message is not JsonRpcRequest { Method: RequestMethods.Initialize })
        {
            await RpcErrors.WriteAsync(
                context,
                StatusCodes.Status400BadRequest,
                RpcErrors.Refused,
                $"{SessionHeader} is missing: a conversation begins with initialize.",
                id);
            return null;
        }
        var begun = await sessions.BeginAsync(CallerClaims.NameOf(context.User), definition.WithSessions);
        if (begun is null)
        {
            context.Response.Headers.RetryAfter = "30";
            var isOwn = sessions.IsFull(CallerClaims.NameOf(context.User));
            await RpcErrors.WriteAsync(
                context,
                isOwn ? StatusCodes.Status429TooManyRequests : StatusCodes.Status503ServiceUnavailable,
                RpcErrors.Refused,
                isOwn
                    ? "This caller has as many sessions as one may have, and all are in use. End one."
                    : "There are as many sessions as this server takes. Come back in half a minute.",
                id);
        }
        return begun;
    }

    private async Task<HttpSession?> OwnSessionAsync(HttpContext context, bool needsStream)
    {
        if (ProtocolHeaders.Version(context.Request) is { } fault)
        {
            await RpcErrors.WriteAsync(context, fault.Status, fault.Code, fault.Message, data: fault.Data);
            return null;
        }
        if (ProtocolHeaders.IsStateless(context.Request))
        {
            context.Response.Headers.Allow = HttpMethods.Post;
            await RpcErrors.WriteAsync(
                context,
                StatusCodes.Status405MethodNotAllowed,
                RpcErrors.Refused,
                $"{ProtocolVersions.Stateless} has no sessions; subscriptions/listen by POST takes their place.");
            return null;
        }
        if (needsStream && !Accepts(context.Request, "text/event-stream"))
        {
            await RpcErrors.WriteAsync(
                context,
                StatusCodes.Status406NotAcceptable,
                RpcErrors.Refused,
                "Accept must name text/event-stream.");
            return null;
        }
        var id = context.Request.Headers[SessionHeader].ToString();
        if (id.Length == 0)
        {
            await RpcErrors.WriteAsync(context, StatusCodes.Status400BadRequest, RpcErrors.Refused, $"{SessionHeader} is missing; " +
                "the answer to initialize has it.");
            return null;
        }
        return await FindAsync(context, id);
    }

    private async Task<HttpSession?> FindAsync(HttpContext context, string session, RequestId id = default)
    {
        var found = sessions.Find(session, CallerClaims.NameOf(context.User));
        if (found is null)
        {
            await RpcErrors.WriteAsync(
                context,
                StatusCodes.Status404NotFound,
                RpcErrors.NoSession,
                "Session not found. Initialize again.",
                id);
        }
        return found;
    }

    private static AnswerStream Body(HttpContext context, JsonRpcMessage message) =>
        new(context.Response.BodyWriter, ComposedAnswer.Carried(message.Context!.Items)!);

    private static bool Accepts(HttpRequest request, string type) =>
        MediaTypeHeaderValue.TryParseList(request.Headers.Accept!, out var accepted)
            && accepted.Any(a => new MediaTypeHeaderValue(type).IsSubsetOf(a));

    private static void BeginStream(HttpContext context)
    {
        context.Response.ContentType = "text/event-stream";
        context.Response.Headers.CacheControl = "no-cache, no-store";
        context.Response.Headers["X-Accel-Buffering"] = "no";
        context.Features.GetRequiredFeature<IHttpResponseBodyFeature>().DisableBuffering();
    }

    private static void End(HttpContext context, bool answered)
    {
        if (!answered && !context.Response.HasStarted)
        {
            context.Response.ContentType = null;
            context.Response.StatusCode = StatusCodes.Status202Accepted;
        }
    }
}
