using System.CommandLine;
using McpI2V.Protocol;

namespace McpI2V.Commands;

/// <summary>The verbs of the program.</summary>
internal static class CommandLine
{
    public static Task<int> RunAsync(string[] args)
    {
        var root = new RootCommand("McpI2V: an MCP server that turns stills into ad clips.");
        var serve = new Command("serve", "Serve MCP on standard input and output.");
        serve.SetAction((_, _) => Serve.OverStdioAsync());
        root.Add(serve);

        var spend = new Option<bool>("--spend") { Description = "Print what was spent and is reserved: by day, provider, model and batch." };
        var csv = new Option<bool>("--csv") { Description = "With --spend: as CSV for a spreadsheet." };
        var doctor = new Command("doctor", "Say what works here: ffmpeg, fonts, disk, the library, each provider's key.") { spend, csv };
        doctor.SetAction((parsed, token) => parsed.GetValue(spend) ? Spend.RunAsync(parsed.GetValue(csv)) : Doctor.RunAsync(token));
        root.Add(doctor);

        var samples = new Option<string>("--samples") { Description = "The folder with demo.json.", DefaultValueFactory = _ => "samples" };
        var demo = new Command("demo", "Play a whole conversation against the real server, with no key.") { samples };
        demo.SetAction((parsed, token) => Demo.RunAsync(parsed.GetValue(samples)!, token));
        root.Add(demo);

        var client = new Argument<string>("client") { Description = "claude-desktop, claude-code, cursor or vscode." };
        var print = new Option<bool>("--print") { Description = "Only print the entry." };
        var yes = new Option<bool>("--yes") { Description = "Overwrite an entry without asking." };
        var install = new Command("install", "Write a client's config entry.") { client, print, yes };
        install.SetAction((parsed, token) => Install.RunAsync(parsed.GetValue(client)!, parsed.GetValue(print), parsed.GetValue(yes), token));
        root.Add(install);
        var describe = new Command("write-tools", "Write the tools' descriptions beside the program, for a quicker start; the build does it.") { Hidden = true };
        describe.SetAction(_ => WrittenDescriptions.Write());
        root.Add(describe);
        return root.Parse(args).InvokeAsync();
    }
}
