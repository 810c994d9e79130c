using System.Buffers;

namespace McpI2V.Http.Requests;

/// <summary>A request's body, counted against its caller for as long as anybody works on it.</summary>
internal sealed class RequestBody(RequestBodies bodies, string caller) : IDisposable
{
    /// <summary>Where a message carries it.</summary>
    public const string Key = "i2v/body";

    private readonly Lock gate = new();
    private byte[] buffer = [];
    private int length;
    private long counted;
    private bool isCounted;
    private int uses = 1;

    /// <summary>The bytes, until they are let go.</summary>
    public ReadOnlySpan<byte> Bytes => buffer.AsSpan(0, length);

    /// <summary>Counts bytes that are to come; why not, where there is no room for them.</summary>
    public BodyRefusal? Count(long bytes)
    {
        if (bodies.Take(caller, bytes, isNew: !isCounted) is { } refusal)
        {
            return refusal;
        }
        (isCounted, counted) = (true, counted + bytes);
        return null;
    }

    /// <summary>Room for more bytes.</summary>
    public Memory<byte> Room(int expected)
    {
        if (length == buffer.Length)
        {
            var larger = ArrayPool<byte>.Shared.Rent(Math.Max(expected, buffer.Length * 2));
            Bytes.CopyTo(larger);
            GiveBack();
            buffer = larger;
        }
        return buffer.AsMemory(length);
    }

    /// <summary>Bytes have come.</summary>
    public void Advance(int bytes) => length += bytes;

    /// <summary>Lets the bytes go: what was read from them is kept elsewhere, and still counts.</summary>
    public void LetGo()
    {
        length = 0;
        GiveBack();
        buffer = [];
    }

    /// <summary>Counts on until it is disposed once more: a call goes on when its client has gone.</summary>
    public IDisposable Keep()
    {
        lock (gate)
        {
            if (uses++ == 0)
            {
                bodies.Add(caller, counted);
            }
        }
        return this;
    }

    /// <summary>One use less.</summary>
    public void Dispose()
    {
        lock (gate)
        {
            if (--uses > 0)
            {
                return;
            }
            LetGo();
            if (isCounted)
            {
                bodies.GiveBack(caller, counted);
            }
        }
    }

    private void GiveBack()
    {
        if (buffer.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
