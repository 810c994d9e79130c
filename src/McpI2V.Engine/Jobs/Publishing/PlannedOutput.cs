using System.Text.Json.Nodes;

namespace McpI2V.Engine.Jobs.Publishing;

/// <summary>A file that a job is about to put into the library, written down before it is moved.</summary>
/// <param name="Handle">The handle it will have.</param>
/// <param name="File">Its place in the media folder.</param>
/// <param name="Temporary">Where it lies until then.</param>
/// <param name="Bytes">Its length.</param>
/// <param name="Sha256">Its SHA-256.</param>
/// <param name="Row">What else its row will say.</param>
/// <param name="Subtitles">Where its subtitles lie until then; null: none.</param>
internal sealed record PlannedOutput(
    string Handle,
    string File,
    string Temporary,
    long Bytes,
    string Sha256,
    OutputRow Row,
    string? Subtitles = null);

internal sealed record OutputRow(
    string MimeType,
    int Width,
    int Height,
    double DurationMs,
    double Fps,
    bool HasAudio,
    string Title,
    string Operation,
    string? Parent,
    string? Model,
    string? Prompt,
    long? Seed,
    string[] Inputs,
    string? Master,
    JsonArray Recipe,
    Library.Check[] Checks,
    decimal CostUsd,
    string? Thread = null,
    bool HasAlpha = false,
    string? Colours = null,
    string? Before = null,
    string? Tags = null);
