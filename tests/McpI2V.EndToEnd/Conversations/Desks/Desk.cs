namespace McpI2V.EndToEnd.Conversations.Desks;

/// <summary>Where conversations are held: a library, perhaps vendors, things at hand, and a line to a server.</summary>
public sealed class Desk : IAsyncDisposable
{
    private readonly Way way;
    private readonly (string Name, string Value)[] settings;
    private readonly Dictionary<string, Task<string>> made = new(StringComparer.Ordinal);
    private ILine line;

    private Desk(Way way, TestLibrary library, SimulatedProviders? vendors, (string Name, string Value)[] settings, ILine line) =>
        (this.way, Library, Vendors, this.settings, this.line) = (way, library, vendors, settings, line);

    public TestLibrary Library { get; }

    /// <summary>The vendors; null: no key is set.</summary>
    public SimulatedProviders? Vendors { get; }

    /// <summary>Opens a desk.</summary>
    /// <param name="way">How the assistant is connected.</param>
    /// <param name="isPaid">True: a key of every vendor is set.</param>
    /// <param name="more">What is set besides, given the vendors.</param>
    public static async Task<Desk> OpenAsync(
        Way way,
        bool isPaid,
        Func<SimulatedProviders?, (string Name, string Value)[]>? more = null)
    {
        // Clips as long and pictures as large as they are ordered, else every answer begins with what is not as ordered; of few frames.
        var vendors = isPaid
            ? await SimulatedProviders.StartAsync(jobSeconds: 0.1, shortSide: 0, longestSeconds: 0, framesPerSecond: 6)
            : null;
        var library = new TestLibrary("i2v-ask-");
        (string, string)[] settings = [.. vendors?.Settings() ?? [], .. more?.Invoke(vendors) ?? []];
        return new Desk(way, library, vendors, settings, await ConnectAsync(way, library, settings));
    }

    public Task<ToolAnswer> CallAsync(string tool, object arguments) => line.CallAsync(tool, arguments);

    /// <summary>Ends the server in the middle of things and comes back with another.</summary>
    public async Task KillAndComeBackAsync()
    {
        var (killed, token) = (line, line.Token);
        await killed.KillAsync();
        line = await ConnectAsync(way, Library, settings, token);
        await killed.DisposeAsync();
    }

    /// <summary>A wide photo of a cup on a cool table.</summary>
    public Task<string> CoffeeAsync() => OnceAsync("coffee.jpg", path => DrawAsync(
        path,
        "900x600",
        "drawbox=x=360:y=240:w=180:h=200:color=0x503828:t=fill,drawbox=x=380:y=250:w=140:h=30:color=0x241408:t=fill"));

    /// <summary>An upright photo of a bottle before blue.</summary>
    public Task<string> BottleAsync() => OnceAsync("bottle.jpg", path => DrawAsync(
        path,
        "540x960",
        "drawbox=x=200:y=300:w=140:h=420:color=0x9a5a20:t=fill,drawbox=x=240:y=240:w=60:h=60:color=0x202020:t=fill",
        "0x3060c0"));

    /// <summary>An upright photo of somebody.</summary>
    public Task<string> PersonAsync() => OnceAsync("anna.jpg", path => DrawAsync(
        path,
        "540x960",
        "drawbox=x=190:y=240:w=160:h=200:color=0xd8a888:t=fill,drawbox=x=150:y=440:w=240:h=520:color=0x406048:t=fill"));

    public Task<string> LogoAsync() => OnceAsync("logo.png", path => TestMedia.MakeAsync(
        path,
        "-f lavfi -i color=c=red:s=300x150 -frames:v 1 -update 1"));

    public Task<string> MusicAsync() => OnceAsync("music.wav", path => TestMedia.MakeAsync(
        path,
        "-f lavfi -i \"sine=f=220:r=44100:d=6:beep_factor=2\""));

    public Task<string> VoiceAsync() => OnceAsync("voice-over.wav", path => TestMedia.MakeAsync(
        path,
        "-f lavfi -i sine=f=180:r=44100:d=3"));

    /// <summary>A clip of a camera.</summary>
    public Task<string> FilmAsync(string name = "film.mp4", double seconds = 3) => OnceAsync(
        name,
        _ => TestMedia.ClipAsync(Library, name, seconds, size: "480x854"));

    public async ValueTask DisposeAsync()
    {
        await line.DisposeAsync();
        Library.Dispose();
        if (Vendors is not null)
        {
            await Vendors.DisposeAsync();
        }
    }

    private static async Task<ILine> ConnectAsync(
        Way way,
        TestLibrary library,
        (string Name, string Value)[] settings,
        string? token = null)
    {
        if (way == Way.Stdio)
        {
            return new StdioLine(await Assistant.StartAsync(library, settings));
        }
        var server = await HttpServer.StartAsync(library, "", settings);
        // It is shown at the library's first start alone.
        token ??= server.Token;
        return new HttpLine(server, await server.ConnectAsync(HttpLine.Protocol, token), token!);
    }

    private static Task DrawAsync(string path, string size, string boxes, string ground = "0x8a9098") => TestMedia.MakeAsync(
        path,
        $"-f lavfi -i color=c={ground}:s={size} -vf \"noise=alls=24:allf=u,{boxes}\" -frames:v 1 -q:v 2 -update 1");

    private async Task<string> OnceAsync(string name, Func<string, Task> make)
    {
        var path = Library.Input(name);
        if (!made.TryGetValue(name, out var making))
        {
            made[name] = making = MakeAsync();
        }
        return await making;

        async Task<string> MakeAsync()
        {
            await make(path);
            return path;
        }
    }
}
