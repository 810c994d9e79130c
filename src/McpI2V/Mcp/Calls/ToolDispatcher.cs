using System.Security.Claims;
using System.Text.Json.Nodes;
using McpI2V.Access;
using McpI2V.Answers;
using McpI2V.Answers.Contents;
using McpI2V.Answers.Structured;
using McpI2V.Engine;
using McpI2V.Mcp.Messages;
using McpI2V.Media;
using McpI2V.Media.Processes;
using McpI2V.Tools;
using McpI2V.Tools.Arguments;
using McpI2V.Tools.Calls;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace McpI2V.Mcp.Calls;

/// <summary>
/// Lists and calls tools over MCP. Descriptions are read while the server is still being made; what tools need is opened by the first call.
/// </summary>
internal sealed class ToolDispatcher(
    Lazy<ToolServices> services,
    SpendApproval approval,
    ProcessPlaces processes,
    FaultLog faults,
    RemoteClientLinks? links = null,
    AnswerCache? cache = null)
{
    private readonly Dictionary<string, ToolDefinition> faces = ToolList.All().ToDictionary(f => f.Name);
    private const int MostLinksInWords = 8;
    private const int LongestAnswer = 60_000;
    private readonly Task<ListToolsResult> list = Task.Run(ToolManifest.Read);

    /// <summary>Every tool.</summary>
    public async ValueTask<ListToolsResult> ListAsync() => await list;

    /// <summary>Answers a call.</summary>
    /// <exception cref="McpProtocolException">There is no such tool.</exception>
    public async ValueTask<CallToolResult> CallAsync(RequestContext<CallToolRequestParams> request, CancellationToken cancellationToken)
    {
        if (!faces.TryGetValue(request.Params?.Name ?? "", out var definition))
        {
            throw new McpProtocolException(
                $"There is no tool {ForeignText.Quote(request.Params?.Name, 60)}; there are {string.Join(", ", faces.Keys)}.",
                McpErrorCode.InvalidParams);
        }
        var trace = TraceOf(request);
        if (ComposedAnswer.Carried(request.JsonRpcRequest.Context?.Items) is not { } composed)
        {
            return Result(await RunAsync(definition, () => CallOf(request), cancellationToken, trace));
        }
        var key = definition.MayKeep is null
            ? null
            : AnswerCache.KeyOf(definition.Name, OwnerOf(request.User), request.Params!.Arguments);
        var version = key is null ? null : cache?.Version();
        if (version is { } now && cache!.Find(key!, now) is { } kept)
        {
            await ToolTelemetry.WatchAsync(definition.Name, trace, () => Task.FromResult(kept.Answer));
            return new CallToolResult { Content = composed.Write(kept.Json) };
        }
        var answer = await RunAsync(definition, () => CallOf(request), cancellationToken, trace);
        var result = Result(answer, composed);
        if (version is { } before && !answer.IsError && definition.MayKeep!(answer))
        {
            cache!.Keep(key!, new KeptAnswer(before, answer, composed.Json));
        }
        return result;
    }

    /// <summary>The tool of this name; null if there is none.</summary>
    public ToolDefinition? Find(string? name) => faces.GetValueOrDefault(name ?? "");

    /// <summary>The tool of this name if its calls can be followed; null for any other.</summary>
    public ToolDefinition? Followable(string? name) => Find(name) is { MakesWork: true } definition ? definition : null;

    /// <summary>A call as the request makes it.</summary>
    public ToolCall CallOf(RequestContext<CallToolRequestParams> request) => new(
        new ArgumentReader(request.Params?.Arguments?.ToDictionary() ?? []),
        token => links is null ? ClientRoots.OfAsync(request.Server, token) : Task.FromResult<IReadOnlyList<string>>([]),
        ProgressReporter.For(request))
    {
        Consent = approval.ForCall(request),
        MaySpend = MaySpend(request.User),
        MayChangeOthers = MayChangeOthers(request.User),
        Owner = OwnerOf(request.User),
    };

    /// <summary>Whose a caller's work is; over stdio the caller is the user of this machine, as over loopback without tokens.</summary>
    public string OwnerOf(ClaimsPrincipal? caller) => links is null ? CallerClaims.OfThisMachine : CallerClaims.NameOf(caller);

    /// <summary>True for a caller who may change what is another's.</summary>
    public bool MayChangeOthers(ClaimsPrincipal? caller) => links is null || CallerClaims.May(caller, TokenScopes.Admin);

    /// <summary>True for a caller who may spend: the user over stdio, elsewhere whoever's token says so.</summary>
    public bool MaySpend(ClaimsPrincipal? caller) => links is null || CallerClaims.May(caller, TokenScopes.Spend);

    /// <summary>Has a tool answer; what it did not foresee is logged and told as an error.</summary>
    public Task<Answer> RunAsync(
        ToolDefinition definition,
        Func<ToolCall> call,
        CancellationToken cancellationToken,
        string? trace = null) =>
        ToolTelemetry.WatchAsync(definition.Name, trace, () => AnswerAsync(definition, call, cancellationToken));

    /// <summary>The trace that a client says its call is part of; null: none.</summary>
    public static string? TraceOf(RequestContext<CallToolRequestParams> request) =>
        request.Params?.Meta?["traceparent"] is JsonValue value && value.TryGetValue<string>(out var parent) ? parent : null;

    private async Task<Answer> AnswerAsync(ToolDefinition definition, Func<ToolCall> call, CancellationToken cancellationToken)
    {
        ToolCall? made = null;
        try
        {
            made = call();
            using var places = processes.As(made.Owner);
            return await definition.CallAsync(services.Value, made, cancellationToken);
        }
        catch (I2VException e)
        {
            return (made is null ? null : links?.OfMissing(e, made.Owner)) ?? AnswerComposer.OfError(e);
        }
        catch (Exception e) when (e is not OperationCanceledException and not McpException and not InputRequiredException
            and not PriceQuestionException)
        {
            faults.Write(definition.Name, e);
            return AnswerComposer.OfError(I2VException.FromDisk(e)
                ?? new I2VException(ErrorCode.ProviderFailed,
                    $"{definition.Name} failed unexpectedly; the server's log has the details. " + (definition.MakesWork
                        ? "If it had begun a job, the same call without fresh finds it and pays nothing twice."
                        : "Nothing was spent.")));
        }
    }

    /// <summary>An answer as the protocol carries it.</summary>
    /// <param name="answer">What a tool answered.</param>
    /// <param name="composed">What carries it past the SDK, where the transport takes that.</param>
    public CallToolResult Result(Answer answer, ComposedAnswer? composed = null) => composed is null
        ? new CallToolResult
        {
            Content = Content(answer),
            StructuredContent = AnswerJson.ToElement(answer.Structured),
            IsError = answer.IsError,
        }
        : new CallToolResult { Content = composed.Write(Content(answer), answer.Structured), IsError = answer.IsError };

    private List<ContentBlock> Content(Answer answer)
    {
        List<ContentBlock> content = [new TextContentBlock
        {
            Text = links is null
                ? ForeignText.Answer(answer.Text, LongestAnswer)
                : WithAddresses(ForeignText.Answer(answer.Text, LongestAnswer), answer, links),
        }];
        content.AddRange(answer.Pictures.Select(p => ImageContentBlock.FromBytes(p, "image/jpeg")));
        content.AddRange(answer.Links.Select(a => new ResourceLinkBlock
        {
            Uri = links is null ? new Uri(a.Path).AbsoluteUri : LinkOf(a, links),
            Name = a.Handle,
            Title = a.Title,
            MimeType = a.MimeType,
            Size = a.Bytes,
        }));
        return content;
    }

    // A path is of another machine: where the words say one, they say an address that the user can open. What many links there are beyond
    // that say it themselves.
    private static string WithAddresses(string words, Answer answer, RemoteClientLinks links)
    {
        foreach (var (place, asset) in answer.Links.Index())
        {
            words = words.Replace(asset.Path, place < MostLinksInWords ? LinkOf(asset, links) : "", StringComparison.Ordinal);
        }
        if (answer.Links is [var captioned] && AssetHandle.TryParse(captioned.Handle, out var handle))
        {
            words = words.Replace(NextSteps.CaptionsBeside, $"Its captions: {links.SubtitlesOf(handle)}", StringComparison.Ordinal);
        }
        var gallery = (answer.Structured as WorkAnswer)?.Batch?.Id ?? (answer.Links.Count > 1 ? "newest" : null);
        return gallery is not null ? $"{words}\nAll of it in a browser, for a day as all addresses: {links.GalleryOf(gallery)}"
            : answer.Links.Count > 0 ? $"{words}\nThe address is good for a day."
            : words;
    }

    private static string LinkOf(AssetContent asset, RemoteClientLinks links) =>
        AssetHandle.TryParse(asset.Handle, out var handle) ? links.LinkOf(handle) : asset.Uri;
}
