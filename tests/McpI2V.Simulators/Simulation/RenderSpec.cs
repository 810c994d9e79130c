namespace McpI2V.Simulators.Simulation;

/// <summary>What is to be rendered: from which picture, how large, how long, with what burnt in.</summary>
/// <param name="Kind">clip, still or sound.</param>
/// <param name="Picture">The file of the picture or clip it is made from; null: a test picture.</param>
/// <param name="Words">What is burnt in.</param>
/// <param name="Width">Pixels.</param>
/// <param name="Height">Pixels.</param>
/// <param name="Seconds">Its length.</param>
/// <param name="HasSound">True for sound in a clip.</param>
public sealed record RenderSpec(
    string Kind,
    string? Picture,
    string Words,
    int Width,
    int Height,
    double Seconds = 5,
    bool HasSound = false);
