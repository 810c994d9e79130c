using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;

namespace McpI2V.Mcp.Calls;

/// <summary>The question whether the user agrees to a price, and what counts as yes.</summary>
internal static class PriceQuestion
{
    /// <summary>The question.</summary>
    /// <param name="price">The price and the limit, as a sentence.</param>
    public static InputRequest Ask(string price)
    {
        var words = $"{price} Do you agree?";
        return InputRequest.ForElicitation(new ElicitRequestParams
        {
            Message = words,
            RequestedSchema = new ElicitRequestParams.RequestSchema
            {
                Properties = { ["approve"] = new ElicitRequestParams.BooleanSchema
                {
                    Title = "Agree to the price",
                    Description = words,
                    Default = false,
                } },
                Required = ["approve"],
            },
        });
    }

    /// <summary>True if the answer is a plain yes.</summary>
    /// <exception cref="McpProtocolException">It is no answer to such a question.</exception>
    public static bool IsYes(JsonElement answer)
    {
        try
        {
            return IsYes(answer.Deserialize((JsonTypeInfo<ElicitResult>)McpJsonUtilities.DefaultOptions.GetTypeInfo(typeof(ElicitResult))));
        }
        catch (JsonException e)
        {
            throw new McpProtocolException(
                "inputResponses holds an answer that is no result of elicitation/create: {\"action\": \"accept\", \"content\": " +
                    "{\"approve\": true}}.",
                e,
                McpErrorCode.InvalidParams);
        }
    }

    private static bool IsYes(ElicitResult? answer) =>
        answer?.Action == "accept"
            && (answer.Content is null
                || !answer.Content.TryGetValue("approve", out var approve)
                || approve.ValueKind == JsonValueKind.True);
}
