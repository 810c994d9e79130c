using McpI2V.Engine;
using McpI2V.Engine.Jobs.Queueing;
using McpI2V.Engine.Jobs.Running;
using McpI2V.Engine.Jobs.Tasks;
using McpI2V.Engine.Library.Uploads;
using McpI2V.Engine.Jobs.Remote;
using McpI2V.Media.Processes;
using McpI2V.Settings;
using McpI2V.Tools;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace McpI2V.Protocol;

/// <summary>Opens the program's rooms after the handshake: a client that only lists tools waits for none of them.</summary>
internal sealed partial class ProgramRooms : IAsyncDisposable
{
    private readonly Lazy<ServiceProvider> services = new(() => Composition.Build(SettingsReader.Read()));

    /// <summary>What tools work with.</summary>
    /// <exception cref="I2VException">The settings are wrong; all faults are listed.</exception>
    public ToolServices Tools => services.Value.GetRequiredService<ToolServices>();

    /// <summary>Calls that clients follow.</summary>
    public McpTaskStore Tasks => services.Value.GetRequiredService<McpTaskStore>();

    /// <summary>Files that callers were asked to send.</summary>
    public UploadStore Uploads => services.Value.GetRequiredService<UploadStore>();

    /// <summary>How many child processes there may be at once, fair between callers.</summary>
    public ProcessPlaces Places => services.Value.GetRequiredService<ProcessPlaces>();

    /// <summary>How many jobs are open.</summary>
    public QueueCounts Queue => services.Value.GetRequiredService<QueueCounts>();

    /// <summary>Where the library lies.</summary>
    public LibraryOptions Library => services.Value.GetRequiredService<LibraryOptions>();

    /// <summary>How the server is reached by HTTP.</summary>
    /// <exception cref="I2VException">The settings are wrong; all faults are listed.</exception>
    public Http.HttpOptions Http => services.Value.GetRequiredService<Http.HttpOptions>();

    /// <summary>The tokens that open the door.</summary>
    public Http.TokenStore Tokens => services.Value.GetRequiredService<Http.TokenStore>();

    /// <summary>Where vendors' webhooks are taken in.</summary>
    public WebhookReceiver Webhooks => services.Value.GetRequiredService<WebhookReceiver>();

    /// <summary>Sends requests for another process.</summary>
    public RequestSender Sender => services.Value.GetRequiredService<RequestSender>();

    /// <summary>Begins to run jobs.</summary>
    public void StartRunningJobs()
    {
        try
        {
            services.Value.GetRequiredService<JobRunner>().Start();
        }
        catch (I2VException e)
        {
            // Every call answers with the same words.
            Console.Error.WriteLine(e.Message);
        }
    }

    /// <summary>Writes what no tool foresaw to the log.</summary>
    public void LogUnexpected(string tool, Exception exception) =>
        LogUnexpected(services.Value.GetRequiredService<ILoggerFactory>().CreateLogger("McpI2V.Tools"), tool, exception);

    /// <summary>Stops jobs and their children.</summary>
    public async ValueTask DisposeAsync()
    {
        if (services.IsValueCreated)
        {
            await services.Value.DisposeAsync();
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "{Tool} failed unexpectedly")]
    private static partial void LogUnexpected(ILogger logger, string tool, Exception exception);
}
