using Microsoft.Extensions.Logging;

namespace McpI2V.Hosting.Stdio;

/// <summary>
/// The log, made when the first line that it would write is written: a client waits for the handshake, and a console logger costs a tenth
/// of the start.
/// </summary>
internal sealed class LateLog : ILoggerFactory
{
    private readonly Lazy<ILoggerFactory> log = new(() => LoggerFactory.Create(logging => logging.AddProgramLog()));

    /// <inheritdoc/>
    public ILogger CreateLogger(string categoryName) => new Category(log, categoryName);

    /// <inheritdoc/>
    public void AddProvider(ILoggerProvider provider) => log.Value.AddProvider(provider);

    /// <summary>Writes what is left.</summary>
    public void Dispose()
    {
        if (log.IsValueCreated)
        {
            log.Value.Dispose();
        }
    }

    private sealed class Category(Lazy<ILoggerFactory> log, string name) : ILogger
    {
        private ILogger? logger;

        public bool IsEnabled(LogLevel logLevel) => logLevel is >= Composition.LeastLogged and not LogLevel.None;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => logger?.BeginScope(state);

        public void Log<TState>(
            LogLevel logLevel,
            EventId eventId,
            TState state,
            Exception? exception,
            Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel))
            {
                (logger ??= log.Value.CreateLogger(name)).Log(logLevel, eventId, state, exception, formatter);
            }
        }
    }
}
