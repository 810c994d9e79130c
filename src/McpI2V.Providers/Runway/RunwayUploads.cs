using System.Text.Json.Nodes;
using McpI2V.Engine.Providers;
using McpI2V.Providers.Contract;
using McpI2V.Providers.Http;

namespace McpI2V.Providers.Runway;

/// <summary>
/// Runway's ephemeral uploads: a form for the file, and a <c>runway://</c> name that lives for a day (@runwayml/sdk 4.20.1, uploads.js).
/// </summary>
internal sealed class RunwayUploads(ProviderHttp http, RunwayErrors errors, UploadMemory memory)
    : InputUploads("runway gave the upload no name", memory)
{
    /// <inheritdoc/>
    protected override async Task<string?> SendAsync(OrderInput input)
    {
        var name = input.Handle + input.Format.Extension;
        var place = await http.UploadAsync(() => Begin(name), errors.Judge, CancellationToken.None);
        var address = http.ForUpload(place.Json?["uploadUrl"]?.ToString());
        var fields = place.Json?["fields"] as JsonObject ?? [];
        await http.UploadAsync(
            () => Form(address, fields, input, name),
            answer => answer.IsSuccess ? null : errors.Judge(answer),
            CancellationToken.None);
        return place.Json?["runwayUri"]?.ToString();
    }

    private HttpRequestMessage Begin(string name)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, http.At("v1/uploads"))
        {
            Content = JsonRequest.Content(new JsonObject { ["filename"] = name, ["type"] = "ephemeral" }),
        };
        request.Headers.Add("X-Runway-Version", RunwayProvider.Version);
        http.Authorize(request);
        return request;
    }

    // The address is signed for itself: the key does not go there.
    private static HttpRequestMessage Form(Uri address, JsonObject fields, OrderInput input, string name)
    {
        var form = new MultipartFormDataContent();
        foreach (var (field, value) in fields)
        {
            form.Add(new StringContent(value?.ToString() ?? ""), field);
        }
        form.Add(OrderInputs.ContentOf(input), "file", name);
        return new HttpRequestMessage(HttpMethod.Post, address) { Content = form };
    }
}
