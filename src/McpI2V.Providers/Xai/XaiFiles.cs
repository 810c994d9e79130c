using McpI2V.Engine.Providers;
using McpI2V.Providers.Contract;
using McpI2V.Providers.Http;

namespace McpI2V.Providers.Xai;

/// <summary>
/// The account's files: clips that go in, and clips that came out under the name that their request gave them (@ai-sdk/xai 5.0.12,
/// xai-sdk-python 1.19.0, Files API).
/// </summary>
internal sealed class XaiFiles(ProviderHttp http, XaiErrors errors, UploadMemory memory)
    : InputUploads("xai named no id for the upload", memory)
{
    /// <summary>How long xAI keeps a clip that went in: it is of no use there once the job is done.</summary>
    public static readonly TimeSpan UploadLifetime = TimeSpan.FromHours(24);

    private const string Path = "v1/files";
    private const int PageSize = 100;
    private const int MostPages = 20;

    /// <summary>The name that a request gives its clip.</summary>
    public static string NameOf(GenerationOrder order) => order.Key + ".mp4";

    /// <summary>Where a file's bytes are, for who has the key.</summary>
    public Uri ContentOf(string id) => http.At($"{Path}/{Uri.EscapeDataString(id)}/content");

    /// <summary>True if there is a file of this id.</summary>
    public async Task<bool> HasAsync(string id, CancellationToken jobCancelled) =>
        await http.GetStatusAsync(
            () => http.Request(HttpMethod.Get, http.At($"{Path}/{Uri.EscapeDataString(id)}")),
            errors.Judge,
            jobCancelled) is not null;

    /// <summary>The id of an order's clip; null: there is none, or not yet.</summary>
    public async Task<string?> FindAsync(GenerationOrder order, CancellationToken jobCancelled)
    {
        var name = NameOf(order);
        // The filter is the SDK's; whoever does not heed it lists everything, so what comes is looked through.
        var query = $"?limit={PageSize}&order=desc&sort_by=created_at&filter={Uri.EscapeDataString($"name = \"{name}\"")}";
        var next = "";
        for (var page = 0; page < MostPages; page++)
        {
            var list = http.At(Path + query + next);
            var answer = await http.AskAsync(() => http.Request(HttpMethod.Get, list), errors.Judge, jobCancelled);
            var found = answer.Read(XaiJson.Default.XaiFileList, "xai") ?? throw HttpFaults.NotJson("xai", answer);
            if (found.Data?.FirstOrDefault(f => f?.Filename == name && !string.IsNullOrEmpty(f.Id)) is { } mine)
            {
                return mine.Id;
            }
            if (string.IsNullOrEmpty(found.PaginationToken))
            {
                return null;
            }
            next = $"&pagination_token={Uri.EscapeDataString(found.PaginationToken)}";
        }
        return null;
    }

    /// <inheritdoc/>
    protected override async Task<string?> SendAsync(OrderInput input)
    {
        var answer = await http.UploadAsync(
            () => http.Request(
                HttpMethod.Post,
                http.At(Path),
                // How long it is kept is heeded only before the file itself.
                new MultipartFormDataContent
                {
                    { new StringContent($"{(int)UploadLifetime.TotalSeconds}"), "expires_after" },
                    { OrderInputs.ContentOf(input), "file", input.Handle + input.Format.Extension },
                }),
            errors.Judge,
            CancellationToken.None);
        return answer.Json?["id"]?.ToString();
    }
}
