using System.Net;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace McpI2V.Hosting;

/// <summary>
/// Kestrel's sockets, of which only so many are open at once: the next one waits in the system's queue until one has closed.
/// Kestrel's own limit closes what is too many, but it does so later than it accepts: a burst takes every handle of the process first.
/// </summary>
internal sealed class BoundedListenerFactory(IOptions<SocketTransportOptions> options, ILoggerFactory log) : IConnectionListenerFactory
{
    // Room for those that Kestrel is just turning away.
    private const int TurnedAway = 32;

    private readonly SocketTransportFactory sockets = new(options, log);

    /// <inheritdoc/>
    public async ValueTask<IConnectionListener> BindAsync(EndPoint endpoint, CancellationToken cancellationToken = default)
    {
        var listener = await sockets.BindAsync(endpoint, cancellationToken);
        return OpenFiles.Connections is { } most ? new Listener(listener, (int)Math.Min(most + TurnedAway, int.MaxValue)) : listener;
    }

    private sealed class Listener(IConnectionListener inner, int most) : IConnectionListener
    {
        private readonly SemaphoreSlim places = new(most);
        private readonly CancellationTokenSource unbound = new();

        public EndPoint EndPoint => inner.EndPoint;

        public async ValueTask<ConnectionContext?> AcceptAsync(CancellationToken cancellationToken = default)
        {
            using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, unbound.Token);
            try
            {
                await places.WaitAsync(either.Token);
            }
            catch (OperationCanceledException) when (unbound.IsCancellationRequested)
            {
                return null;
            }
            var connection = await inner.AcceptAsync(cancellationToken);
            connection?.ConnectionClosed.UnsafeRegister(static all => ((SemaphoreSlim)all!).Release(), places);
            return connection;
        }

        public async ValueTask UnbindAsync(CancellationToken cancellationToken = default)
        {
            await unbound.CancelAsync();
            await inner.UnbindAsync(cancellationToken);
        }

        public async ValueTask DisposeAsync()
        {
            await unbound.CancelAsync();
            await inner.DisposeAsync();
        }
    }
}
