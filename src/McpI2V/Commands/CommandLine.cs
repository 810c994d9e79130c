using System.CommandLine;
using McpI2V.Access;
using McpI2V.Engine.Jobs.Lanes;
using McpI2V.Mcp.Calls;
using McpI2V.Media;
using McpI2V.Settings;

namespace McpI2V.Commands;

/// <summary>The verbs of the program.</summary>
internal static class CommandLine
{
    public static Task<int> RunAsync(string[] args)
    {
        var root = new RootCommand("McpI2V: an MCP server that turns stills into ad clips.");
        var http = new Option<string?>("--http")
        {
            Description = $"Serve Streamable HTTP at /mcp of this address; {HttpOptions.UsualUrl} unless given.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var noToken = new Option<bool>("--no-token") { Description = "On this machine only: let everybody in." };
        var role = new Option<string?>("--role")
        {
            Description = "On a database that nodes share: all, front (renders nothing) or render (does jobs, speaks to nobody).",
        };
        role.AcceptOnlyFromAmong([.. Enum.GetValues<NodeRole>().Select(SnakeCase.From)]);
        var serve = new Command("serve", "Serve MCP on standard input and output, or over HTTP.") { http, noToken, role };
        serve.SetAction((parsed, token) =>
        {
            var given = parsed.GetValue(role) is { } word ? SnakeCase.Parse<NodeRole>(word) : null;
            return parsed.GetResult(http) is not null
                ? ServeHttp.RunAsync(parsed.GetValue(http), parsed.GetValue(noToken), given, token)
                : given == NodeRole.Render ? ServeNobody.RunAsync(health: null, token)
                : Serve.OverStdioAsync(given);
        });
        root.Add(serve);
        root.Add(TokenCommand());

        var spend = new Option<bool>("--spend")
        {
            Description = "Print what was spent and is reserved: by day, provider, model and batch.",
        };
        var csv = new Option<bool>("--csv") { Description = "With --spend: as CSV for a spreadsheet." };
        var deep = new Option<bool>("--deep") { Description = "Also read every file of the library, and find those that no row names." };
        var doctor = new Command("doctor", "Say what works here: ffmpeg, fonts, disk, the library, each provider's key.")
        {
            spend, csv, deep,
        };
        doctor.SetAction((parsed, token) => parsed.GetValue(spend)
            ? Spend.RunAsync(parsed.GetValue(csv))
            : Doctor.RunAsync(parsed.GetValue(deep), token));
        root.Add(doctor);

        var migrate = new Command("migrate", "Move the library in I2V_HOME to the database and the bucket that I2V__Storage names.");
        migrate.SetAction((_, token) => Migrate.RunAsync(token));
        root.Add(migrate);

        var samples = new Option<string>("--samples") { Description = "The folder with demo.json.", DefaultValueFactory = _ => "samples" };
        var demo = new Command("demo", "Play a whole conversation against the real server, with no key.") { samples };
        demo.SetAction((parsed, token) => Demo.RunAsync(parsed.GetValue(samples)!, token));
        root.Add(demo);

        var client = new Argument<string>("client") { Description = "claude-desktop, claude-code, cursor or vscode." };
        var print = new Option<bool>("--print") { Description = "Only print the entry." };
        var yes = new Option<bool>("--yes") { Description = "Overwrite an entry without asking." };
        var install = new Command("install", "Write a client's config entry.") { client, print, yes };
        install.SetAction((parsed, token) => Install.RunAsync(
            parsed.GetValue(client)!,
            parsed.GetValue(print),
            parsed.GetValue(yes),
            token));
        root.Add(install);
        var describe = new Command("write-tools",
            "Write the tools' descriptions beside the program, for a quicker start; the build does it.") { Hidden = true };
        describe.SetAction(_ => ToolManifest.Write());
        root.Add(describe);
        var send = new Command("send", "Send requests for a server that may end before their answers are here; the server starts it.")
        {
            Hidden = true,
        };
        send.SetAction(_ => SendCommand.RunAsync());
        root.Add(send);
        var invocation = new InvocationConfiguration();
        if (args is ["serve" or "send", ..])
        {
            // A server ends when its running calls have answered; its host sees to that.
            invocation.ProcessTerminationTimeout = null;
        }
        return root.Parse(args).InvokeAsync(invocation);
    }

    private static Command TokenCommand()
    {
        var name = new Argument<string>("name") { Description = "What to call it." };
        var scopes = new Option<string[]>("--scope")
        {
            Description = $"{string.Join(", ", TokenScopes.All)}; use and spend unless given.",
            AllowMultipleArgumentsPerToken = true,
        };
        var replace = new Option<bool>("--replace")
        {
            Description = "The name is a revoked token's: the new one owns what that one asked for.",
        };
        var create = new Command("create", "Make a token; it is shown once.") { name, scopes, replace };
        create.SetAction(parsed => Tokens.Create(parsed.GetValue(name)!, parsed.GetValue(scopes) ?? [], parsed.GetValue(replace)));
        var list = new Command("list", "List tokens by name.");
        list.SetAction(_ => Tokens.List());
        var revoked = new Argument<string>("name") { Description = "Its name." };
        var revoke = new Command("revoke", "Make a token useless at once.") { revoked };
        revoke.SetAction(parsed => Tokens.Revoke(parsed.GetValue(revoked)!));
        return new Command("token", "Tokens for clients that connect over HTTP.") { create, list, revoke };
    }
}
