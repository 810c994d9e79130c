using System.Text.Json.Nodes;
using McpI2V.Engine.Providers;
using McpI2V.Media.Formats;

namespace McpI2V.Providers.Http;

/// <summary>Answers that hold their pictures: <c>{data: [{b64_json}], usage}</c>, read from the file they were written to.</summary>
internal static class PictureAnswers
{
    /// <summary>The answer; null if there is none, or it is no JSON.</summary>
    /// <param name="order">The order, which names the file.</param>
    /// <param name="cost">What an answer says that it cost; null: nothing.</param>
    /// <param name="whyNone">Why an answer holds no picture; null: it does not say.</param>
    public static async Task<Submission?> ReadAsync(
        GenerationOrder order,
        Func<JsonObject, decimal?> cost,
        Func<JsonObject, ProviderException?>? whyNone = null)
    {
        if (await LenientJson.ReadAsync(order.AnswerFile) is not { } answer)
        {
            return null;
        }
        var pictures = Pictures(answer).Count();
        var task = new RemoteTask(order.Key);
        return pictures == 0 && whyNone?.Invoke(answer) is { } fault
            ? new Submission(task, RemoteStatus.Failed(fault, cost(answer)))
            : new Submission(task, new RemoteStatus
            {
                State = RemoteState.Done,
                CostUsd = cost(answer),
                Outputs = [.. Enumerable.Range(0, pictures).Select(i => new RemoteOutput(MediaKind.Still, null, order.AnswerFile, i))],
            });
    }

    /// <summary>Writes one picture to a file.</summary>
    public static async Task SaveAsync(string provider, RemoteOutput output, string path, CancellationToken cancellationToken)
    {
        var data = await LenientJson.ReadAsync(output.File, cancellationToken) is { } answer
            ? Pictures(answer).ElementAtOrDefault(output.Index)
            : null;
        await AnswerFiles.SaveBase64Async(provider, data, path, cancellationToken);
    }

    private static IEnumerable<string> Pictures(JsonObject answer) =>
        (answer["data"] as JsonArray)?.Select(d => d?["b64_json"]?.ToString()).OfType<string>() ?? [];
}
