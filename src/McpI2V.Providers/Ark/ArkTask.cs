using McpI2V.Providers.Http;

namespace McpI2V.Providers.Ark;

/// <summary>A task as Ark tells of it (volcengine-python-sdk, content_generation; snapshot of 2026-07-23).</summary>
internal sealed record ArkTask
{
    public string? Id { get; init; }

    /// <summary>queued, running, succeeded, failed, cancelled, expired.</summary>
    public string? Status { get; init; }

    /// <summary>The files, by addresses that end 24 hours after the success; a later look does not renew them.</summary>
    public ArkContentAddresses? Content { get; init; }

    public ArkUsage? Usage { get; init; }

    /// <summary>Only of a task that failed.</summary>
    public ArkFailure? Error { get; init; }

    /// <summary>The seed that was used.</summary>
    public long? Seed { get; init; }

    /// <summary>A task out of an answer.</summary>
    public static ArkTask Read(ProviderAnswer answer) =>
        answer.Read(ArkJson.Default.ArkTask, "ark") ?? throw HttpFaults.NotJson("ark", answer);
}

/// <summary>Where a task's results are.</summary>
internal sealed record ArkContentAddresses(string? VideoUrl);

/// <summary>What a task used; what is billed is <c>completion_tokens</c>, which may come as a text.</summary>
internal sealed record ArkUsage(long? CompletionTokens);

/// <summary>Why a task failed.</summary>
internal sealed record ArkFailure(string? Code, string? Message);
