using System.Net.Sockets;
using McpI2V.Access;
using McpI2V.Engine;
using McpI2V.Engine.Jobs.Lanes;
using McpI2V.Engine.Jobs.Running;
using McpI2V.Hosting;
using McpI2V.Settings;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace McpI2V.Commands;

/// <summary>The server over HTTP.</summary>
internal static class ServeHttp
{
    /// <summary>Serves until it is told to stop.</summary>
    /// <param name="url">Where; null: the usual address on loopback.</param>
    /// <param name="noToken">True to let everybody on this machine in.</param>
    /// <param name="role">The role that the command line gives; null: none.</param>
    /// <param name="cancellationToken">Ends it: running calls answer first.</param>
    public static async Task<int> RunAsync(string? url, bool noToken, NodeRole? role, CancellationToken cancellationToken)
    {
        if (OpenFiles.WhyTooFew is { } tooFew)
        {
            Console.Error.WriteLine(tooFew);
            return 1;
        }
        try
        {
            var policy = Policy(url, noToken);
            await using var app = ProgramHost.Build(policy, services => services.AddRole(role));
            if (app.Services.GetRequiredService<NodeOptions>().Role == NodeRole.Render)
            {
                return await ServeNobody.RunAsync(policy, cancellationToken);
            }
            if (policy.NeedsToken)
            {
                RequireToken(policy, app.Services.GetRequiredService<HttpOptions>(), app.Services.GetRequiredService<TokenStore>());
            }
            await app.StartAsync(cancellationToken);
            JobRunnerStart.Begin(app.Services.GetRequiredService<Lazy<JobRunner>>());
            Console.Error.WriteLine($"Serving MCP " +
                $"on {policy.Url.AbsoluteUri.TrimEnd('/')}/mcp{(policy.NeedsToken ? "" : ", without a token, for everybody on this " +
                    "machine")}");
            await app.WaitForShutdownAsync(cancellationToken);
            return 0;
        }
        catch (I2VException e)
        {
            Console.Error.WriteLine(e.Message);
            return 1;
        }
        catch (Exception e) when (e is IOException or SocketException)
        {
            Console.Error.WriteLine($"The address can't be listened on: {e.Message.TrimEnd('.')}. Give another with --http, or stop what " +
                "holds this one.");
            return 1;
        }
    }

    private static ListenPolicy Policy(string? text, bool noToken)
    {
        if (!Uri.TryCreate(text ?? HttpOptions.UsualUrl, UriKind.Absolute, out var url) || url.Scheme != "http" || url.AbsolutePath != "/")
        {
            throw I2VException.Invalid("--http",
                $"--http is \"{text}\"; an address such as {HttpOptions.UsualUrl} is needed. For https put a reverse proxy before it.");
        }
        return noToken && !url.IsLoopback
            ? throw I2VException.Invalid("--no-token",
                "--no-token is only for this machine (127.0.0.1 or localhost): whoever reaches another address could spend your money. " +
                    "Leave it out.")
            : new ListenPolicy(url, !noToken);
    }

    // On loopback a first token is made and shown once; anywhere else somebody must have made one on purpose.
    private static void RequireToken(ListenPolicy policy, HttpOptions options, TokenStore tokens)
    {
        if (options.Tokens.Count > 0 || tokens.All().Count > 0)
        {
            return;
        }
        if (!policy.IsLoopback)
        {
            throw I2VException.Invalid("--http",
                "A token is needed before the server listens beyond this machine: ./i2v token create NAME, or I2V__Http__Tokens.");
        }
        var token = tokens.Create("first", TokenScopes.All, replacesRevoked: true);
        Console.Error.WriteLine($"A token was made; it is shown this once:\n\n  Authorization: Bearer {token}\n\n./i2v token create, " +
            "list and revoke manage tokens.");
    }
}
