namespace McpI2V.Providers.Http;

/// <summary>A part of a file as a stream to read once.</summary>
/// <param name="path">The file.</param>
/// <param name="offset">Where the part begins.</param>
/// <param name="length">How long it is.</param>
internal sealed class FilePart(string path, long offset, long length) : Stream
{
    private readonly FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.Read) { Position = offset };
    private readonly long whole = length;
    private long taken;

    /// <inheritdoc/>
    public override bool CanRead => true;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override bool CanWrite => false;

    /// <inheritdoc/>
    public override long Length => whole;

    /// <inheritdoc/>
    public override long Position { get => taken; set => throw new NotSupportedException(); }

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => Took(file.Read(buffer, offset, (int)Math.Min(count, whole - taken)));

    /// <inheritdoc/>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        Took(await file.ReadAsync(buffer[..(int)Math.Min(buffer.Length, whole - taken)], cancellationToken));

    /// <inheritdoc/>
    public override void Flush()
    {
    }

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        file.Dispose();
        base.Dispose(disposing);
    }

    private int Took(int read)
    {
        taken += read;
        return read;
    }
}
