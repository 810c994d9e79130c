using McpI2V.Engine;
using Microsoft.Extensions.Hosting;

namespace McpI2V.Access;

/// <summary>Closes what a token has open soon after it was revoked.</summary>
internal sealed class RevocationWatch(TokenStore tokens, OpenRequests requests, TimeProvider time) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(1);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                var known = tokens.Hashes();
                requests.Cut(hash => !known.Contains(hash));
            }
            catch (I2VException)
            {
                // A file that can't be read says of no token that it was revoked; new requests are refused.
            }
        }
    }
}
