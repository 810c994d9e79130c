using System.Net;
using System.Threading.RateLimiting;
using McpI2V.Access;
using McpI2V.Http.Requests;
using McpI2V.Http.Transport;
using McpI2V.Http.Transport.Streams;
using McpI2V.Mcp;
using McpI2V.Settings;
using McpI2V.Hosting.Telemetry;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace McpI2V.Hosting;

/// <summary>The web server around the protocol, whatever face it shows: where it listens, its bounds, who comes in, <c>/mcp</c>.</summary>
internal static class HttpHost
{
    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(50);

    /// <summary>Makes the server; more addresses can be mapped before it starts.</summary>
    /// <param name="policy">What follows from where it listens.</param>
    /// <param name="add">Adds what clients see, its bounds (<see cref="HttpOptions"/>), the tokens that open it, and the time.</param>
    public static WebApplication Build(ListenPolicy policy, Action<IServiceCollection> add)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ApplicationName = "mcp-i2v" });
        builder.Configuration.Sources.Clear();
        builder.Configuration.AddInMemoryCollection(TelemetryVariables.Configuration);
        builder.Logging.AddProgramLog();
        builder.WebHost.ConfigureKestrel(kestrel => Bound(kestrel, policy, kestrel.ApplicationServices.GetRequiredService<HttpOptions>()));
        add(builder.Services);
        builder.Services
            .Configure<HostOptions>(host => host.ShutdownTimeout = Farewell)
            .AddSingleton<IConnectionListenerFactory, BoundedListenerFactory>()
            .AddSingleton(policy)
            .AddSingleton<RequestBodies>()
            .AddTokens()
            .AddSingleton<EventStreams>()
            .AddSingleton<HttpSessions>()
            .AddHostedService<SessionSweeper>()
            .AddSingleton<McpEndpoint>()
            .AddRateLimiter(_ => { })
            .AddOptions<RateLimiterOptions>().Configure<HttpOptions>(Limit);
        var app = builder.Build();
        app.UseMiddleware<LastWord>();
        app.UseRouting();
        app.UseMiddleware<HostAndOriginFilter>();
        app.UseAuthentication();
        app.UseAuthorization();
        app.UseRateLimiter();
        var definition = app.Services.GetRequiredService<IMcpServerDefinition>();
        foreach (var server in new[] { definition.WithSessions, definition.Stateless })
        {
            server.Filters.Message.IncomingFilters.Insert(0, RequestBodies.Counted);
        }
        var mcp = app.Services.GetRequiredService<McpEndpoint>();
        app.MapPost("/mcp", mcp.PostAsync);
        app.MapGet("/mcp", mcp.GetAsync);
        app.MapDelete("/mcp", mcp.DeleteAsync);
        MapHealth(app).AllowAnonymous();
        return app;
    }

    /// <summary>Maps the address that answers for as long as the process does.</summary>
    public static IEndpointConventionBuilder MapHealth(WebApplication app) =>
        app.MapGet("/healthz", (RequestDelegate)(context => context.Response.WriteAsync("ok")));

    /// <summary>Sets where a server listens, and its bounds.</summary>
    public static void Bound(KestrelServerOptions kestrel, ListenPolicy policy, HttpOptions options)
    {
        kestrel.AddServerHeader = false;
        // Without handles Kestrel gives up listening for good.
        kestrel.Limits.MaxConcurrentConnections = OpenFiles.Connections;
        kestrel.Limits.MaxRequestBodySize = options.MostBytes;
        kestrel.Limits.MaxRequestHeadersTotalSize = 32 * 1024;
        kestrel.Limits.MaxRequestHeaderCount = 100;
        kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(15);
        // A body that drips is cut; so is a reader who does not read.
        kestrel.Limits.MinRequestBodyDataRate = new MinDataRate(bytesPerSecond: 240, gracePeriod: TimeSpan.FromSeconds(10));
        kestrel.Limits.MinResponseDataRate = new MinDataRate(bytesPerSecond: 4_096, gracePeriod: TimeSpan.FromSeconds(20));
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
            await RpcErrors.WriteAsync(
                rejected.HttpContext,
                StatusCodes.Status429TooManyRequests,
                RpcErrors.Refused,
                "Too many requests of this caller. Come back in 5 seconds.");
        };
        limiter.GlobalLimiter = PartitionedRateLimiter.CreateChained(
            PartitionedRateLimiter.Create<HttpContext, string>(context => RateLimitPartition.GetConcurrencyLimiter(
                CallerClaims.KeyOf(context),
                _ => new ConcurrencyLimiterOptions { PermitLimit = options.MaxConcurrent })),
            PartitionedRateLimiter.Create<HttpContext, string>(context => RateLimitPartition.GetTokenBucketLimiter(
                CallerClaims.KeyOf(context),
                _ => new TokenBucketRateLimiterOptions
            {
                TokenLimit = options.RequestsPerMinute,
                TokensPerPeriod = Math.Max(1, options.RequestsPerMinute / 60),
                ReplenishmentPeriod = TimeSpan.FromSeconds(1),
            })));
    }
}
