using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;

namespace McpI2V.Servers;

/// <summary>
/// An S3 server of a test run's own: the npm package <c>s3rver</c>, which the tests install, with one bucket in a folder that goes with it.
/// </summary>
public sealed class S3Server : IDisposable
{
    /// <summary>The bucket.</summary>
    public const string Bucket = "library";

    /// <summary>The name of its key, and the key.</summary>
    public const string Key = "S3RVER";

    private static readonly Lazy<S3Server> One = new(() =>
    {
        var server = new S3Server();
        AppDomain.CurrentDomain.ProcessExit += (_, _) => server.Dispose();
        return server;
    });

    // How the package names what it stores.
    private const string Stored = "._S3rver_object";

    private static int libraries;
    private readonly string folder = Directory.CreateTempSubdirectory("i2v-s3-").FullName;
    private Process process;

    /// <summary>Makes and starts one.</summary>
    public S3Server()
    {
        Port = FreePort.Next();
        process = Start();
    }

    /// <summary>The one that the tests of a process share; it ends with the process.</summary>
    public static S3Server Shared => One.Value;

    /// <summary>Its port on this machine.</summary>
    public int Port { get; }

    /// <summary>Where a library's objects are, as settings of section <c>Storage:S3</c>: each has a prefix of its own.</summary>
    /// <param name="port">The port of a line to it; null: its own.</param>
    public IReadOnlyDictionary<string, string> NewLibrary(int? port = null) => new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["Endpoint"] = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port ?? Port}"),
        ["Bucket"] = Bucket,
        ["AccessKey"] = Key,
        ["SecretKey"] = Key,
        ["Prefix"] = string.Create(CultureInfo.InvariantCulture, $"library-{Environment.ProcessId}-{Interlocked.Increment(ref libraries)}"),
    };

    /// <summary>The files behind the objects of a folder and of those in it, by names that end as the objects' do.</summary>
    public IReadOnlyList<string> FilesUnder(string prefix)
    {
        var bucket = Path.Combine(folder, Bucket);
        var stored = Path.Combine(bucket, prefix);
        return Directory.Exists(stored)
            ? [.. Directory.EnumerateFiles(stored, "*" + Stored, SearchOption.AllDirectories)
                .Select(f => Link(Path.GetRelativePath(bucket, f)[..^Stored.Length]))]
            : [];
    }

    /// <summary>The file behind an object, by a name that ends as the object's does, with those of its folder.</summary>
    public string FileOf(string name)
    {
        FilesUnder(Path.GetDirectoryName(name)!);
        return Link(name);
    }

    /// <summary>Ends it as a power cut does.</summary>
    public void Crash()
    {
        process.Kill();
        process.WaitForExit();
    }

    /// <summary>Starts it again, with what it had.</summary>
    public void Restart() => process = Start();

    /// <inheritdoc/>
    public void Dispose()
    {
        if (!process.HasExited)
        {
            Crash();
        }
        process.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    private string Link(string name)
    {
        var link = Path.Combine(folder, "links", name);
        Directory.CreateDirectory(Path.GetDirectoryName(link)!);
        var file = Path.Combine(folder, Bucket, name + Stored);
        if (new FileInfo(link).LinkTarget is null)
        {
            File.CreateSymbolicLink(link, file);
        }
        return link;
    }

    private Process Start()
    {
        var program = Path.Combine(NodeFolder(), "node_modules", "s3rver", "bin", "s3rver.js");
        var started = Process.Start(new ProcessStartInfo(
            "node",
            [
                program, "--directory", folder, "--address", "127.0.0.1", "--port", Port.ToString(CultureInfo.InvariantCulture), "--silent",
                "--configure-bucket", Bucket,
            ])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        })!;
        // A line says that it listens.
        using var said = new BlockingCollection<string>();
        started.OutputDataReceived += First;
        started.ErrorDataReceived += First;
        started.BeginOutputReadLine();
        started.BeginErrorReadLine();
        var line = said.Take();
        started.OutputDataReceived -= First;
        started.ErrorDataReceived -= First;
        if (!line.Contains("listening", StringComparison.Ordinal))
        {
            started.Kill();
            throw new InvalidOperationException("s3rver does not start: " + line);
        }
        return started;

        void First(object sender, DataReceivedEventArgs e)
        {
            if (e.Data != "")
            {
                said.TryAdd(e.Data ?? "it ended");
            }
        }
    }

    // Where the tests' programs for Node are installed.
    private static string NodeFolder()
    {
        for (var at = AppContext.BaseDirectory; at is not null; at = Path.GetDirectoryName(at))
        {
            var folder = Path.Combine(at, "tests", "node");
            if (Directory.Exists(folder))
            {
                return folder;
            }
        }
        throw new InvalidOperationException("tests/node is not above the tests");
    }
}
