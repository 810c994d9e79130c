namespace McpI2V.Simulators.Simulation;

/// <summary>What can be set from outside, on the command line and while it runs.</summary>
public sealed record SimOptions
{
    /// <summary>The port on loopback; 0: any that is free.</summary>
    public int Port { get; init; } = 3930;

    /// <summary>How long a task is at work once it has a place.</summary>
    public double JobSeconds { get; set; } = 6;

    /// <summary>Tasks at work at once, each vendor; the rest waits in the vendor's queue.</summary>
    public int Places { get; set; } = 10;

    /// <summary>How long the address of a result is good, in seconds from the answer that named it; 0: always.</summary>
    public double AddressSeconds { get; set; }

    /// <summary>The short side of rendered results in pixels; 0: as the vendor would.</summary>
    public int ShortSide { get; set; }

    /// <summary>The longest a rendered clip is, in seconds; 0: as ordered.</summary>
    public double LongestSeconds { get; set; }

    /// <summary>Frames a second of rendered clips.</summary>
    public int FramesPerSecond { get; set; } = 24;

    /// <summary>Whether model and prompt are burnt into results; else orders that differ in words alone are rendered once.</summary>
    public bool BurnsWords { get; init; } = true;

    /// <summary>What a model that talks says beside what it makes.</summary>
    public string Words { get; set; } = "Here it is.";

    /// <summary>The only key that is accepted.</summary>
    public string Key { get; set; } = DefaultKey;

    /// <summary>The key unless another is set: long enough to be found again by a search for leaked keys.</summary>
    public const string DefaultKey = "simulated-key-0c1d2e3f4a5b6c7d";

    /// <summary>Reads <c>--name value</c>.</summary>
    public static SimOptions Parse(string[] args)
    {
        var named = args.Chunk(2).Where(p => p.Length == 2).ToDictionary(p => p[0].TrimStart('-'), p => p[1], StringComparer.Ordinal);
        double Number(string name, double otherwise) =>
            named.TryGetValue(name, out var text) ? double.Parse(text, System.Globalization.CultureInfo.InvariantCulture) : otherwise;
        return new SimOptions
        {
            Port = (int)Number("port", 3930),
            JobSeconds = Number("job-seconds", 6),
            Places = (int)Number("places", 10),
            AddressSeconds = Number("address-seconds", 0),
            ShortSide = (int)Number("short-side", 0),
            LongestSeconds = Number("longest-seconds", 0),
            FramesPerSecond = (int)Number("fps", 24),
            Key = named.GetValueOrDefault("key", DefaultKey),
        };
    }
}
