using McpI2V.Engine.Jobs.Lanes;
using McpI2V.Hosting.Telemetry;
using McpI2V.Mcp;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace McpI2V.Hosting.Stdio;

/// <summary>The generic host of the server on standard input and output.</summary>
internal static class StdioHost
{
    /// <summary>Makes it. Its defaults (files of settings, environment, console) are off: the program has its own.</summary>
    /// <param name="role">The role that the command line gives; null: none.</param>
    public static IHost Build(NodeRole? role)
    {
        var builder = new HostApplicationBuilder(new HostApplicationBuilderSettings
        {
            DisableDefaults = true,
            ApplicationName = "mcp-i2v",
        });
        builder.Configuration.AddInMemoryCollection(TelemetryVariables.Configuration);
        builder.Services
            .AddProgram()
            .AddSingleton<ILoggerFactory, LateLog>()
            .AddSingleton<IHostLifetime>(SignalLifetime.OfClients)
            .AddRole(role)
            .AddProtocol()
            .AddHostedService<JobRunnerStart>()
            .AddHostedService<ParentWatch>()
            .AddHostedService<IdleMemoryTrimmer>();
        return builder.Build();
    }

    // The package hosts the server; of what it would put there, the lines and what the server is are ours.
    private static IServiceCollection AddProtocol(this IServiceCollection services) => services
        .AddMcpServer()
        .WithStdioServerTransport()
        .Services
        .AddSingleton(s => StdioLines.Open(s.GetRequiredService<IHostApplicationLifetime>(), s.GetRequiredService<TimeProvider>()))
        .AddSingleton(s => Options.Create(s.GetRequiredService<IMcpServerDefinition>().WithSessions));
}
