namespace McpI2V.Simulators.Simulation;

/// <summary>One task at a simulated vendor.</summary>
public sealed class SimTask
{
    public required string Id { get; init; }

    public required string Vendor { get; init; }

    public required string Model { get; init; }

    /// <summary>What is to be rendered.</summary>
    public required RenderSpec Spec { get; init; }

    /// <summary>How many results.</summary>
    public int Count { get; init; } = 1;

    /// <summary>What it costs if it is made.</summary>
    public decimal Usd { get; set; }

    /// <summary>Anything the vendor's answers need.</summary>
    public Dictionary<string, string> Notes { get; } = [];

    /// <summary>The same for the same request: sent twice, it is here twice.</summary>
    public string Fingerprint { get; set; } = "";

    /// <summary>
    /// refuse, fail, stuck, empty, forgotten, wrong_kind, short, dear, credit (a bill below nothing), forbidden_address, bad_base64,
    /// one_bad_base64, or null: it is made.
    /// </summary>
    public string? Fate { get; set; }

    public DateTimeOffset SubmittedAt { get; init; }

    public DateTimeOffset StartsAt { get; set; }

    public DateTimeOffset DoneAt { get; set; }

    public bool IsCanceled { get; set; }

    public bool IsCharged { get; set; }

    public DateTimeOffset LastLook { get; set; }

    /// <summary>When it was looked at, in milliseconds.</summary>
    public List<long> Looks { get; } = [];

    public SimState At(DateTimeOffset now) =>
        IsCanceled ? SimState.Canceled
        : now < StartsAt ? SimState.Waiting
        : Fate == "stuck" || now < DoneAt ? SimState.Working
        : Fate is "refuse" or "fail" ? SimState.Failed
        : SimState.Done;

    public double Progress(DateTimeOffset now) => Math.Clamp((now - StartsAt) / (DoneAt - StartsAt), 0, 1);
}
