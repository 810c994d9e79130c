using System.Text.Json.Nodes;
using McpI2V.Engine.Catalogue;

namespace McpI2V.Engine.Providers;

/// <summary>One request as a provider gets it: every choice made, every input a local file that fits the provider's limits.</summary>
public sealed record GenerationOrder
{
    /// <summary>The attempt's own key, minted and stored before the first try.</summary>
    public required string Key { get; init; }

    /// <summary>What is to be done.</summary>
    public required Capability Capability { get; init; }

    /// <summary>The model's row.</summary>
    public required ModelEntry Model { get; init; }

    /// <summary>Every open choice made.</summary>
    public required ModelSettings Settings { get; init; }

    /// <summary>The prompt as it is sent.</summary>
    public required string Prompt { get; init; }

    /// <summary>The first frame, or the still that is edited first.</summary>
    public OrderInput? Image { get; init; }

    /// <summary>The last frame.</summary>
    public OrderInput? EndImage { get; init; }

    /// <summary>Further stills: of the subject, or to combine.</summary>
    public IReadOnlyList<OrderInput> References { get; init; } = [];

    /// <summary>The clip that is edited, extended or scaled.</summary>
    public OrderInput? Clip { get; init; }

    /// <summary>A sound to speak or sing to.</summary>
    public OrderInput? Audio { get; init; }

    /// <summary>The provider's conversation that made the clip, to go on with; null: none.</summary>
    public string? Thread { get; init; }

    /// <summary>The seed; null: the provider's choice.</summary>
    public long? Seed { get; init; }

    /// <summary>What the provider understands beyond the common arguments.</summary>
    public JsonObject Options { get; init; } = [];

    /// <summary>Where an answer that holds the result itself is written before anything else happens with it.</summary>
    public string? AnswerFile { get; init; }

    /// <summary>The provider's own id of the model.</summary>
    public string VendorModel => Model.Id[(Model.Id.IndexOf(':', StringComparison.Ordinal) + 1)..];
}
