using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace McpI2V.Http.Requests;

/// <summary>
/// A response's body that cuts a reader who takes nothing for half a minute. The web server's own bound is an average over all
/// bytes so far, megabytes of which the system takes at once: it would let such a reader stay for a quarter of an hour.
/// </summary>
internal sealed class StalledReaderStream(Stream body, HttpContext context, TimeProvider time) : Stream
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>Puts the guard before a response's body.</summary>
    public static void Put(HttpContext context, TimeProvider time)
    {
        var body = context.Features.GetRequiredFeature<IHttpResponseBodyFeature>();
        context.Features.Set<IHttpResponseBodyFeature>(new StreamResponseBodyFeature(
            new StalledReaderStream(body.Stream, context, time),
            body));
    }

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) =>
        WithinAsync(body.WriteAsync(buffer, cancellationToken).AsTask());

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override Task FlushAsync(CancellationToken cancellationToken) => WithinAsync(body.FlushAsync(cancellationToken)).AsTask();

    public override void Flush() => throw new NotSupportedException();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    private async ValueTask WithinAsync(Task writing)
    {
        try
        {
            await writing.WaitAsync(Patience, time);
        }
        catch (TimeoutException e)
        {
            context.Abort();
            await writing.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            throw new OperationCanceledException("The reader takes nothing.", e);
        }
    }
}
