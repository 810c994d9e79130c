using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace McpI2V.Servers;

/// <summary>A line to a server that can be cut at the worst moment: what the client said has arrived, and the answer never comes.</summary>
public sealed class CutLine : IDisposable
{
    private readonly TcpListener listener;
    private readonly int target;
    private readonly TaskCompletionSource released = new();
    private readonly ConcurrentQueue<string> lines = new();
    private byte[]? cutAfter;
    private int? cutAt;
    private bool isHeld;

    /// <summary>Opens a line to a port of this machine.</summary>
    /// <param name="target">The port.</param>
    /// <param name="address">Where this end is; null: on this machine alone.</param>
    public CutLine(int target, IPAddress? address = null)
    {
        this.target = target;
        listener = new TcpListener(address ?? IPAddress.Loopback, 0);
        listener.Start();
        _ = AcceptAsync();
    }

    /// <summary>The port of this end.</summary>
    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    /// <summary>How often it was cut.</summary>
    public int Cuts { get; private set; }

    /// <summary>Cuts the line once, when the server answers what the client said with these bytes in it.</summary>
    public void CutAfter(ReadOnlySpan<byte> said) => cutAfter = said.ToArray();

    /// <summary>The same, but what the client said is held, and arrives when it is released.</summary>
    public void CutAndHold(ReadOnlySpan<byte> said)
    {
        isHeld = true;
        CutAfter(said);
    }

    /// <summary>True: whoever comes is told by HTTP that the server is busy (503).</summary>
    public bool IsBusy { get; set; }

    /// <summary>The first lines of what was asked over HTTP.</summary>
    public IReadOnlyCollection<string> RequestLines => lines;

    /// <summary>Cuts the line once, after so many bytes of an answer.</summary>
    public void CutAnswerAfter(int bytes) => cutAt = bytes;

    /// <summary>Lets what is held arrive.</summary>
    public void Release() => released.SetResult();

    /// <inheritdoc/>
    public void Dispose() => listener.Dispose();

    private async Task AcceptAsync()
    {
        while (true)
        {
            TcpClient client;
            try
            {
                client = await listener.AcceptTcpClientAsync();
            }
            catch (Exception e) when (e is SocketException or ObjectDisposedException)
            {
                return;
            }
            _ = CarryAsync(client);
        }
    }

    private async Task CarryAsync(TcpClient client)
    {
        using var near = client;
        if (IsBusy)
        {
            await RefuseAsync(near);
            return;
        }
        using var far = new TcpClient();
        await far.ConnectAsync(IPAddress.Loopback, target);
        var isDoomed = false;
        var there = PassAsync(near, far, async bytes =>
        {
            Note(bytes.Span);
            if (IsBusy)
            {
                return false;
            }
            if (cutAfter is { } words && bytes.Span.IndexOf(words) >= 0)
            {
                (cutAfter, isDoomed) = (null, true);
                if (isHeld)
                {
                    near.Close();
                    await released.Task;
                }
            }
            return true;
        });
        var back = PassAsync(far, near, bytes =>
        {
            if (cutAt is { } left)
            {
                cutAt = left > bytes.Length ? left - bytes.Length : null;
                isDoomed |= cutAt is null;
            }
            Cuts += isDoomed ? 1 : 0;
            return ValueTask.FromResult(!isDoomed);
        });
        await Task.WhenAny(there, back);
        if (isDoomed)
        {
            // What the client said arrives.
            await back;
        }
    }

    private void Note(ReadOnlySpan<byte> said)
    {
        var end = said.IndexOf("\r\n"u8);
        if (end > 0 && said[..end].EndsWith("HTTP/1.1"u8))
        {
            lines.Enqueue(System.Text.Encoding.ASCII.GetString(said[..end]));
        }
    }

    private static async Task RefuseAsync(TcpClient client)
    {
        try
        {
            _ = await client.GetStream().ReadAtLeastAsync(new byte[16 * 1024], 1, throwOnEndOfStream: false);
            await client.GetStream().WriteAsync("HTTP/1.1 503 Slow Down\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"u8.ToArray());
        }
        catch (Exception e) when (e is IOException or SocketException)
        {
            // It did not wait for that.
        }
    }

    private static async Task PassAsync(TcpClient from, TcpClient to, Func<ReadOnlyMemory<byte>, ValueTask<bool>> goesOn)
    {
        var buffer = new byte[16 * 1024];
        try
        {
            while (await from.GetStream().ReadAsync(buffer) is > 0 and var count && await goesOn(buffer.AsMemory(0, count)))
            {
                await to.GetStream().WriteAsync(buffer.AsMemory(0, count));
            }
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException or SocketException)
        {
            // The other end has gone; so does this one.
        }
    }
}
