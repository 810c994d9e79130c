using System.Text.Json;
using McpI2V.Answers;
using McpI2V.Tools.Arguments;
using ModelContextProtocol.Protocol;

namespace McpI2V.Tools.Calls;

/// <summary>
/// One tool: how it is described to clients, and what answers a call. Describing it needs none of the services, so the list is answered
/// before any of them is opened.
/// </summary>
internal sealed record ToolDefinition
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>Its name for people.</summary>
    public required string Title { get; init; }

    /// <summary>Its documentation for the model: what it makes, when to use it, what it costs, what comes back.</summary>
    public required string Description { get; init; }

    /// <summary>What a call of it changes.</summary>
    public required ToolEffect Effect { get; init; }

    /// <summary>What it takes; nothing else is taken.</summary>
    public required Func<IReadOnlyList<IArgument>> Arguments { get; init; }

    /// <summary>The schema of what it answers.</summary>
    public required Func<JsonElement> AnswerSchema { get; init; }

    /// <summary>Answers a call whose arguments are all known.</summary>
    public required Func<ToolServices, ToolCall, CancellationToken, Task<Answer>> Handler { get; init; }

    /// <summary>
    /// Which of its answers are the same for whoever asks the same again while no row of the library has changed; null: none.
    /// </summary>
    public Func<Answer, bool>? MayKeep { get; init; }

    /// <summary>True for a tool that queues jobs: its calls can be long, and can be followed.</summary>
    public bool MakesWork => Effect == ToolEffect.Makes;

    /// <summary>The description that clients get.</summary>
    public Tool Describe() => new()
    {
        Name = Name,
        Title = Title,
        Description = Description,
        InputSchema = Schemas.Input(Arguments()).ToElement(),
        OutputSchema = AnswerSchema(),
        Annotations = new ToolAnnotations
        {
            ReadOnlyHint = Effect == ToolEffect.Looks,
            DestructiveHint = Effect is ToolEffect.Cancels or ToolEffect.Saves,
            IdempotentHint = Effect is ToolEffect.Saves or ToolEffect.Cancels ? true : null,
            OpenWorldHint = Effect == ToolEffect.Makes,
        },
    };

    /// <summary>Answers a call; what is wrong with its arguments is told before anything is done.</summary>
    /// <exception cref="Engine.I2VException">An argument is not known, or its value is not allowed.</exception>
    public async Task<Answer> CallAsync(ToolServices services, ToolCall call, CancellationToken callCancelled)
    {
        var declared = Arguments();
        call.Arguments.RequireKnown(declared);
        foreach (var argument in declared)
        {
            argument.Check(call.Arguments);
        }
        var answer = await Handler(services, call, callCancelled);
        // A job keeps what its caller is told.
        return MakesWork ? answer : answer.Telling(call.Notes);
    }
}
