using System.Globalization;
using System.Text.Json.Nodes;
using McpI2V.Engine;
using McpI2V.Engine.Catalogue;
using McpI2V.Engine.Providers;
using McpI2V.Providers.Contract;
using McpI2V.Providers.Http;

namespace McpI2V.Providers.OpenAI;

/// <summary>
/// OpenAI's stills and edits. The answer is the result, so it is written down whole before it is read; there is nothing to look up and
/// nothing to cancel.
/// </summary>
internal sealed class OpenAIProvider(ProviderOptions options, ProviderHttp http, OpenAIErrors errors, OpenAIModels models)
    : ConfiguredProvider(options, Usual), IProvider, IDisposable
{
    /// <summary>The API's host.</summary>
    public static readonly Uri Api = new("https://api.openai.com");

    /// <summary>How OpenAI may be used: limits are per account and minute; four calls at once stay below the lowest tier's.</summary>
    public static readonly ProviderLimits Usual = new() { MaxConcurrent = 4, PollEvery = TimeSpan.FromSeconds(2) };

    // High quality takes up to two minutes a picture.
    private static readonly TimeSpan Timeout = TimeSpan.FromMinutes(10);
    private readonly ApiKeyCheck key = new();

    /// <inheritdoc/>
    public IReadOnlyList<string> Review(GenerationOrder order)
    {
        if (models.IsGone(order.VendorModel))
        {
            throw new I2VException(ErrorCode.UnsupportedByModel, $"{Gone(order)}. Nothing was spent.", "model");
        }
        List<string> warnings = [];
        if (models.EndOf(order.VendorModel) is { } day)
        {
            warnings.Add($"openai ends {order.VendorModel} on {day:yyyy-MM-dd}.");
        }
        if (order.Seed is not null)
        {
            warnings.Add("openai's pictures take no seed: the same call makes another picture.");
        }
        return warnings;
    }

    /// <inheritdoc/>
    public bool AnswersAtOnce(GenerationOrder order) => true;

    /// <inheritdoc/>
    public async Task<PreparedRequest> PrepareAsync(GenerationOrder order, CancellationToken jobCancelled)
    {
        await key.RequireAsync(CheckKeyAsync, jobCancelled);
        if (models.IsGone(order.VendorModel))
        {
            throw new ProviderException(ErrorCode.UnsupportedByModel, Gone(order), Acceptance.No);
        }
        AnswerFiles.Reserve(order);
        var fields = Fields(order);
        return order.Capability == Capability.ImageEdit
            ? new ContentRequest(order, http.At("v1/images/edits"), () => Form(order, fields))
            : new ContentRequest(order, http.At("v1/images/generations"), () => JsonRequest.Content(fields));
    }

    /// <inheritdoc/>
    public async Task<Submission> SubmitAsync(PreparedRequest request, CancellationToken finishing)
    {
        var (address, content) = request is ContentRequest mine
            ? (mine.Address, mine.Content)
            : throw new ArgumentException("not OpenAI's", nameof(request));
        return await AnswerFiles.SubmitAsync(
            http,
            request.Order,
            () => http.Request(HttpMethod.Post, address, content()),
            errors.Judge,
            Timeout,
            ReadAsync,
            finishing);
    }

    /// <inheritdoc/>
    public async Task<RemoteStatus> GetStatusAsync(RemoteTask task, GenerationOrder order, CancellationToken jobCancelled) =>
        (await ReadAsync(order))?.Finished ?? RemoteStatus.Gone;

    /// <inheritdoc/>
    public Task CancelAsync(RemoteTask task, CancellationToken jobCancelled) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task FetchAsync(RemoteOutput output, string path, CancellationToken jobCancelled) =>
        PictureAnswers.SaveAsync(Name, output, path, jobCancelled);

    /// <inheritdoc/>
    public Task<Submission?> RecallAsync(GenerationOrder order, CancellationToken jobCancelled) => ReadAsync(order);

    /// <inheritdoc/>
    public Task<string?> CheckKeyAsync(CancellationToken cancellationToken) => ApiKeyCheck.RefusalAsync(async () =>
    {
        await models.ReadAsync(cancellationToken);
    });

    /// <inheritdoc/>
    public void Dispose() => http.Dispose();

    private static Task<Submission?> ReadAsync(GenerationOrder order) =>
        PictureAnswers.ReadAsync(order, answer => OpenAICost.Of(order, answer["usage"]));

    private string Gone(GenerationOrder order) => $"openai ended {order.VendorModel} " +
        $"on {models.EndOf(order.VendorModel):yyyy-MM-dd}{(order.Model.Instead is { } instead ? $"; use {instead}" : "; list_models " +
            "shows what it has now")}";

    private static JsonObject Fields(GenerationOrder order)
    {
        JsonObject fields = new()
        {
            ["model"] = order.VendorModel,
            ["prompt"] = order.Prompt,
            ["n"] = order.Settings.Count,
            ["size"] = OpenAISizes.FromOrder(order),
            ["quality"] = JsonWire.FromOrder(order).QualityValues?.GetValueOrDefault(order.Settings.Quality) ?? "auto",
            ["output_format"] = "png",
        };
        foreach (var (name, value) in order.Options)
        {
            fields[name] = value?.DeepClone();
        }
        return fields;
    }

    private static MultipartFormDataContent Form(GenerationOrder order, JsonObject fields)
    {
        var form = new MultipartFormDataContent();
        foreach (var (name, value) in fields.Where(f => f.Key != "moderation"))
        {
            form.Add(
                new StringContent(value is JsonValue number && number.TryGetValue<double>(out var plain)
                    ? plain.ToString(CultureInfo.InvariantCulture)
                    : value?.ToString() ?? ""),
                name);
        }
        foreach (var input in OrderInputs.FromOrder(order))
        {
            form.Add(OrderInputs.ContentOf(input), "image[]", input.Handle + input.Format.Extension);
        }
        return form;
    }
}
