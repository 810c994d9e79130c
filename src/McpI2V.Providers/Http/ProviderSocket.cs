using System.Net.WebSockets;
using System.Text.Json.Nodes;

namespace McpI2V.Providers.Http;

/// <summary>What a provider tells by itself over a WebSocket: bounded, and only a hint, for nothing of money depends on it.</summary>
internal sealed class ProviderSocket : IDisposable
{
    private const int LongestMessage = 1_000_000;

    // The other side answers in time, or is gone.
    private static readonly TimeSpan Ping = TimeSpan.FromSeconds(15);
    private readonly ClientWebSocket socket = new();
    private readonly byte[] buffer = new byte[16_384];

    private ProviderSocket()
    {
        socket.Options.KeepAliveInterval = Ping;
        socket.Options.KeepAliveTimeout = Ping;
    }

    /// <summary>Opens one.</summary>
    /// <param name="address">Where, on http or https.</param>
    /// <param name="way">The way there.</param>
    /// <param name="cancellationToken">Ends the try.</param>
    /// <exception cref="WebSocketException">It was refused, or nobody answered.</exception>
    public static async Task<ProviderSocket> OpenAsync(Uri address, HttpMessageInvoker way, CancellationToken cancellationToken)
    {
        var opened = new ProviderSocket();
        try
        {
            var scheme = address.Scheme == Uri.UriSchemeHttps ? Uri.UriSchemeWss : Uri.UriSchemeWs;
            await opened.socket.ConnectAsync(new UriBuilder(address) { Scheme = scheme }.Uri, way, cancellationToken);
            return opened;
        }
        catch
        {
            opened.Dispose();
            throw;
        }
    }

    /// <summary>The next message that is a JSON object; pictures, what is too long and what is none are passed over.</summary>
    /// <returns>Null: the other side has closed it.</returns>
    /// <exception cref="WebSocketException">It broke.</exception>
    public async Task<JsonObject?> NextAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            using var message = new MemoryStream();
            ValueWebSocketReceiveResult part;
            var isKept = true;
            do
            {
                part = await socket.ReceiveAsync(buffer.AsMemory(), cancellationToken);
                isKept = isKept && part.MessageType == WebSocketMessageType.Text && message.Length + part.Count <= LongestMessage;
                if (isKept)
                {
                    message.Write(buffer, 0, part.Count);
                }
            }
            while (!part.EndOfMessage);
            if (part.MessageType == WebSocketMessageType.Close)
            {
                return null;
            }
            if (isKept && LenientJson.Read(message.ToArray()) is { } told)
            {
                return told;
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => socket.Dispose();
}
