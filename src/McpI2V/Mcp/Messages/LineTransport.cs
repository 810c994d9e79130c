using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.Extensions.Logging.Abstractions;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;

namespace McpI2V.Mcp.Messages;

/// <summary>
/// A message a line, in and out. The SDK's own answers a line it can't read only where it finds an id, and says nothing of what is
/// wrong; a line is a line here too (the SDK's ends at a carriage return inside a message).
/// </summary>
internal sealed class LineTransport : TransportBase
{
    /// <summary>The longest line: the largest input there may be, pasted as base64.</summary>
    public const int LongestLine = 700_000_000;

    private const int Chunk = 64 * 1024;
    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(1);
    private static readonly JsonTypeInfo<JsonRpcMessage> MessageType =
        (JsonTypeInfo<JsonRpcMessage>)McpJsonUtilities.DefaultOptions.GetTypeInfo(typeof(JsonRpcMessage));

    private readonly Stream input;
    private readonly Stream output;
    private readonly int longest;
    private readonly SemaphoreSlim sending = new(1, 1);
    private readonly CancellationTokenSource closed = new();
    private readonly Task reading;

    /// <summary>Begins to read.</summary>
    public LineTransport(Stream input, Stream output, int longest = LongestLine)
        : base("stdio", NullLoggerFactory.Instance)
    {
        (this.input, this.output, this.longest) = (input, output, longest);
        SetConnected();
        reading = Task.Run(ReadAsync);
    }

    /// <inheritdoc/>
    public override async Task SendMessageAsync(JsonRpcMessage message, CancellationToken cancellationToken = default)
    {
        if (!IsConnected)
        {
            return;
        }
        byte[] line = [.. JsonSerializer.SerializeToUtf8Bytes(message, MessageType), (byte)'\n'];
        await sending.WaitAsync(cancellationToken);
        try
        {
            // A line that was begun is written whole: the half of one would spoil the next.
            await output.WriteAsync(line, closed.Token);
            await output.FlushAsync(closed.Token);
        }
        catch (ObjectDisposedException e)
        {
            throw new IOException("The client has gone.", e);
        }
        finally
        {
            sending.Release();
        }
    }

    /// <inheritdoc/>
    public override async ValueTask DisposeAsync()
    {
        await closed.CancelAsync();
        await input.DisposeAsync();
        await output.DisposeAsync();
        // A read of the console can't be canceled; it ends with the process.
        await reading.WaitAsync(Farewell, TimeProvider.System).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        SetDisconnected();
    }

    private async Task ReadAsync()
    {
        var chunk = new byte[Chunk];
        var line = new MemoryStream();
        var isTooLong = false;
        try
        {
            for (int read; (read = await input.ReadAsync(chunk, closed.Token)) > 0;)
            {
                var rest = chunk.AsMemory(0, read);
                for (int end; (end = rest.Span.IndexOf((byte)'\n')) >= 0; rest = rest[(end + 1)..])
                {
                    Keep(rest[..end]);
                    await TakeAsync(line, isTooLong);
                    // What a large message took is given back.
                    line = line.Capacity > Chunk ? new MemoryStream() : line;
                    line.SetLength(0);
                    isTooLong = false;
                }
                Keep(rest);
            }
            await TakeAsync(line, isTooLong);
            SetDisconnected();
        }
        catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException or IOException)
        {
            SetDisconnected();
        }

        void Keep(ReadOnlyMemory<byte> part)
        {
            isTooLong |= line.Length + part.Length > longest;
            if (!isTooLong)
            {
                line.Write(part.Span);
            }
        }
    }

    private async Task TakeAsync(MemoryStream line, bool isTooLong)
    {
        var bytes = line.GetBuffer().AsMemory(0, (int)line.Length);
        if (!isTooLong && bytes.Span.Trim(" \t\r"u8).IsEmpty)
        {
            return;
        }
        var (message, fault) = isTooLong
            ? new MessageReading(
                null,
                new MessageFault(default, McpErrorCode.InvalidRequest,
                    $"The message is longer than {longest / 1_000_000} MB. Pass files by path or address."))
            : Messages.MessageReader.Read(bytes.Span);
        if (message is JsonRpcRequest handshake && Messages.MessageReader.FaultOfHandshake(handshake) is { } wrong)
        {
            await SendMessageAsync(new MessageFault(handshake.Id, McpErrorCode.InvalidParams, wrong).Answer(), closed.Token);
        }
        else if (message is not null)
        {
            await WriteMessageAsync(message, closed.Token);
        }
        else if (fault is not null)
        {
            await SendMessageAsync(fault.Answer(), closed.Token);
        }
    }
}
