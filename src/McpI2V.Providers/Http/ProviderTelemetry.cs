using System.Diagnostics;
using System.Diagnostics.Metrics;
using McpI2V.Engine.Providers;
using McpI2V.Media;

namespace McpI2V.Providers.Http;

/// <summary>
/// What is told of requests to providers to those who listen: whom, which step, how it ended, how long it took. No path, no header, no
/// body.
/// </summary>
internal static class ProviderTelemetry
{
    private const string Name = "McpI2V.Providers";
    private static readonly ActivitySource Source = new(Name);
    private static readonly Meter Meter = new(Name);
    private static readonly Histogram<double> Durations = Meter.CreateHistogram<double>(
        "i2v.provider.request.duration",
        "s",
        "How long a provider took to answer one request.");
    private static readonly Counter<long> Errors = Meter.CreateCounter<long>(
        "i2v.provider.errors",
        "{request}",
        "Requests to a provider that failed.");

    /// <summary>Makes a request while it is watched.</summary>
    /// <param name="provider">The provider.</param>
    /// <param name="step"><c>ask</c>, <c>upload</c>, <c>send</c> or <c>download</c>.</param>
    /// <param name="request">Makes it; returns the status of the answer.</param>
    public static async Task<T> WatchAsync<T>(string provider, string step, Func<Activity?, Task<(T Answer, int Status)>> request)
    {
        using var activity = Source.StartActivity($"{provider} {step}", ActivityKind.Client);
        activity?.SetTag("i2v.provider", provider).SetTag("i2v.step", step);
        var started = Stopwatch.GetTimestamp();
        string? error = null;
        int? status = null;
        try
        {
            var (answer, code) = await request(activity);
            status = code;
            error = code >= 400 ? code.ToString(System.Globalization.CultureInfo.InvariantCulture) : null;
            return answer;
        }
        catch (Exception e)
        {
            error = e is ProviderException known
                ? SnakeCase.From(known.Code)
                : e is OperationCanceledException ? "canceled" : e.GetType().Name;
            throw;
        }
        finally
        {
            TagList tags = new() { { "i2v.provider", provider }, { "i2v.step", step } };
            if (status is { } code)
            {
                tags.Add("http.response.status_code", code);
                activity?.SetTag("http.response.status_code", code);
            }
            if (error is not null)
            {
                tags.Add("error.type", error);
                activity?.SetTag("error.type", error).SetStatus(ActivityStatusCode.Error);
                Errors.Add(1, tags);
            }
            Durations.Record(Stopwatch.GetElapsedTime(started).TotalSeconds, tags);
        }
    }

    /// <summary>Says where a request goes.</summary>
    public static void Describe(Activity? activity, HttpRequestMessage request) => activity?
        .SetTag("http.request.method", request.Method.Method)
        .SetTag("server.address", request.RequestUri?.IdnHost)
        .SetTag("server.port", request.RequestUri?.Port);
}
