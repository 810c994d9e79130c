using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using McpI2V.Engine.Storage.LocalFiles;

namespace McpI2V.Commands;

/// <summary>Writes a client's config entry.</summary>
internal static class Install
{
    private const string EntryName = "mcp-i2v";
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    /// <summary>Writes, or prints, the entry.</summary>
    public static async Task<int> RunAsync(string client, bool printOnly, bool overwrite, CancellationToken cancellationToken)
    {
        if (Target(client) is not { } target)
        {
            Console.Error.WriteLine($"client is \"{client}\"; claude-desktop, claude-code, cursor or vscode is allowed.");
            return 1;
        }
        var entry = Entry(client);
        if (printOnly)
        {
            Console.WriteLine(new JsonObject { [target.Section] = new JsonObject { [EntryName] = entry } }.ToJsonString(Indented));
            return 0;
        }
        try
        {
            return await WriteAsync(client, target, entry, overwrite, cancellationToken);
        }
        catch (Exception e) when (e is JsonException or IOException or UnauthorizedAccessException)
        {
            var why = e is JsonException ? "is not the JSON that is needed" : "can't be read or written";
            Console.Error.WriteLine($"{target.Path} {why} ({e.Message.TrimEnd('.')}) and was left as it is. " +
                $"Correct that, or add the entry by hand: ./i2v install {client} --print");
            return 1;
        }
    }

    private static async Task<int> WriteAsync(
        string client,
        (string Path, string Section) target,
        JsonObject entry,
        bool overwrite,
        CancellationToken cancellationToken)
    {
        var config = File.Exists(target.Path)
            ? AsObject(
                JsonNode.Parse(
                    await File.ReadAllTextAsync(target.Path, cancellationToken),
                    documentOptions: new JsonDocumentOptions
                    {
                        CommentHandling = JsonCommentHandling.Skip,
                        AllowTrailingCommas = true,
                    }),
                "it holds no object")
            : [];
        config[target.Section] ??= new JsonObject();
        var servers = AsObject(config[target.Section], $"{target.Section} in it is no object");
        if (servers[EntryName] is { } old
            && old.ToJsonString() != entry.ToJsonString()
            && !overwrite
            && !Agrees($"{target.Path} has another entry for {EntryName}. Overwrite it? [y/N] "))
        {
            Console.WriteLine("Nothing was changed; --yes overwrites it without asking.");
            return 1;
        }
        servers[EntryName] = entry;
        // Such a file holds other servers' keys; it keeps the rights that its owner gave it.
        var mode = OperatingSystem.IsWindows() || !File.Exists(target.Path) ? (UnixFileMode?)null : File.GetUnixFileMode(target.Path);
        PrivateFiles.Write(target.Path, Encoding.UTF8.GetBytes(config.ToJsonString(Indented)));
        if (!OperatingSystem.IsWindows() && mode is { } kept)
        {
            File.SetUnixFileMode(target.Path, kept);
        }
        Console.WriteLine($"Wrote {EntryName} to {target.Path}. Restart {client} to see its tools.");
        return 0;
    }

    // What is there and is something else is the user's: it is not written over.
    private static JsonObject AsObject(JsonNode? node, string otherwise) => node switch
    {
        null => [],
        JsonObject there => there,
        _ => throw new JsonException(otherwise),
    };

    private static JsonObject Entry(string client)
    {
        var wrapper = Wrapper();
        JsonObject entry = new() { ["command"] = wrapper, ["args"] = new JsonArray("serve") };
        if (client == "vscode")
        {
            entry.Insert(0, "type", "stdio");
        }
        return entry;
    }

    // The wrapper builds after an update; without it (a published program) the program itself is named.
    private static string Wrapper()
    {
        var name = OperatingSystem.IsWindows() ? "i2v.cmd" : "i2v";
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, name)))
            {
                return Path.Combine(folder.FullName, name);
            }
        }
        return Environment.ProcessPath!;
    }

    private static (string Path, string Section)? Target(string client)
    {
        var user = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        var config = OperatingSystem.IsMacOS()
            ? Path.Combine(user, "Library", "Application Support")
            : Environment.GetFolderPath(Environment.SpecialFolder.ApplicationData, Environment.SpecialFolderOption.DoNotVerify);
        return client switch
        {
            "claude-desktop" => (Path.Combine(config, "Claude", "claude_desktop_config.json"), "mcpServers"),
            "claude-code" => (Path.Combine(user, ".claude.json"), "mcpServers"),
            "cursor" => (Path.Combine(user, ".cursor", "mcp.json"), "mcpServers"),
            "vscode" => (Path.Combine(config, "Code", "User", "mcp.json"), "servers"),
            _ => null,
        };
    }

    private static bool Agrees(string question)
    {
        Console.Write(question);
        return Console.ReadLine()?.Trim().StartsWith('y') == true;
    }
}
