using System.Diagnostics;
using System.Text.Json;
using ModelContextProtocol;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;

namespace McpI2V.EndToEnd;

/// <summary>An assistant with a server process of its own over stdio, as Claude Desktop starts one.</summary>
public sealed class Assistant : IAsyncDisposable
{
    /// <summary>How many tools the server lists.</summary>
    public const int ToolCount = 13;

    private static readonly string Program = FindProgram();
    private readonly Process server;
    private readonly McpClient client;
    private readonly StandardError errors;

    private Assistant(Process server, McpClient client, StandardError errors) =>
        (this.server, this.client, this.errors) = (server, client, errors);

    public McpClient Client => client;

    public int ProcessId => server.Id;

    public static string ProgramPath => Program;

    public static string Root => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(Program)!, "..", ".."));

    public static Task<Assistant> StartAsync(TestLibrary library, params (string Name, string Value)[] settings) =>
        StartAsync(library, new McpClientOptions { ClientInfo = new Implementation { Name = "end-to-end", Version = "1" } }, settings);

    public static Task<Assistant> StartAsync(
        TestLibrary library,
        McpClientOptions options,
        params (string Name, string Value)[] settings) => StartAsync(library, options, [], settings);

    /// <summary>The same, by a command that starts what comes after it, such as one that does so on another host.</summary>
    public static async Task<Assistant> StartAsync(
        TestLibrary library,
        McpClientOptions options,
        IReadOnlyList<string> by,
        params (string Name, string Value)[] settings)
    {
        string[] command = [.. by, Program, "serve"];
        var start = new ProcessStartInfo(command[0], command[1..])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["I2V_HOME"] = library.Home;
        start.Environment["I2V__Inputs__Roots"] = library.Inputs;
        foreach (var (name, value) in settings)
        {
            start.Environment[name] = value;
        }
        var server = Process.Start(start)!;
        var errors = new StandardError(server.StandardError);
        var transport = new StreamClientTransport(server.StandardInput.BaseStream, server.StandardOutput.BaseStream, null);
        var client = await McpClient.CreateAsync(transport, Patient(options));
        return new Assistant(server, client, errors);
    }

    /// <summary>
    /// A client that waits for a server that starts slowly, instead of taking it for one of an older protocol after five seconds.
    /// </summary>
    internal static McpClientOptions Patient(McpClientOptions options)
    {
        options.DiscoverProbeTimeout = Timeout.InfiniteTimeSpan;
        options.InitializationTimeout = TimeSpan.FromMinutes(2);
        return options;
    }

    public async Task<ToolAnswer> CallAsync(
        string tool,
        object arguments,
        IProgress<ProgressNotificationValue>? progress = null,
        CancellationToken cancellationToken = default)
    {
        var element = JsonSerializer.SerializeToElement(arguments);
        var values = element.EnumerateObject().ToDictionary(p => p.Name, p => (object?)p.Value);
        try
        {
            return ToolAnswer.FromResult(await client.CallToolAsync(tool, values, progress, cancellationToken: cancellationToken));
        }
        catch (IOException e) when (server.HasExited)
        {
            throw new IOException($"The server ended with {server.ExitCode}: {await errors.WholeAsync()}", e);
        }
    }

    /// <summary>Kills the server as `kill -9` does.</summary>
    public async Task KillAsync()
    {
        server.Kill();
        await server.WaitForExitAsync();
    }

    /// <summary>Sends the server a signal, by its name.</summary>
    public Task SignalAsync(string name) => Shell.RunAsync("kill", $"-{name} {server.Id}");

    /// <summary>Closes the server's input, as a client that quits does; returns its exit code.</summary>
    public async Task<int> CloseInputAsync()
    {
        server.StandardInput.Close();
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        await server.WaitForExitAsync(patience.Token);
        return server.ExitCode;
    }

    /// <summary>Ends the server as clients do: closes its input, says SIGTERM after a while, kills it after another.</summary>
    public async Task QuitAsync(TimeSpan patience)
    {
        server.StandardInput.Close();
        if (!await server.IsOverAsync(patience))
        {
            await Shell.RunAsync("kill", $"-TERM {server.Id}");
        }
        if (!await server.IsOverAsync(patience))
        {
            server.Kill();
        }
        await server.WaitForExitAsync();
    }

    /// <summary>Waits for the server's end.</summary>
    public async Task ExitAsync()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        await server.WaitForExitAsync(patience.Token);
    }

    public Task<string> StandardErrorAsync() => errors.WholeAsync();

    /// <summary>True if the server has written this to its log.</summary>
    public bool HasLogged(string words) => errors.Holds(words);

    public async ValueTask DisposeAsync()
    {
        if (!server.HasExited)
        {
            server.StandardInput.Close();
            if (!await server.IsOverAsync(TimeSpan.FromSeconds(15)))
            {
                server.Kill(entireProcessTree: true);
            }
        }
        await client.DisposeAsync();
        server.Dispose();
        Assert.DoesNotContain(SimulatedProviders.Key, await errors.WholeAsync(), StringComparison.Ordinal);
    }

    /// <summary>ffmpeg processes that work inside this library.</summary>
    public static IReadOnlyList<Process> FfmpegIn(TestLibrary library) => [.. Process.GetProcessesByName("ffmpeg").Where(p => WorksIn(
        p,
        library.Home))];

    private static bool WorksIn(Process process, string home)
    {
        try
        {
            return new FileInfo($"/proc/{process.Id}/cwd").LinkTarget?.StartsWith(home, StringComparison.Ordinal) == true;
        }
        catch (IOException)
        {
            return false;
        }
    }

    private static string FindProgram()
    {
        if (Environment.GetEnvironmentVariable("I2V_PROGRAM") is { Length: > 0 } set)
        {
            return set;
        }
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var program = Path.Combine(folder.FullName, ".build", "program", "mcp-i2v");
            if (File.Exists(program))
            {
                return program;
            }
        }
        throw new FileNotFoundException("Run ./i2v test: it builds the program that these tests start.");
    }
}
