using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using McpI2V.Engine;
using McpI2V.Engine.Http;
using McpI2V.Engine.Providers;
using McpI2V.Providers.Contract;
using Polly;

namespace McpI2V.Providers.Http;

/// <summary>
/// The one HTTP room: every request to a provider leaves here. It knows steps, limits and addresses; what an answer means is
/// the provider's.
/// </summary>
public sealed class ProviderHttp : IDisposable
{
    private static readonly HttpRequestOptionsKey<bool> WithToken = new("token");
    private readonly ProviderOptions options;
    private readonly Action<HttpRequestHeaders, Secret> authorize;
    private readonly AccessTokens? tokens;
    private readonly Uri home;
    private readonly StepPolicies policies;
    private readonly GuardedConnections connections;
    private readonly Lazy<HttpMessageInvoker> pooled;
    private readonly Lazy<HttpMessageInvoker> single;
    private readonly ProviderDownloads downloads;
    private readonly TimeProvider time;

    /// <summary>Makes the way to one provider.</summary>
    /// <param name="options">Its settings.</param>
    /// <param name="home">The provider's own base URL.</param>
    /// <param name="limits">Its limits.</param>
    /// <param name="authorize">Writes the key, or the token in its place, into a request's headers.</param>
    /// <param name="time">The time.</param>
    /// <param name="tokens">Gives tokens in place of the key; null: the key itself is what the provider takes.</param>
    public ProviderHttp(
        ProviderOptions options,
        Uri home,
        ProviderLimits limits,
        Action<HttpRequestHeaders, Secret> authorize,
        TimeProvider time,
        AccessTokens? tokens = null)
    {
        (this.options, this.authorize, this.home, this.time, this.tokens) = (options, authorize, home, time, tokens);
        policies = new StepPolicies(options.Name, limits, time);
        connections = new GuardedConnections(options.BaseUrl is { } own ? [own] : []);
        pooled = new(() => new HttpMessageInvoker(connections.Handler(reuse: true)));
        single = new(() => new HttpMessageInvoker(connections.Handler(reuse: false)));
        downloads = new ProviderDownloads(options.Name, pooled, Redirected);
    }

    /// <summary>An address of the provider.</summary>
    /// <param name="path">The path with its query, without a leading slash.</param>
    /// <param name="host">One of the provider's other hosts; null: its home. The user's base URL replaces all of them.</param>
    public Uri At(string path, Uri? host = null) => new((options.BaseUrl ?? host ?? home).AbsoluteUri.TrimEnd('/') + "/" + path);

    /// <summary>An address that the provider gave for its own API, brought to the user's base URL where one is set.</summary>
    /// <exception cref="ProviderException">It is another's: the key does not go there.</exception>
    public Uri Own(Uri given, params ReadOnlySpan<Uri> hosts)
    {
        foreach (var host in (ReadOnlySpan<Uri>)[home, .. hosts])
        {
            if (given.Scheme == host.Scheme && given.Authority.Equals(host.Authority, StringComparison.OrdinalIgnoreCase))
            {
                return options.BaseUrl is null ? given : At(given.PathAndQuery.TrimStart('/'));
            }
        }
        return connections.IsTrusted(given)
            ? given
            : throw new ProviderException(
                ErrorCode.ProviderFailed,
                $"{options.Name} named an address of another host for its own API",
                Acceptance.Unknown);
    }

    /// <summary>An address at which the provider takes a file: on https, or the user's own server.</summary>
    /// <exception cref="ProviderException">It is neither.</exception>
    public Uri ForUpload(string? given) => Uri.TryCreate(given, UriKind.Absolute, out var uri)
        && (uri.Scheme == Uri.UriSchemeHttps || connections.IsTrusted(uri))
        && uri.UserInfo.Length == 0
        ? uri
        : throw new ProviderException(ErrorCode.ProviderFailed, $"{options.Name} named no address for the upload", Acceptance.No)
        {
            IsPassing = true,
        };

    /// <summary>Asks a free question; tried again where it may help.</summary>
    public Task<ProviderAnswer> AskAsync(
        Func<HttpRequestMessage> request,
        Func<ProviderAnswer, ProviderException?> judge,
        CancellationToken cancellationToken) =>
        RunAsync("ask", policies.Question, request, judge, null, pooled, cancellationToken);

    /// <summary>
    /// Looks how a task stands, once: when it is looked at again is decided by the provider's limits, and elsewhere. Null: the provider
    /// does not know it, or not any more.
    /// </summary>
    /// <param name="request">The request.</param>
    /// <param name="judge">What an answer that is a refusal means; null for one that is none.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <param name="answerFile">Where a good answer is written that may hold the result, and has its time; null: it is small.</param>
    public async Task<ProviderAnswer?> GetStatusAsync(
        Func<HttpRequestMessage> request,
        Func<ProviderAnswer, ProviderException?> judge,
        CancellationToken cancellationToken,
        string? answerFile = null)
    {
        try
        {
            var policy = answerFile is null ? policies.Status : policies.Result;
            return await RunAsync("look", policy, request, judge, answerFile, pooled, cancellationToken);
        }
        catch (ProviderException e) when (e.IsGone)
        {
            return null;
        }
    }

    /// <summary>Uploads an input; tried again where it may help.</summary>
    public Task<ProviderAnswer> UploadAsync(
        Func<HttpRequestMessage> request,
        Func<ProviderAnswer, ProviderException?> judge,
        CancellationToken cancellationToken) =>
        RunAsync("upload", policies.Upload, request, judge, null, pooled, cancellationToken);

    /// <summary>Sends a request once whose answer names the task that was made of it.</summary>
    /// <param name="request">The request.</param>
    /// <param name="judge">What an answer that is a refusal means; null for one that is none.</param>
    /// <param name="timeout">How long it may take in all.</param>
    /// <param name="named">The task that an answer names; what else stands beside its id may be of any form.</param>
    /// <param name="finishing">Ends it when the process must end.</param>
    /// <exception cref="ProviderException">It was refused or lost, or no task was named.</exception>
    public async Task<Submission> SubmitOnceAsync(
        Func<HttpRequestMessage> request,
        Func<ProviderAnswer, ProviderException?> judge,
        TimeSpan timeout,
        Func<JsonObject, RemoteTask?> named,
        CancellationToken finishing)
    {
        var answer = await SendOnceAsync(request, judge, timeout, answerFile: null, finishing, named);
        return answer.Json is { } taken && named(taken) is { } task
            ? new Submission(task)
            : throw new ProviderException(
                ErrorCode.ProviderFailed,
                $"{options.Name} took the request and named no id",
                Acceptance.Unknown);
    }

    /// <summary>Sends the paid request, once, on a connection of its own.</summary>
    /// <param name="request">The request.</param>
    /// <param name="judge">What the answer means; null: it is good.</param>
    /// <param name="timeout">After which the answer counts as lost.</param>
    /// <param name="answerFile">Where the answer is written whole before it is looked at; null: it is small.</param>
    /// <param name="finishing">Ends the wait for the answer.</param>
    /// <param name="named">The task that a body names, for an answer that says an error and names one all the same; null: bodies name
    /// none.</param>
    public async Task<ProviderAnswer> SendOnceAsync(
        Func<HttpRequestMessage> request,
        Func<ProviderAnswer, ProviderException?> judge,
        TimeSpan timeout,
        string? answerFile,
        CancellationToken finishing,
        Func<JsonObject, RemoteTask?>? named = null)
    {
        using var whole = CancellationTokenSource.CreateLinkedTokenSource(finishing);
        whole.CancelAfter(timeout);
        return await RunAsync("send", policies.Once, request, Judge, answerFile, single, whole.Token);

        // Whatever a body says: a status that proves nothing is no refusal.
        ProviderException? Judge(ProviderAnswer answer)
        {
            if (judge(answer) is not { } fault)
            {
                return null;
            }
            var told = fault.Acceptance == Acceptance.No && !HttpFaults.Proves(answer) ? fault.Unproved() : fault;
            return told.Acceptance == Acceptance.Unknown && answer.Json is { } body ? told.Naming(named?.Invoke(body)) : told;
        }
    }

    /// <summary>Opens a way by which the provider tells what it likes to.</summary>
    /// <param name="path">The path with its query.</param>
    /// <param name="cancellationToken">Ends the try.</param>
    internal Task<ProviderSocket> OpenSocketAsync(string path, CancellationToken cancellationToken) =>
        ProviderSocket.OpenAsync(At(path), pooled.Value, cancellationToken);

    /// <summary>Downloads a result, one try; what is there already is kept and continued.</summary>
    /// <param name="address">Where it is.</param>
    /// <param name="path">The file.</param>
    /// <param name="withKey">True if the provider wants its key for results; it only ever goes to the provider's own host.</param>
    /// <param name="cancellationToken">Ends the download; what is there stays.</param>
    public Task DownloadAsync(Uri address, string path, bool withKey, CancellationToken cancellationToken)
    {
        if (address.Scheme != Uri.UriSchemeHttps && !connections.IsTrusted(address))
        {
            throw new ProviderException(ErrorCode.ProviderFailed, $"{options.Name} named a result that is not on https", Acceptance.Yes)
            {
                IsFinal = true,
            };
        }
        return ProviderTelemetry.WatchAsync(options.Name, "download", async activity =>
        {
            var token = withKey && IsOwn(address) ? await TokenAsync(pooled, cancellationToken) : null;
            await downloads.DownloadAsync(Make, path, cancellationToken);
            return (path, 200);

            HttpRequestMessage Make()
            {
                var request = new HttpRequestMessage(HttpMethod.Get, address);
                ProviderTelemetry.Describe(activity, request);
                if (withKey && IsOwn(address))
                {
                    Authorize(request);
                    Write(token, request);
                }
                return request;
            }
        });
    }

    /// <summary>A request with the key in it, or one that gets its token when it leaves.</summary>
    /// <param name="method">The method.</param>
    /// <param name="address">Where it goes.</param>
    /// <param name="content">The body; null: none.</param>
    /// <param name="idempotencyKey">Under which the provider takes it once, however often it comes; null: under none.</param>
    public HttpRequestMessage Request(HttpMethod method, Uri address, HttpContent? content = null, string? idempotencyKey = null)
    {
        var request = new HttpRequestMessage(method, address) { Content = content };
        if (idempotencyKey is not null)
        {
            request.Headers.Add("Idempotency-Key", idempotencyKey);
        }
        Authorize(request);
        return request;
    }

    /// <summary>Writes the key into a request, or has its token written when it leaves.</summary>
    public void Authorize(HttpRequestMessage request)
    {
        if (tokens is not null)
        {
            request.Options.Set(WithToken, true);
        }
        else if (options.ApiKey is { } key)
        {
            authorize(request.Headers, key);
        }
    }

    /// <summary>A provider's words without the key, whatever the provider put into them.</summary>
    public string Safe(string? words) => WithoutKey(Clean(WithoutKey(words ?? "")));

    /// <summary>Closes connections.</summary>
    public void Dispose()
    {
        foreach (var invoker in new[] { pooled, single }.Where(i => i.IsValueCreated))
        {
            invoker.Value.Dispose();
        }
    }

    private string Clean(string words) => ForeignTextCleaner.Clean(words, options.KeyShapes);

    private string WithoutKey(string words)
    {
        var left = options.ApiKey?.RemoveFrom(words) ?? words;
        return tokens?.RemoveFrom(left) ?? left;
    }

    private async Task<Secret?> TokenAsync(Lazy<HttpMessageInvoker> way, CancellationToken cancellationToken)
    {
        try
        {
            return tokens is null ? null : await tokens.GetAsync(cancellationToken);
        }
        catch (OperationCanceledException e) when (way == single)
        {
            throw Lost("gave no token in time", e).BeforeSending();
        }
    }

    private void Write(Secret? token, HttpRequestMessage request)
    {
        if (token is not null && request.Options.TryGetValue(WithToken, out _))
        {
            authorize(request.Headers, token);
        }
    }

    private bool IsOwn(Uri address) => connections.IsTrusted(address)
        || (options.BaseUrl is null
            && address.Scheme == home.Scheme
            && address.Authority.Equals(home.Authority, StringComparison.OrdinalIgnoreCase));

    private async Task<ProviderAnswer> RunAsync(
        string step,
        ResiliencePipeline<ProviderAnswer> policy,
        Func<HttpRequestMessage> request,
        Func<ProviderAnswer, ProviderException?> judge,
        string? answerFile,
        Lazy<HttpMessageInvoker> way,
        CancellationToken cancellationToken)
    {
        try
        {
            return await policy.ExecuteAsync(
                async stop =>
                {
                    var token = await TokenAsync(way, stop);
                    var answer = await WatchedAsync(token, stop);
                    if (token is not null && answer.Status == HttpStatusCode.Unauthorized)
                    {
                        // Nothing was taken: it may go again, once, with another.
                        tokens!.Forget(token);
                        answer = await WatchedAsync(await TokenAsync(way, stop), stop);
                    }
                    return judge(answer) is { } fault ? throw fault : answer;
                },
                cancellationToken);
        }
        catch (ExecutionRejectedException e)
        {
            throw HttpFaults.Of(options.Name, e);
        }

        Task<ProviderAnswer> WatchedAsync(Secret? token, CancellationToken stop) =>
            ProviderTelemetry.WatchAsync(options.Name, step, async activity =>
            {
                var answer = await SendAsync(request, token, answerFile, way, activity, stop);
                return (answer, (int)answer.Status);
            });
    }

    private async Task<ProviderAnswer> SendAsync(
        Func<HttpRequestMessage> make,
        Secret? token,
        string? answerFile,
        Lazy<HttpMessageInvoker> way,
        Activity? activity,
        CancellationToken cancellationToken)
    {
        try
        {
            using var request = make();
            Write(token, request);
            ProviderTelemetry.Describe(activity, request);
            request.Headers.UserAgent.ParseAdd("mcp-i2v");
            using var response = await way.Value.SendAsync(request, cancellationToken);
            var told = ProviderAnswer.WithoutBody(response);
            if (answerFile is not null && told.IsSuccess)
            {
                await AnswerFiles.WriteAsync(response, answerFile, time, cancellationToken);
                return told;
            }
            return await ProviderAnswer.ReadAsync(response, options.Name, cancellationToken);
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw Lost("did not answer in time", e);
        }
        catch (OperationCanceledException e) when (way == single)
        {
            throw Lost("did not answer in time", e);
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            throw HttpFaults.Of(options.Name, e);
        }
    }

    private ProviderException Lost(string what, Exception e) => new(
        ErrorCode.ProviderFailed,
        $"{options.Name} {what}",
        Acceptance.Unknown,
        e) { IsPassing = true };

    // The address is judged at each hop, and the key never goes to another host.
    private HttpRequestMessage Redirected(HttpRequestMessage request, Uri to)
    {
        if ((to.Scheme != Uri.UriSchemeHttps && !connections.IsTrusted(to)) || to.UserInfo.Length > 0)
        {
            throw new ProviderException(
                ErrorCode.ProviderFailed,
                $"{options.Name} sent the download on to an address that is not followed",
                Acceptance.Yes) { IsFinal = true };
        }
        var followed = new HttpRequestMessage(HttpMethod.Get, to);
        foreach (var header in request.Headers.Where(h => h.Key is "Range" or "If-Range" || IsOwn(to)))
        {
            followed.Headers.TryAddWithoutValidation(header.Key, header.Value);
        }
        return followed;
    }
}
