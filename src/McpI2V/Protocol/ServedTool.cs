using McpI2V.Answers;
using McpI2V.Engine;
using McpI2V.Tools;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace McpI2V.Protocol;

/// <summary>Serves one tool over MCP: its description at once, its rooms only when it is called.</summary>
internal sealed class ServedTool(ToolFace face, ProgramRooms rooms) : McpServerTool
{
    /// <inheritdoc/>
    public override Tool ProtocolTool => face.Protocol;

    /// <inheritdoc/>
    public override IReadOnlyList<object> Metadata => [];

    /// <inheritdoc/>
    public override async ValueTask<CallToolResult> InvokeAsync(RequestContext<CallToolRequestParams> request, CancellationToken cancellationToken = default)
    {
        try
        {
            var arguments = new Arguments(request.Params?.Arguments?.ToDictionary() ?? []);
            var call = new ToolCall(arguments, token => ClientRoots.OfAsync(request.Server, token), ProgressTeller.For(request));
            return Result(await face.Call(rooms.Tools, call, cancellationToken));
        }
        catch (I2VException e)
        {
            return Result(AnswerComposer.OfError(e));
        }
        catch (Exception e) when (e is not OperationCanceledException and not McpException)
        {
            rooms.LogUnexpected(face.Protocol.Name, e);
            return Result(AnswerComposer.OfError(I2VException.FromDisk(e) ?? new I2VException(ErrorCode.ProviderFailed, $"{face.Protocol.Name} failed unexpectedly; the server's log has the details. Nothing was spent by this call.")));
        }
    }

    private static CallToolResult Result(Answer answer)
    {
        List<ContentBlock> content = [new TextContentBlock { Text = answer.Text }];
        content.AddRange(answer.Pictures.Select(p => ImageContentBlock.FromBytes(p, "image/jpeg")));
        content.AddRange(answer.Links.Select(a => new ResourceLinkBlock { Uri = a.Uri, Name = a.Handle.ToString(), Title = a.Title, MimeType = a.Format.MimeType, Size = a.Bytes }));
        return new CallToolResult { Content = content, StructuredContent = answer.Structured.Element(), IsError = answer.IsError };
    }
}
