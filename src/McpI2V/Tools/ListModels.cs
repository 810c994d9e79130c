using McpI2V.Answers;
using McpI2V.Answers.Structured;
using McpI2V.Engine.Catalogue;
using McpI2V.Tools.Arguments;
using McpI2V.Tools.Calls;

namespace McpI2V.Tools;

/// <summary>Lists the catalogue.</summary>
internal static class ListModels
{
    private const string Description =
        "Tells the models: without arguments by family and which can be used now; else what each makes, lengths, sizes, price. Free.";

    private const string CommerciallySafe = "commercially_safe";

    private static readonly Argument<Capability?> Kind = Argument.Choice<Capability>("kind", "Only models that make this.");

    private static readonly Argument<string?> Takes = Argument.Word(
        "capability",
        "Only models that take such frames, make sound, or are commercially safe.",
        ["first", "last", "references", "audio", CommerciallySafe]);

    private static readonly Argument<bool> AvailableOnly = Argument.Flag("available_only", "Only models that can be used now.");

    private static readonly Argument<string?> Model = Argument.Text("model", "Only this id or alias.");

    public static ToolDefinition Definition() => new()
    {
        Name = "list_models",
        Title = "List models",
        Description = Description,
        Effect = ToolEffect.Looks,
        Arguments = () => [Kind, Takes, AvailableOnly, Model],
        AnswerSchema = AnswerSchemas.Models,
        Handler = CallAsync,
        // What is learned of a model comes with a job that is made with it; voices come and go at the provider.
        MayKeep = answer => answer.Structured.Warnings is null,
    };

    private static async Task<Answer> CallAsync(ToolServices services, ToolCall call, CancellationToken callCancelled)
    {
        var answer = Call(services, call.Arguments);
        return Kind.Read(call.Arguments) == Capability.TextToSpeech
            ? answer.Telling(VoiceList.Lines(await services.AccountVoices.AllAsync(callCancelled)))
            : answer;
    }

    private static Answer Call(ToolServices services, ArgumentReader arguments)
    {
        var (kind, takes, name) = (Kind.Read(arguments), Takes.Read(arguments), Model.Read(arguments));
        var availableOnly = AvailableOnly.Read(arguments);
        if (kind is null && takes is null && name is null && !availableOnly)
        {
            return ModelOverview.Of(services.Models);
        }
        return ModelList.Of(services.Models,
        [
            .. (name is null ? services.Models.All : services.Models.Named(name))
            .Where(m => kind is null || m.Capabilities.Contains(kind.Value))
            .Where(m => takes is null || Has(m, takes))
            .Where(m => !availableOnly || services.Models.UnavailableReason(m) is null),
        ]);
    }

    // The embedded engine was trained on nothing: it makes what it makes of the user's own pictures.
    private static bool Has(ModelEntry model, string what) => what switch
    {
        "audio" => model.Audio is "native" or "optional",
        CommerciallySafe => model.CommerciallySafe || model.IsEmbedded,
        _ => model.Frames.Contains(what),
    };
}
