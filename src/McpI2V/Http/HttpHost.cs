using System.Net;
using System.Threading.RateLimiting;
using McpI2V.Engine;
using McpI2V.Protocol;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace McpI2V.Http;

/// <summary>The web server around the protocol: where it listens, its bounds, its door, its addresses.</summary>
internal static class HttpHost
{
    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(50);

    /// <summary>Makes the server.</summary>
    public static WebApplication Build(DoorPolicy policy, HttpOptions options, ProgramRooms rooms)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ApplicationName = "mcp-i2v" });
        builder.Configuration.Sources.Clear();
        builder.Logging.ClearProviders().SetMinimumLevel(LogLevel.Warning).AddConsole(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
        builder.WebHost.ConfigureKestrel(kestrel => Bound(kestrel, policy, options));
        builder.Services
            .Configure<HostOptions>(host => host.ShutdownTimeout = Farewell)
            .AddSingleton(options)
            .AddSingleton(policy)
            .AddSingleton(rooms)
            .AddSingleton(rooms.Tokens)
            .AddSingleton(TimeProvider.System)
            // A caller from elsewhere names no folders of this machine, and spends only by its token.
            .AddSingleton(s => new ServerFace(rooms, isLocal: false, s.GetRequiredService<MediaLinks>().Of))
            .AddSingleton(rooms.Library)
            .AddSingleton<MediaLinks>()
            .AddSingleton<MediaEndpoint>()
            .AddSingleton<HttpSessions>()
            .AddHostedService<SessionSweeper>()
            .AddSingleton<McpEndpoint>()
            .AddRateLimiter(limiter => Limit(limiter, options));
        var app = builder.Build();
        app.UseMiddleware<Door>();
        app.UseRateLimiter();
        var mcp = app.Services.GetRequiredService<McpEndpoint>();
        app.MapPost("/mcp", mcp.PostAsync);
        app.MapGet("/mcp", mcp.GetAsync);
        app.MapDelete("/mcp", mcp.DeleteAsync);
        app.MapGet("/media/{handle}", app.Services.GetRequiredService<MediaEndpoint>().GetAsync);
        app.MapPost("/webhooks/{provider}", (RequestDelegate)(context => WebhookEndpoint.TakeAsync(context, rooms.Webhooks)));
        app.MapGet("/healthz", (RequestDelegate)(context => context.Response.WriteAsync("ok")));
        app.MapGet("/readyz", (RequestDelegate)(context => ReadyAsync(context, rooms)));
        return app;
    }

    private static void Bound(KestrelServerOptions kestrel, DoorPolicy policy, HttpOptions options)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxRequestBodySize = options.MostBytes;
        kestrel.Limits.MaxRequestHeadersTotalSize = 32 * 1024;
        kestrel.Limits.MaxRequestHeaderCount = 100;
        kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(15);
        // A body that drips is cut; so is a reader who does not read.
        kestrel.Limits.MinRequestBodyDataRate = new MinDataRate(bytesPerSecond: 240, gracePeriod: TimeSpan.FromSeconds(10));
        kestrel.Limits.MinResponseDataRate = new MinDataRate(bytesPerSecond: 240, gracePeriod: TimeSpan.FromSeconds(20));
        if (policy.Url.IdnHost == "localhost")
        {
            kestrel.ListenLocalhost(policy.Url.Port);
        }
        else if (IPAddress.TryParse(policy.Url.IdnHost.Trim('[', ']'), out var address))
        {
            kestrel.Listen(address, policy.Url.Port);
        }
        else
        {
            kestrel.ListenAnyIP(policy.Url.Port);
        }
    }

    private static void Limit(RateLimiterOptions limiter, HttpOptions options)
    {
        limiter.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
        limiter.OnRejected = async (rejected, _) =>
        {
            rejected.HttpContext.Response.Headers.RetryAfter = "5";
            await RpcErrors.WriteAsync(rejected.HttpContext, StatusCodes.Status429TooManyRequests, RpcErrors.Refused, "Too many requests of this caller. Come back in 5 seconds.");
        };
        limiter.GlobalLimiter = PartitionedRateLimiter.CreateChained(
            PartitionedRateLimiter.Create<HttpContext, string>(context => RateLimitPartition.GetConcurrencyLimiter(Of(context), _ => new ConcurrencyLimiterOptions { PermitLimit = options.MaxConcurrent })),
            PartitionedRateLimiter.Create<HttpContext, string>(context => RateLimitPartition.GetTokenBucketLimiter(Of(context), _ => new TokenBucketRateLimiterOptions
            {
                TokenLimit = options.RequestsPerMinute,
                TokensPerPeriod = Math.Max(1, options.RequestsPerMinute / 60),
                ReplenishmentPeriod = TimeSpan.FromSeconds(1),
            })));
    }

    // By token; those without one by where they come from.
    private static string Of(HttpContext context) => Caller.NameOf(context.User) is { Length: > 0 } name ? "token " + name : "address " + context.Connection.RemoteIpAddress;

    private static async Task ReadyAsync(HttpContext context, ProgramRooms rooms)
    {
        try
        {
            rooms.Tools.Library.Assets.Count();
            await context.Response.WriteAsync("ready");
        }
        catch (I2VException)
        {
            // Why is told to callers with a token, by any tool.
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            await context.Response.WriteAsync("not ready");
        }
    }
}
