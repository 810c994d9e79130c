using McpI2V.Answers;
using McpI2V.Answers.Structured;
using McpI2V.Engine;
using McpI2V.Engine.Sound;
using McpI2V.Media;
using McpI2V.Tools.Arguments;
using McpI2V.Tools.Calls;

namespace McpI2V.Tools;

/// <summary>Makes a sound that needs no clip to hang on.</summary>
internal static class GenerateAudio
{
    private const string Description =
        "Makes a voice-over, music or an effect. Without a key: a robotic voice, music by mood. options.language: code of text's.";

    private static readonly Argument<string?> Kind = Argument.Word("kind", "What it is.", [.. SnakeCase.Words<SoundKind>()]).Needed();

    private static readonly Argument<string?> Text = Argument.Text("text", "voice: the words.");

    private static readonly Argument<string?> Prompt = Argument.Text("prompt", "music, effect: what is heard.");

    private static readonly Argument<string?> Voice = Argument.Text("voice", "An unknown one lists them.");

    private static readonly Argument<double?> Duration = Argument.Number("duration_seconds", "Not of a voice.", 0.5, 600);

    private static readonly Argument<string?> Mood = Argument.Text("mood", "Not of a voice.");

    private static readonly Argument<string?> Tempo = Argument.Text("tempo", "Of music: words or bpm.");

    public static ToolDefinition Definition() => new()
    {
        Name = "generate_audio",
        Title = "Make a sound",
        Description = Description,
        Effect = ToolEffect.Makes,
        Arguments = () => [Kind, Text, Prompt, Voice, Duration, Mood, Tempo, .. CommonArguments.Spending],
        AnswerSchema = AnswerSchemas.Work,
        Handler = CallAsync,
    };

    private static async Task<Answer> CallAsync(ToolServices services, ToolCall call, CancellationToken callCancelled)
    {
        var arguments = call.Arguments;
        var order = new AudioOrder
        {
            Kind = Kind.Read(arguments) is { } kind
                ? SnakeCase.Parse<SoundKind>(kind)!.Value
                : throw I2VException.Invalid("kind", $"kind is missing; one of {SnakeCase.All<SoundKind>()} is needed. Nothing was spent."),
            Text = Text.Read(arguments)?.Trim() ?? "",
            Prompt = Prompt.Read(arguments)?.Trim() ?? "",
            Voice = Said(Voice.Read(arguments)),
            DurationSeconds = Duration.Read(arguments),
            Mood = Said(Mood.Read(arguments)),
            Tempo = Said(Tempo.Read(arguments)),
            Options = CommonArguments.Options.Read(arguments),
            Model = CommonArguments.Model.Read(arguments),
            MostUsd = CommonArguments.MaxCostUsd.Read(arguments),
            Seed = CommonArguments.Seed.Read(arguments),
        };
        return await services.Submission.MakeAsync(await services.Sounds.PlanAsync(order, callCancelled), call, callCancelled);
    }

    private static string? Said(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
