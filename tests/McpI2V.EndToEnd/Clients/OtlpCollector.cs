using System.Collections.Concurrent;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace McpI2V.EndToEnd.Clients;

/// <summary>Takes in what OpenTelemetry's exporter sends over OTLP (http/protobuf), and reads it.</summary>
public sealed class OtlpCollector : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly ConcurrentQueue<(string Path, byte[] Body)> received;

    private OtlpCollector(WebApplication app, ConcurrentQueue<(string Path, byte[] Body)> received) =>
        (this.app, this.received) = (app, received);

    public (string Name, string Value)[] Settings =>
    [
        ("OTEL_EXPORTER_OTLP_ENDPOINT",
            app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single()),
        ("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf"),
        ("OTEL_BSP_SCHEDULE_DELAY", "200"),
        ("OTEL_BLRP_SCHEDULE_DELAY", "200"),
        ("OTEL_METRIC_EXPORT_INTERVAL", "500"),
        ("OTEL_SERVICE_NAME", "the-test"),
    ];

    public int Count => received.Count;

    /// <summary>Everything that came, as text: what is not text is seen as noise.</summary>
    public string Everything => string.Concat(received.Select(r => Encoding.UTF8.GetString(r.Body)));

    /// <summary>Every text that came by one signal: <c>traces</c>, <c>metrics</c>, <c>logs</c>.</summary>
    public IReadOnlySet<string> TextsOf(string signal) => received
        .Where(r => r.Path.EndsWith(signal, StringComparison.Ordinal))
        .SelectMany(r => Texts(r.Body))
        .ToHashSet(StringComparer.Ordinal);

    // opentelemetry/proto/trace/v1: resource_spans = 1, scope_spans = 2, spans = 2.
    public IReadOnlyList<Span> Spans => [.. received
        .Where(r => r.Path.EndsWith("traces", StringComparison.Ordinal))
        .SelectMany(r => Inner(r.Body, 1))
        .SelectMany(r => Inner(r, 2))
        .SelectMany(s => Inner(s, 2))
        .Select(Span.Of)];

    public static async Task<OtlpCollector> StartAsync()
    {
        ConcurrentQueue<(string, byte[])> received = [];
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        app.MapPost("/v1/{signal}", async (HttpRequest request) =>
        {
            using var body = new MemoryStream();
            await request.Body.CopyToAsync(body);
            received.Enqueue((request.Path, body.ToArray()));
            return Results.Bytes([], "application/x-protobuf");
        });
        await app.StartAsync();
        return new OtlpCollector(app, received);
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private static IEnumerable<byte[]> Inner(byte[] message, int number) =>
        Fields(message).Where(f => f.Number == number && f.Bytes is not null).Select(f => f.Bytes!);

    // Protocol Buffers' wire format: a tag, then a varint, eight or four bytes, or a length and bytes.
    private static List<(int Number, byte[]? Bytes)> Fields(byte[] message)
    {
        List<(int, byte[]?)> fields = [];
        var at = 0;
        while (at < message.Length)
        {
            var tag = Varint();
            switch (tag & 7)
            {
                case 0:
                    Varint();
                    fields.Add(((int)(tag >> 3), null));
                    break;
                case 1:
                    at += 8;
                    fields.Add(((int)(tag >> 3), null));
                    break;
                case 5:
                    at += 4;
                    fields.Add(((int)(tag >> 3), null));
                    break;
                case 2 when Varint() is var length && length <= (ulong)(message.Length - at):
                    fields.Add(((int)(tag >> 3), message[at..(at + (int)length)]));
                    at += (int)length;
                    break;
                default:
                    throw new InvalidDataException("no message");
            }
        }
        return at == message.Length ? fields : throw new InvalidDataException("no message");

        ulong Varint()
        {
            ulong value = 0;
            for (var shift = 0; shift < 64 && at < message.Length; shift += 7)
            {
                var next = message[at++];
                value |= (ulong)(next & 0x7F) << shift;
                if (next < 0x80)
                {
                    return value;
                }
            }
            throw new InvalidDataException("no message");
        }
    }

    private static IEnumerable<string> Texts(byte[] message)
    {
        yield return Encoding.UTF8.GetString(message);
        List<(int Number, byte[]? Bytes)> fields;
        try
        {
            fields = Fields(message);
        }
        catch (InvalidDataException)
        {
            yield break;
        }
        foreach (var text in fields.Where(f => f.Bytes is not null).SelectMany(f => Texts(f.Bytes!)))
        {
            yield return text;
        }
    }

    public sealed record Span(string Name, string Trace, string Id, string Parent, IReadOnlyDictionary<string, string> Attributes)
    {
        // trace_id = 1, span_id = 2, parent_span_id = 4, name = 5, attributes = 9 (key = 1, value = 2: string_value = 1).
        internal static Span Of(byte[] span) => new(
            Encoding.UTF8.GetString(Inner(span, 5).Single()),
            Convert.ToHexStringLower(Inner(span, 1).Single()),
            Convert.ToHexStringLower(Inner(span, 2).Single()),
            Convert.ToHexStringLower(Inner(span, 4).SingleOrDefault() ?? []),
            Inner(span, 9).ToDictionary(
                a => Encoding.UTF8.GetString(Inner(a, 1).Single()),
                a => Encoding.UTF8.GetString(Inner(Inner(a, 2).Single(), 1).SingleOrDefault() ?? [])));
    }
}
