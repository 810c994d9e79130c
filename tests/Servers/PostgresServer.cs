using System.Diagnostics;
using System.Globalization;

namespace McpI2V.Servers;

/// <summary>
/// A PostgreSQL server of a test run's own, by the programs of Debian's package, in a folder that goes with it. It runs as another user
/// where the tests are root, for it refuses to be that.
/// </summary>
public sealed class PostgresServer : IDisposable
{
    private static readonly Lazy<PostgresServer> One = new(() =>
    {
        var server = new PostgresServer();
        AppDomain.CurrentDomain.ProcessExit += (_, _) => server.Dispose();
        return server;
    });

    private static int libraries;
    private readonly string folder;
    private readonly bool isOwnFolder;
    private readonly int port = FreePort.Next();
    private readonly string settings;
    private Process? process;

    /// <summary>Makes and starts one.</summary>
    /// <param name="settings">Settings besides, as <c>-c name=value</c>.</param>
    /// <param name="folder">An empty folder for what it keeps; null: one of its own.</param>
    public PostgresServer(string settings = "", string? folder = null)
        : this(settings, folder, null)
    {
    }

    private PostgresServer(string settings, string? folder, PostgresServer? primary)
    {
        this.settings = settings;
        isOwnFolder = folder is null;
        this.folder = folder = folder ?? Directory.CreateTempSubdirectory("i2v-postgres-").FullName;
        if (Environment.UserName == "root")
        {
            Run("chown", "postgres", folder);
        }
        string[] make = primary is null
            ? [Program("initdb"), "-D", Data, "-A", "trust", "-U", "postgres", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync"]
            : [
                Program("pg_basebackup"), "-D", Data, "-h", "127.0.0.1", "-p", primary.port.ToString(CultureInfo.InvariantCulture),
                "-U", "postgres", "--checkpoint=fast", "--no-sync", "--write-recovery-conf",
            ];
        Run([.. AsUser, .. make]);
        Start();
    }

    /// <summary>A standby of this server, by streaming replication; from now on each commit waits until the standby has it.</summary>
    public PostgresServer StartStandby()
    {
        var standby = new PostgresServer(settings, null, this);
        Run([.. AsUser, Program("psql"), "-q", "-h", folder, "-p", port.ToString(CultureInfo.InvariantCulture), "-U", "postgres",
            "-c", "ALTER SYSTEM SET synchronous_standby_names = '*'", "-c", "SELECT pg_reload_conf()"]);
        return standby;
    }

    /// <summary>Makes a standby the one that takes writes.</summary>
    public void Promote() => Run([.. AsUser, Program("pg_ctl"), "-D", Data, "promote"]);

    /// <summary>The one that the tests of a process share; it ends with the process.</summary>
    public static PostgresServer Shared => One.Value;

    /// <summary>Where the programs are; null where they are not installed.</summary>
    public static string? Programs { get; } = Directory.Exists("/usr/lib/postgresql")
        ? Directory.GetDirectories("/usr/lib/postgresql")
            .Select(d => Path.Combine(d, "bin"))
            .Where(d => File.Exists(Path.Combine(d, "initdb")))
            .Max()
        : null;

    /// <summary>How a library of its own is reached: each is a schema.</summary>
    /// <param name="standby">Who takes over when this server is gone.</param>
    public string NewLibrary(PostgresServer? standby = null) => string.Create(
        CultureInfo.InvariantCulture,
        $"{(standby is null ? Connection : ConnectionWith(standby))};" +
            $"Search Path=library_{Environment.ProcessId}_{Interlocked.Increment(ref libraries)}");

    /// <summary>Its port on this machine.</summary>
    public int Port => port;

    /// <summary>How the server is reached.</summary>
    public string Connection => string.Create(
        CultureInfo.InvariantCulture,
        $"Host=127.0.0.1;Port={port};Database=postgres;Username=postgres");

    private string ConnectionWith(PostgresServer standby) => string.Create(
        CultureInfo.InvariantCulture,
        $"Host=127.0.0.1:{port},127.0.0.1:{standby.port};Target Session Attributes=primary;Database=postgres;Username=postgres");

    private static string[] AsUser => Environment.UserName == "root" ? ["runuser", "-u", "postgres", "--"] : [];

    private string Data => Path.Combine(folder, "data");

    /// <summary>Starts it, and waits until it takes connections.</summary>
    public void Start()
    {
        string[] command =
        [
            .. AsUser, Program("postgres"), "-D", Data, "-p", port.ToString(CultureInfo.InvariantCulture), "-k", folder, "-c", "fsync=off",
            "-c", "listen_addresses=127.0.0.1", "-c", "max_connections=400", "-c", "shared_buffers=64MB", "-c", "log_min_messages=fatal",
            .. settings.Split(' ', StringSplitOptions.RemoveEmptyEntries),
        ];
        process = Process.Start(new ProcessStartInfo(command[0], command[1..]) { RedirectStandardError = true, UseShellExecute = false })!;
        process.ErrorDataReceived += (_, _) => { };
        process.BeginErrorReadLine();
        // One that is still recovering refuses whoever asks.
        for (var left = 300; !IsReady(); left--)
        {
            if (left == 0 || process.WaitForExit(100))
            {
                throw new InvalidOperationException("PostgreSQL does not start");
            }
        }
    }

    /// <summary>Starts it if it has ended by itself, as one does that can't write its log.</summary>
    public void StartIfEnded()
    {
        if (process!.HasExited)
        {
            Start();
        }
    }

    /// <summary>Ends it as an administrator does who can't wait: every connection is told and closed.</summary>
    public void Stop() => Control("fast");

    /// <summary>Ends it as a power cut does.</summary>
    public void Crash() => Control("immediate");

    /// <inheritdoc/>
    public void Dispose()
    {
        if (process is { HasExited: false })
        {
            Control("immediate");
        }
        process?.Dispose();
        Directory.Delete(isOwnFolder ? folder : Data, recursive: true);
    }

    private void Control(string mode)
    {
        Run([.. AsUser, Program("pg_ctl"), "-D", Data, "-m", mode, "-W", "stop"]);
        process!.WaitForExit();
    }

    private static string Program(string name) => Path.Combine(
        Programs ?? throw new InvalidOperationException("PostgreSQL is not installed (Debian's package postgresql)"),
        name);

    private bool IsReady() =>
        End([.. AsUser, Program("pg_isready"), "-q", "-h", folder, "-p", port.ToString(CultureInfo.InvariantCulture)]).Code == 0;

    private static void Run(params string[] command)
    {
        var (code, error) = End(command);
        if (code != 0)
        {
            throw new InvalidOperationException($"{command[0]} ended with {code}: {error}");
        }
    }

    private static (int Code, string Error) End(string[] command)
    {
        using var child = Process.Start(new ProcessStartInfo(command[0], command[1..])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            WorkingDirectory = "/",
        })!;
        var error = child.StandardError.ReadToEndAsync();
        child.StandardOutput.ReadToEnd();
        child.WaitForExit();
        return (child.ExitCode, error.Result);
    }
}
