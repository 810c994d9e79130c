using McpI2V.Access;
using McpI2V.Engine.Jobs.Lanes;
using McpI2V.Hosting.Telemetry;
using McpI2V.Settings;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace McpI2V.Hosting;

/// <summary>The host of a node that does jobs and to which nobody speaks.</summary>
internal static class RenderHost
{
    /// <summary>Makes it; whoever starts it begins to run jobs.</summary>
    /// <param name="health">Where it tells of its health; null: nowhere.</param>
    public static IHost Build(ListenPolicy? health)
    {
        if (health is null)
        {
            var plain = new HostApplicationBuilder(new HostApplicationBuilderSettings
            {
                DisableDefaults = true,
                ApplicationName = "mcp-i2v",
            });
            Add(plain);
            return plain.Build();
        }
        var web = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ApplicationName = "mcp-i2v" });
        web.Configuration.Sources.Clear();
        Add(web);
        web.WebHost.ConfigureKestrel(
            kestrel => HttpHost.Bound(kestrel, health, kestrel.ApplicationServices.GetRequiredService<HttpOptions>()));
        var app = web.Build();
        HttpHost.MapHealth(app);
        app.MapGet("/readyz", (RequestDelegate)Readiness.AnswerAsync);
        return app;
    }

    private static void Add(IHostApplicationBuilder builder)
    {
        builder.Configuration.AddInMemoryCollection(TelemetryVariables.Configuration);
        builder.Logging.AddProgramLog();
        builder.Services.AddProgram().AddRole(NodeRole.Render).AddSingleton<IHostLifetime>(SignalLifetime.OfSystems);
    }
}
