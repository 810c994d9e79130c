using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using McpI2V.Settings;
using ModelContextProtocol;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;

namespace McpI2V.Commands;

/// <summary>Plays the demo's conversation as a client would: a real MCP client against a real server process.</summary>
internal static class Demo
{
    /// <summary>Plays it, prints a table and writes the gallery.</summary>
    public static async Task<int> RunAsync(string samples, CancellationToken cancellationToken)
    {
        samples = Path.GetFullPath(samples);
        var play = Path.Combine(samples, "demo.json");
        if (!File.Exists(play))
        {
            Console.Error.WriteLine($"There is no {play}. Run ./i2v demo in the program's folder, or name the folder that holds " +
                "demo.json by --samples.");
            return 1;
        }
        var script = JsonSerializer.Deserialize(
            await File.ReadAllTextAsync(play, cancellationToken),
            DemoJson.Default.DemoScript)!;
        var home = SettingsReader.Home();
        Console.WriteLine($"{script.Title}\nLibrary: {home}\n");
        await using var client = await ConnectAsync(samples, cancellationToken);
        Dictionary<string, string> kept = new() { ["samples"] = samples.Replace('\\', '/') };
        List<DemoResult> results = [];
        foreach (var turn in script.Turns)
        {
            Console.WriteLine($"You:       {turn.Say}");
            Console.WriteLine($"Assistant: {turn.Call}");
            var answer = await CallAsync(client, turn, kept, cancellationToken);
            if (answer["error"] is { } error)
            {
                Console.Error.WriteLine($"\n{error["code"]}: {error["message"]}");
                return 1;
            }
            var assets = await MadeAsync(client, answer, cancellationToken);
            results.Add(new DemoResult(turn, assets, answer["batch"]?["contact_sheet"]?.GetValue<string>()));
            kept[turn.Keep] = answer["batch"]?["id"]?.GetValue<string>() ?? assets[0]["handle"]!.GetValue<string>();
            Console.WriteLine();
        }
        PrintTable(results);
        var gallery = Path.Combine(home, "gallery.html");
        await Gallery.WriteAsync(gallery, script.Title, results, cancellationToken);
        Console.WriteLine($"\nContact sheet: {results.Select(r => r.ContactSheet).LastOrDefault(s => s is not null)}");
        Console.WriteLine($"Gallery:       {gallery}");
        Console.WriteLine("Open the gallery in a browser: every clip plays in it.");
        return 0;
    }

    private static Task<McpClient> ConnectAsync(string samples, CancellationToken cancellationToken)
    {
        var program = Environment.ProcessPath!;
        var isHost = Path.GetFileNameWithoutExtension(program) == "dotnet";
        var transport = new StdioClientTransport(new StdioClientTransportOptions
        {
            Name = "demo",
            Command = program,
            Arguments = isHost ? [Path.Combine(AppContext.BaseDirectory, "mcp-i2v.dll"), "serve"] : ["serve"],
            EnvironmentVariables = new Dictionary<string, string?> { ["I2V__Inputs__Roots"] = samples },
            ShutdownTimeout = TimeSpan.FromSeconds(10),
        });
        return McpClient.CreateAsync(
            transport,
            new McpClientOptions { ClientInfo = new Implementation { Name = "i2v-demo", Version = "1" } },
            cancellationToken: cancellationToken);
    }

    // A job that outlives the call's wait is followed with check_job, as an assistant would.
    private static async Task<JsonNode> CallAsync(
        McpClient client,
        DemoTurn turn,
        Dictionary<string, string> kept,
        CancellationToken cancellationToken)
    {
        var bar = new ConsoleBar();
        var arguments = Filled(turn.Arguments, kept);
        var answer = await OnceAsync(client, turn.Call, arguments, bar, cancellationToken);
        while (Unfinished(answer) is { } id)
        {
            answer = await OnceAsync(client, "check_job", new() { ["id"] = id, ["wait_seconds"] = 45 }, bar, cancellationToken);
        }
        bar.End();
        return answer;
    }

    private static async Task<JsonNode> OnceAsync(
        McpClient client,
        string tool,
        Dictionary<string, object?> arguments,
        ConsoleBar bar,
        CancellationToken cancellationToken)
    {
        var result = await client.CallToolAsync(
            tool,
            arguments,
            new Progress<ProgressNotificationValue>(bar.Show),
            cancellationToken: cancellationToken);
        if (result.StructuredContent is { } structured)
        {
            return JsonNode.Parse(structured.GetRawText())!;
        }
        var words = string.Join(' ', result.Content.OfType<TextContentBlock>().Select(t => t.Text));
        return new JsonObject { ["error"] = new JsonObject { ["code"] = "protocol", ["message"] = words } };
    }

    // Of a batch an answer tells only the newest; its resource tells all, and find_assets what each is.
    private static async Task<List<JsonObject>> MadeAsync(McpClient client, JsonNode answer, CancellationToken cancellationToken)
    {
        if (answer["batch"]?["id"]?.GetValue<string>() is not { } id)
        {
            return [.. answer["assets"]!.AsArray().Select(a => a!.AsObject())];
        }
        var read = await client.ReadResourceAsync($"i2v://batches/{id}", cancellationToken: cancellationToken);
        var variants = JsonNode.Parse(read.Contents.OfType<TextResourceContents>().Single().Text)!["variants"]!.AsArray();
        var found = await OnceAsync(client, "find_assets", new() { ["batch"] = id, ["limit"] = 100 }, new ConsoleBar(), cancellationToken);
        var assets = found["assets"]!.AsArray().Select(a => a!.AsObject()).ToDictionary(a => a["handle"]!.GetValue<string>());
        return
        [
            .. variants
                .Select(v => v!["asset"]?.GetValue<string>() is { } handle ? assets.GetValueOrDefault(handle) : null)
                .OfType<JsonObject>(),
        ];
    }

    private static string? Unfinished(JsonNode answer)
    {
        if (answer["batch"] is { } batch)
        {
            var counts = batch["counts"]!;
            return counts["queued"]!.GetValue<int>() + counts["running"]!.GetValue<int>() > 0 ? batch["id"]!.GetValue<string>() : null;
        }
        return answer["job"]?["state"]?.GetValue<string>() is "queued" or "submitting" or "running" or "fetching"
            ? answer["job"]!["id"]!.GetValue<string>()
            : null;
    }

    private static Dictionary<string, object?> Filled(JsonObject arguments, Dictionary<string, string> kept)
    {
        var text = kept.Aggregate(
            arguments.ToJsonString(),
            (json, value) => json.Replace("{" + value.Key + "}", JsonEncodedText.Encode(value.Value).ToString(), StringComparison.Ordinal));
        using var document = JsonDocument.Parse(text);
        return document.RootElement.EnumerateObject().ToDictionary(p => p.Name, p => (object?)p.Value.Clone());
    }

    private static void PrintTable(List<DemoResult> results)
    {
        Console.WriteLine($"{"handle",-9} {"what",-44} {"size",-10} {"length",7}  {"bytes",10}  file");
        foreach (var asset in results.SelectMany(r => r.Assets))
        {
            var length = asset["duration_seconds"] is { } seconds
                ? seconds.GetValue<double>().ToString("0.0", CultureInfo.InvariantCulture) + " s"
                : "";
            var title = asset["title"]!.GetValue<string>();
            Console.WriteLine(
                $"{asset["handle"],-9} {(title.Length <= 44 ? title : title[..43] + "…"),-44} " +
                    $"{asset["width"] + "x" + asset["height"],-10} " +
                    $"{length,7}  {asset["bytes"],10}  {asset["path"]}");
        }
    }
}
