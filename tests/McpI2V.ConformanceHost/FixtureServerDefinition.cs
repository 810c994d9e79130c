using System.Text.Json;
using McpI2V.Engine.Jobs;
using McpI2V.Mcp;
using McpI2V.Mcp.Messages;
using McpI2V.Mcp.Subscriptions;
using McpI2V.Mcp.Tasks;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace McpI2V.ConformanceHost;

/// <summary>What the conformance suite expects of a server under test, behind the same HTTP layer as the product.</summary>
internal sealed class FixtureServerDefinition : IMcpServerDefinition
{
    private readonly McpServerPrimitiveCollection<McpServerTool> tools = [];
    private readonly McpServerPrimitiveCollection<McpServerPrompt> prompts = [];
    private readonly FixtureTasks tasks = new();

    public FixtureServerDefinition()
    {
        foreach (var tool in ContentTools.All()
            .Concat(AskingTools.All())
            .Concat(InputRequiredTools.All())
            .Concat(FixtureTasks.Tools())
            .Concat(ChangingLists.Tools(tools, prompts)))
        {
            tools.Add(tool);
        }
        foreach (var prompt in FixturePrompts.All())
        {
            prompts.Add(prompt);
        }
        WithSessions = Describe();
        Stateless = Describe();
        Stateless.ScopeRequests = false;
    }

    public McpServerOptions WithSessions { get; }

    public McpServerOptions Stateless { get; }

    public ValueTask<JsonElement?> SchemaOfAsync(string tool) =>
        ValueTask.FromResult(tools.TryGetPrimitive(tool, out var known) ? known.ProtocolTool.InputSchema : (JsonElement?)null);

    private McpServerOptions Describe()
    {
        var options = new McpServerOptions
        {
            ServerInfo = new Implementation { Name = "conformance-host", Version = "1" },
            Capabilities = new ServerCapabilities
            {
                Tools = new() { ListChanged = true },
                Prompts = new() { ListChanged = true },
                Resources = new() { Subscribe = true },
                Completions = new(),
                Logging = new(),
            },
            ToolCollection = tools,
            PromptCollection = prompts,
            Handlers = new McpServerHandlers
            {
                ListResourcesHandler = (_, _) => ValueTask.FromResult(FixtureResources.List()),
                ListResourceTemplatesHandler = (_, _) => ValueTask.FromResult(FixtureResources.ListTemplates()),
                ReadResourceHandler = (request, _) => ValueTask.FromResult(FixtureResources.Read(
                    request.Params!.Uri,
                    ProtocolVersions.IsStateless(request.JsonRpcRequest))),
                SubscriptionsListenHandler = new SubscriptionHandler(
                    tasks,
                    new JobSignal(),
                    TimeProvider.System,
                    tools,
                    prompts).ListenAsync,
                SubscribeToResourcesHandler = (_, _) => ValueTask.FromResult(new EmptyResult()),
                UnsubscribeFromResourcesHandler = (_, _) => ValueTask.FromResult(new EmptyResult()),
                SetLoggingLevelHandler = (_, _) => ValueTask.FromResult(new EmptyResult()),
                CompleteHandler = (request, _) => ValueTask.FromResult(FixturePrompts.Complete(request.Params!)),
            },
        };
        new TasksExtension(tasks).AddTo(options);
        return options;
    }
}
