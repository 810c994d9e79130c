using McpI2V.Engine.Providers;
using Polly;
using Polly.CircuitBreaker;
using Polly.Retry;
using Polly.Timeout;

namespace McpI2V.Providers.Http;

/// <summary>
/// How each step at a provider is tried: questions and uploads may be asked again, the paid request never; a provider that fails
/// again and again is left alone for a moment.
/// </summary>
internal sealed class StepPolicies
{
    private readonly ResiliencePipeline<ProviderAnswer> question;
    private readonly ResiliencePipeline<ProviderAnswer> look;
    private readonly ResiliencePipeline<ProviderAnswer> result;
    private readonly ResiliencePipeline<ProviderAnswer> upload;
    private readonly ResiliencePipeline<ProviderAnswer> once;

    public StepPolicies(string provider, ProviderLimits limits, TimeProvider time)
    {
        var step = limits.PollEvery < TimeSpan.FromSeconds(0.5) ? limits.PollEvery : TimeSpan.FromSeconds(0.5);
        var breaker = new CircuitBreakerStrategyOptions<ProviderAnswer>
        {
            // A limit or a refusal is an answer; only a provider that can't answer opens the circuit.
            ShouldHandle = new PredicateBuilder<ProviderAnswer>()
                .Handle<ProviderException>(e => e is { IsPassing: true, Code: not Engine.ErrorCode.ProviderRateLimited })
                .Handle<TimeoutRejectedException>(),
            FailureRatio = 0.9,
            MinimumThroughput = 20,
            SamplingDuration = TimeSpan.FromSeconds(30),
            BreakDuration = step * 10 < TimeSpan.FromSeconds(0.5) ? TimeSpan.FromSeconds(0.5) : step * 10,
        };
        question = Builder(provider, time).AddRetry(Retry(step, 2)).AddCircuitBreaker(breaker).AddTimeout(TimeSpan.FromSeconds(20)).Build();
        look = Builder(provider, time).AddCircuitBreaker(breaker).AddTimeout(TimeSpan.FromSeconds(20)).Build();
        result = Builder(provider, time).AddCircuitBreaker(breaker).AddTimeout(TimeSpan.FromMinutes(10)).Build();
        upload = Builder(provider, time).AddRetry(Retry(step, 4)).AddTimeout(TimeSpan.FromMinutes(10)).Build();
        once = Builder(provider, time).Build();
    }

    /// <summary>A free question.</summary>
    public ResiliencePipeline<ProviderAnswer> Question => question;

    /// <summary>A look at a task: one try, for the provider says how often it may be looked at.</summary>
    public ResiliencePipeline<ProviderAnswer> Status => look;

    /// <summary>A look whose answer may hold the result: one try, as long as a file takes.</summary>
    public ResiliencePipeline<ProviderAnswer> Result => result;

    /// <summary>The upload of an input: doing it twice costs nothing.</summary>
    public ResiliencePipeline<ProviderAnswer> Upload => upload;

    /// <summary>The paid request: one try.</summary>
    public ResiliencePipeline<ProviderAnswer> Once => once;

    private static ResiliencePipelineBuilder<ProviderAnswer> Builder(string provider, TimeProvider time) => new()
    {
        Name = provider,
        TimeProvider = time,
    };

    private static RetryStrategyOptions<ProviderAnswer> Retry(TimeSpan step, int attempts) => new()
    {
        ShouldHandle = new PredicateBuilder<ProviderAnswer>()
            .Handle<ProviderException>(e => e.IsPassing)
            .Handle<TimeoutRejectedException>(),
        MaxRetryAttempts = attempts,
        BackoffType = DelayBackoffType.Exponential,
        UseJitter = true,
        Delay = step,
        MaxDelay = TimeSpan.FromSeconds(30),
        DelayGenerator = arguments => ValueTask.FromResult(arguments.Outcome.Exception is ProviderException { RetryAfter: { } pause }
            ? pause
            : (TimeSpan?)null),
    };
}
