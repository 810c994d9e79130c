using Google.Apis.Http;
using McpI2V.Engine.Providers;
using McpI2V.Providers.Http;

namespace McpI2V.Providers.Vertex;

/// <summary>Lets the requests of Google's library leave by the one way to a provider: guarded, tried again, cleaned.</summary>
/// <param name="http">The way to the token services.</param>
/// <param name="source">Where besides a workload's own token is asked for; null: nowhere.</param>
/// <param name="judge">What an answer means; null: it is good.</param>
internal sealed class VertexTokenWay(ProviderHttp http, Uri? source, Func<ProviderAnswer, ProviderException?> judge) : HttpClientFactory
{
    // A workload's token is exchanged, and then stands in for an account.
    private static readonly Uri[] Others =
        [new("https://sts.googleapis.com"), new("https://iamcredentials.googleapis.com"), new("https://accounts.google.com")];

    /// <inheritdoc/>
    protected override HttpMessageHandler CreateHandler(CreateHttpClientArgs args) => new Handler(http, To, judge);

    private Uri To(Uri address) => address == source ? address : http.Own(address, Others);

    private sealed class Handler(ProviderHttp http, Func<Uri, Uri> to, Func<ProviderAnswer, ProviderException?> judge) : HttpMessageHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var (address, body) = (to(request.RequestUri!), await BodyAsync(request, cancellationToken));
            var answer = await http.AskAsync(() => Again(request, address, body), judge, cancellationToken);
            return new HttpResponseMessage(answer.Status) { Content = new ByteArrayContent(answer.Body), RequestMessage = request };
        }

        private static async Task<byte[]?> BodyAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            request.Content is { } content ? await content.ReadAsByteArrayAsync(cancellationToken) : null;

        private static HttpRequestMessage Again(HttpRequestMessage request, Uri address, byte[]? body)
        {
            var again = new HttpRequestMessage(request.Method, address);
            foreach (var header in request.Headers)
            {
                again.Headers.TryAddWithoutValidation(header.Key, header.Value);
            }
            if (body is not null)
            {
                again.Content = new ByteArrayContent(body);
                again.Content.Headers.ContentType = request.Content!.Headers.ContentType;
            }
            return again;
        }
    }
}
