using McpI2V.Media;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace McpI2V.Mcp.Messages;

/// <summary>Makes errors of the protocol fit for the model, whoever composed them: the SDK repeats what it was sent.</summary>
internal static class FitErrors
{
    private const int Longest = 1_000;

    /// <summary>A filter around the sending of every message.</summary>
    public static McpMessageHandler Filter(McpMessageHandler next) => (context, cancellationToken) =>
    {
        if (context.JsonRpcMessage is JsonRpcError { Error: { } error })
        {
            error.Message = ForeignText.Words(error.Message, Longest);
        }
        return next(context, cancellationToken);
    };
}
