using System.Text;

namespace McpI2V.Simulators.Simulation.FaultInjection;

/// <summary>Lets faults strike on the way: before the vendor saw a request, or on the way back.</summary>
public sealed class FaultMiddleware(RequestDelegate next, Faults faults, SeenRequests seen)
{
    private const int HugeMegabytes = 500;

    public async Task InvokeAsync(HttpContext context)
    {
        if (context.GetEndpoint()?.Metadata.GetMetadata<Step>() is not { } step)
        {
            await next(context);
            return;
        }
        if (step.Name == "submit")
        {
            Fingerprint.Value = await FingerprintOfAsync(context);
        }
        seen.Count($"{step.Vendor} {step.Name}");
        var fault = faults.Take(step.Vendor, step.Name);
        switch (fault?.Kind)
        {
            case null:
                await next(context);
                return;
            case "reset":
                context.Abort();
                return;
            case "lost":
                // The vendor does its part; the answer never arrives.
                context.Response.Body = Stream.Null;
                await next(context);
                context.Abort();
                return;
            case "401" or "429" or "500" or "503" or "502" or "404" or "409" or "504":
                await ReadAllAsync(context);
                await RefuseAsync(context, int.Parse(fault.Kind, System.Globalization.CultureInfo.InvariantCulture), fault.RetryAfter);
                return;
            case "taken_500" or "taken_502" or "taken_503" or "taken_504" or "taken_520":
                // A gateway that gave up waiting, before a vendor that took the request.
                await OnlyDoAsync(context);
                await RefuseAsync(
                    context,
                    int.Parse(fault.Kind["taken_".Length..], System.Globalization.CultureInfo.InvariantCulture),
                    fault.RetryAfter);
                return;
            case "typed_500":
                // Taken, and answered as if it were refused for a reason: the status is what counts.
                await OnlyDoAsync(context);
                context.Response.StatusCode = 500;
                context.Response.ContentType = "application/json";
                await context.Response.WriteAsync(
                    """{"detail":[{"loc":["body"],"msg":"boom","type":"internal_server_error"}],"error":{"code":"model_not_found","message":"the safety system broke"}}""");
                return;
            case "slow_answer":
                // The vendor has it at once, and takes its time to say so.
                await RewriteAsync(context, body => body, delay: TimeSpan.FromSeconds(2));
                return;
            case "named_500":
                await RewriteAsync(context, body => body, 500);
                return;
            case "twice_named":
                // Every member a second time, as a proxy may merge two answers.
                await RewriteAsync(
                    context,
                    body => body.TrimEnd() is ['{', .., '}'] text && text.Length > 2 ? text[..^1] + "," + text[1..] : body);
                return;
            case "latin1":
                await RewriteAsync(
                    context,
                    body => body.TrimEnd() is ['{', .., '}'] text && text.Length > 2 ? text[..^1] + ",\"note\":\"caf\u00e9\"}" : body,
                    encoding: Encoding.Latin1);
                return;
            case "deep_json":
                await ReadAllAsync(context);
                context.Response.ContentType = "application/json";
                await context.Response.WriteAsync(string.Concat(Enumerable.Repeat("{\"a\":", 5000)) + "1" + new string('}', 5000));
                return;
            case "retry_nan" or "retry_huge" or "retry_minus":
                await ReadAllAsync(context);
                context.Response.Headers.RetryAfter = fault.Kind switch { "retry_nan" => "NaN", "retry_huge" => "1e18", _ => "-1e999" };
                await RefuseAsync(context, 429, null);
                return;
            case "html" or "lost_html":
                if (fault.Kind == "lost_html")
                {
                    await OnlyDoAsync(context);
                }
                await ReadAllAsync(context);
                context.Response.StatusCode = 200;
                context.Response.ContentType = "text/html";
                await context.Response.WriteAsync("<html><body><h1>Please wait while we check your browser</h1></body></html>");
                return;
            case "invalid_json" or "nothing" or "huge_json":
                await OnlyDoAsync(context);
                await BadBodyAsync(context, fault.Kind);
                return;
            default:
                context.Items["fault"] = fault.Kind;
                await next(context);
                return;
        }
    }

    // Forms have a boundary of their own each time: their parts count.
    private static async Task<string> FingerprintOfAsync(HttpContext context)
    {
        context.Request.EnableBuffering();
        using var bytes = new MemoryStream();
        await context.Request.Body.CopyToAsync(bytes);
        context.Request.Body.Position = 0;
        var boundary = context.Request.ContentType?.Split("boundary=").ElementAtOrDefault(1)?.Trim('"');
        var text = Encoding.Latin1.GetString(bytes.ToArray());
        text = boundary is null ? text : text.Replace(boundary, "", StringComparison.Ordinal);
        return Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(Encoding.Latin1.GetBytes(text)))[..16];
    }

    /// <summary>The fingerprint of the request that is being answered.</summary>
    public static AsyncLocal<string> Fingerprint { get; } = new();

    // The vendor does its part, and its answer is thrown away.
    private async Task OnlyDoAsync(HttpContext context)
    {
        var body = context.Response.Body;
        using var nowhere = new MemoryStream();
        context.Response.Body = nowhere;
        await next(context);
        context.Response.Body = body;
        context.Response.Headers.Clear();
    }

    // The vendor does its part, and its answer is changed on the way.
    private async Task RewriteAsync(
        HttpContext context,
        Func<string, string> change,
        int? status = null,
        Encoding? encoding = null,
        TimeSpan delay = default)
    {
        var body = context.Response.Body;
        using var given = new MemoryStream();
        context.Response.Body = given;
        await next(context);
        await Task.Delay(delay);
        context.Response.Body = body;
        context.Response.ContentLength = null;
        context.Response.StatusCode = status ?? context.Response.StatusCode;
        await context.Response.Body.WriteAsync((encoding ?? Encoding.UTF8).GetBytes(change(Encoding.UTF8.GetString(given.ToArray()))));
    }

    private static async Task BadBodyAsync(HttpContext context, string kind)
    {
        context.Response.StatusCode = 200;
        context.Response.ContentType = "application/json";
        if (kind == "invalid_json")
        {
            await context.Response.WriteAsync("{\"id\": \"half an answer");
        }
        if (kind == "huge_json")
        {
            await context.Response.WriteAsync("{\"data\": \"");
            var megabyte = Encoding.ASCII.GetBytes(new string('a', 1_000_000));
            try
            {
                for (var i = 0; i < HugeMegabytes; i++)
                {
                    await context.Response.Body.WriteAsync(megabyte, context.RequestAborted);
                }
                await context.Response.WriteAsync("\"}");
            }
            catch (OperationCanceledException)
            {
                // The client had enough.
            }
        }
    }

    private static async Task RefuseAsync(HttpContext context, int status, double? retryAfter)
    {
        context.Response.StatusCode = status;
        if (retryAfter is { } seconds)
        {
            context.Response.Headers.RetryAfter = seconds.ToString("0.###", System.Globalization.CultureInfo.InvariantCulture);
        }
        context.Response.ContentType = "application/json";
        var words = $"simulated {status}";
        // A body that each vendor's own reader finds its message in.
        await context.Response.WriteAsync(
            $$"""{"error": {"code": {{status}}, "message": "{{words}}", "status": "UNAVAILABLE", "type": "server_error"}, "detail": "{{words}}", "message": "{{words}}"}""");
    }

    private static async Task ReadAllAsync(HttpContext context) => await context.Request.Body.CopyToAsync(Stream.Null);
}
