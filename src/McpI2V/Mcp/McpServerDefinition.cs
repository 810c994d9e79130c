using System.Text.Json;
using System.Text.Json.Nodes;
using McpI2V.Mcp.Calls;
using McpI2V.Mcp.Messages;
using McpI2V.Mcp.Prompts;
using McpI2V.Mcp.Resources;
using McpI2V.Mcp.Subscriptions;
using McpI2V.Mcp.Tasks;
using McpI2V.Tools.Calls;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace McpI2V.Mcp;

/// <summary>
/// What a client sees of the server: its name, its instructions, its tools, prompts and resources. The same by every transport.
/// </summary>
internal sealed class McpServerDefinition : IMcpServerDefinition
{
    private const string Instructions =
        """
        McpI2V turns stills into ad clips. The craft, in order:
        1. The still does most of the work. Make it right with generate_still (or take the user's photo), at the target aspect ratio, and lock it before animating.
        2. animate_image: the prompt says what moves and how the camera moves, never the scene again. Name the camera. Subtle, continuous motion works; several actions, large motion and crowds don't. A change of state is made in the still, and that still animated; never by end_image.
        3. edit_clip: one change per turn, then look at the frames in the answer. Typed operations are free and never wear the picture out. When a clip has drifted from its still, don't repair it: animate the locked still again.
        4. batch_variants for 30 to 100 ads to test: say dry_run first and tell the user how many and what they cost. Long work goes on by itself; check_job picks it up, from any chat.
        5. assemble_clips joins clips of 5 to 15 s to a film. export_clip makes the post: ratio per platform, captions, AI notice.
        Save subjects that return with save_element and call them by one name. Pass files as handle, path or https URL, never as pasted base64. Tell the user the path of what was made. Repeating a call within 10 minutes answers with the same result and costs nothing; fresh: true makes it again.
        """;

    private const string FromAfar = "\nYou and the user are on another machine than the server: its paths are not the user's. " +
        "Give the user the addresses in the answers. For a file of the user's pass its path: " +
        "the answer is an address to send it to, once, with curl or in a browser.";

    private static readonly Implementation Server = new()
    {
        Name = "mcp-i2v",
        Title = "McpI2V: stills to ad clips",
        Version = typeof(McpServerDefinition).Assembly.GetName().Version!.ToString(3),
        Icons = [ServerIcon.Drawn],
    };

    private readonly bool isFar;
    private readonly ToolDispatcher dispatcher;
    private readonly ResourceHandler resources;
    private readonly CompletionHandler completion;
    private readonly TasksExtension tasks;
    private readonly SubscriptionHandler subscriptions;
    private readonly FaultLog faults;
    private readonly Lazy<McpServerOptions> withSessions;
    private readonly Lazy<McpServerOptions> stateless;

    /// <summary>A definition.</summary>
    /// <param name="handlers">What answers requests.</param>
    /// <param name="faults">Where goes what nobody foresaw.</param>
    /// <param name="links">What helps clients on other machines; null where the client is a program of the same user, over stdio: it may
    /// name its folders, and needs no token to spend.</param>
    public McpServerDefinition(RequestHandlers handlers, FaultLog faults, RemoteClientLinks? links = null)
    {
        (dispatcher, resources, completion, tasks, subscriptions) = handlers;
        this.faults = faults;
        isFar = links is not null;
        withSessions = new Lazy<McpServerOptions>(Describe);
        stateless = new Lazy<McpServerOptions>(() =>
        {
            var options = Describe();
            options.ScopeRequests = false;
            return options;
        });
    }

    /// <inheritdoc/>
    public McpServerOptions WithSessions => withSessions.Value;

    /// <inheritdoc/>
    public McpServerOptions Stateless => stateless.Value;

    /// <inheritdoc/>
    public async ValueTask<JsonElement?> SchemaOfAsync(string tool) =>
        (await dispatcher.ListAsync()).Tools.FirstOrDefault(t => t.Name == tool)?.InputSchema;

    private McpServerOptions Describe()
    {
        var options = new McpServerOptions
        {
            ServerInfo = Server,
            ServerInstructions = isFar ? Instructions + FromAfar : Instructions,
            Capabilities = new ServerCapabilities { Tools = new(), Resources = new(), Prompts = new(), Completions = new() },
            Handlers = new McpServerHandlers
            {
                ListToolsHandler = (_, _) => dispatcher.ListAsync(),
                CallToolHandler = dispatcher.CallAsync,
                ListPromptsHandler = (_, _) => ValueTask.FromResult(PromptList.List()),
                GetPromptHandler = (request, _) => ValueTask.FromResult(PromptList.Get(request.Params)),
                ListResourcesHandler = (_, _) => ValueTask.FromResult(ResourceHandler.List()),
                ListResourceTemplatesHandler = (_, _) => ValueTask.FromResult(ResourceHandler.ListTemplates()),
                ReadResourceHandler = async (request, token) => await resources.ReadAsync(request, token),
                SubscriptionsListenHandler = subscriptions.ListenAsync,
                CompleteHandler = (request, _) => ValueTask.FromResult(completion.Complete(request.Params)),
            },
        };
        tasks.AddTo(options);
        options.Filters.Message.OutgoingFilters.Add(FitErrors.Filter);
        options.Filters.Message.IncomingFilters.Add(UnforeseenFaults.Filter(faults.Write));
        return options;
    }
}
