using McpI2V.Engine;
using McpI2V.Engine.Jobs.Lanes;
using McpI2V.Media;
using McpI2V.Settings;
using Microsoft.Extensions.DependencyInjection;

namespace McpI2V.Hosting;

/// <summary>The role of this node: what the command line says, else the settings.</summary>
internal static class NodeRoles
{
    /// <summary>Adds the role that the command line gives; null: it gives none.</summary>
    public static IServiceCollection AddRole(this IServiceCollection services, NodeRole? given) =>
        given is { } role ? services.AddSingleton(new GivenRole(role)) : services;

    /// <summary>What this process is among those of its library.</summary>
    /// <exception cref="I2VException">It can't be that on a library which is one machine's.</exception>
    public static NodeOptions Of(IServiceProvider services)
    {
        var settings = services.GetRequiredService<ProgramSettings>();
        var node = services.GetService<GivenRole>() is { } given ? settings.Node.As(given.Role) : settings.Node;
        return node.Role == NodeRole.All || settings.Postgres.IsUsed
            ? node
            : throw I2VException.Invalid(
                "--role",
                $"The role of this node is {SnakeCase.From(node.Role)} (--role, or I2V__Node__Role), and its library is a file that one " +
                    "machine works on: nobody else could do the rest. Set I2V__Storage__Postgres to a database that the nodes share, or " +
                    "leave the role out.");
    }

    private sealed record GivenRole(NodeRole Role);
}
