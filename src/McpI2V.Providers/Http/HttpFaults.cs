using System.Globalization;
using System.Net;
using McpI2V.Engine;
using McpI2V.Engine.Http;
using McpI2V.Engine.Providers;
using Polly;
using Polly.CircuitBreaker;

namespace McpI2V.Providers.Http;

/// <summary>What failures on the way and plain statuses mean. A provider's own errors refine it.</summary>
public static class HttpFaults
{
    private const double LongestPauseSeconds = 600;

    /// <summary>What a broken connection means: by what had left, not by the exception's type.</summary>
    public static ProviderException Of(string provider, Exception e)
    {
        if (ForbiddenAddressException.In(e) is not null)
        {
            return new ProviderException(
                ErrorCode.ProviderFailed,
                $"{provider}'s host lies in a private or reserved network and is not connected to; set " +
                    $"I2V__Providers__{provider}__BaseUrl if that is meant",
                Acceptance.No,
                e) { MayFallBack = false };
        }
        var nothingLeft = e is HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError
            or HttpRequestError.NameResolutionError or HttpRequestError.SecureConnectionError or HttpRequestError.ProxyTunnelError };
        return nothingLeft
            ? new ProviderException(ErrorCode.ProviderFailed, $"{provider} could not be reached", Acceptance.No, e)
            {
                IsPassing = true,
                IsUnreachable = true,
            }
            : new ProviderException(
                ErrorCode.ProviderFailed,
                $"the connection to {provider} broke before its answer was there",
                Acceptance.Unknown,
                e) { IsPassing = true };
    }

    /// <summary>What it means that a request was given up, or not begun, by the limits that its step has.</summary>
    public static ProviderException Of(string provider, ExecutionRejectedException e) => e is BrokenCircuitException left
        ? new(
            ErrorCode.ProviderFailed,
            $"{provider} has failed again and again and is left alone for a moment",
            Acceptance.No,
            e) { IsPassing = true, RetryAfter = left.RetryAfter }
        : new(ErrorCode.ProviderFailed, $"{provider} did not answer in time", Acceptance.Unknown, e) { IsPassing = true };

    /// <summary>What a status means where the provider's body says nothing more; null for success.</summary>
    /// <param name="provider">The provider.</param>
    /// <param name="key">The name of the variable that holds its key.</param>
    /// <param name="answer">The answer.</param>
    /// <param name="words">The provider's words, cleaned.</param>
    /// <param name="now">The time, for Retry-After as a date.</param>
    public static ProviderException? Of(string provider, string key, ProviderAnswer answer, string words, DateTimeOffset now)
    {
        if (answer.IsSuccess)
        {
            return null;
        }
        var said = words.Length > 0 ? $": \"{words}\"" : "";
        var status = (int)answer.Status;
        return answer.Status switch
        {
            HttpStatusCode.Unauthorized => new(
                ErrorCode.ProviderAuth,
                $"{provider} does not accept the key{said}. Set {key} to a valid key and start the server again",
                Acceptance.No),
            HttpStatusCode.Forbidden => new(
                ErrorCode.ProviderAuth,
                $"{provider} does not allow this with the key{said}. Check the account's rights and credit, or {key}",
                Acceptance.No),
            HttpStatusCode.PaymentRequired => new(
                ErrorCode.ProviderAuth,
                $"{provider} says that the account has no credit left{said}. Add credit there",
                Acceptance.No),
            HttpStatusCode.TooManyRequests => new(
                ErrorCode.ProviderRateLimited,
                $"{provider} takes no more requests for now{said}",
                Acceptance.No) { IsPassing = true, RetryAfter = RetryAfter(answer, now) },
            HttpStatusCode.NotFound or HttpStatusCode.Gone => new(
                ErrorCode.ProviderFailed,
                $"{provider} does not know what was asked for ({status}){said}",
                Acceptance.No) { IsGone = true },
            // A gateway says 502, 503 or 504 of a request that the provider behind it may have taken: it proves nothing. A redirect
            // neither.
            _ when !Proves(answer) => new(ErrorCode.ProviderFailed, $"{provider} answered {status}{said}", Acceptance.Unknown)
            {
                IsPassing = true,
                RetryAfter = RetryAfter(answer, now),
            },
            _ => new(ErrorCode.ProviderFailed, $"{provider} refused the request ({status}){said}", Acceptance.No) { MayFallBack = true },
        };
    }

    /// <summary>
    /// True for a status that is only given to a request that was not taken: neither a gateway's, nor one that says that something broke.
    /// </summary>
    public static bool Proves(ProviderAnswer answer) =>
        (int)answer.Status is >= 400 and < 500 && answer.Status is not (HttpStatusCode.RequestTimeout or HttpStatusCode.Conflict);

    /// <summary>An answer that is no JSON where JSON was promised: a proxy's page, a cut body.</summary>
    public static ProviderException NotJson(string provider, ProviderAnswer answer)
    {
        var isPage = answer.Header("content-type")?.Contains("html", StringComparison.OrdinalIgnoreCase) == true
            || answer.Text.TrimStart().StartsWith('<');
        return new ProviderException(
            ErrorCode.ProviderFailed,
            $"{provider} answered with {(answer.Body.Length == 0 ? "nothing" : isPage ? "a web page" : "something that is no JSON")}",
            Acceptance.Unknown) { IsPassing = true };
    }

    /// <summary>
    /// How long a provider asks to be left alone: seconds, milliseconds or a date; at most ten minutes are believed. What is no time is
    /// ignored.
    /// </summary>
    public static TimeSpan? RetryAfter(ProviderAnswer answer, DateTimeOffset now)
    {
        if (Number(answer.Header("retry-after-ms")) is { } milliseconds)
        {
            return Believable(milliseconds / 1000);
        }
        if (answer.Header("retry-after") is not { } text)
        {
            return null;
        }
        if (Number(text) is { } seconds)
        {
            return Believable(seconds);
        }
        // The provider's own clock counts: ours may be an hour off.
        return Date(text) is { } until ? Believable((until - (Date(answer.Header("date")) ?? now)).TotalSeconds) : null;
    }

    /// <summary>A pause that a provider asks for; null if it is none.</summary>
    /// <param name="seconds">Any number, as it came over the wire.</param>
    public static TimeSpan? Believable(double seconds) =>
        seconds > 0 && TimeSpan.FromSeconds(Math.Min(seconds, LongestPauseSeconds)) is var pause && pause > TimeSpan.Zero ? pause : null;

    private static double? Number(string? text) => double.TryParse(text, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static DateTimeOffset? Date(string? text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var date) ? date : null;
}
