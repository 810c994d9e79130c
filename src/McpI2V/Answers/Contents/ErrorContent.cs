using System.Text.Json.Serialization;
using McpI2V.Answers.Writing;
using McpI2V.Engine;
using McpI2V.Media;

namespace McpI2V.Answers.Contents;

/// <summary>An error for programs.</summary>
internal sealed record ErrorContent
{
    /// <summary>What kind of error: a word of <see cref="ErrorCode"/>.</summary>
    [Core]
    public required string Code { get; init; }

    /// <summary>What happened, which argument, what to do next.</summary>
    [JsonConverter(typeof(OwnTextConverter))]
    public required string Message { get; init; }

    /// <summary>The argument at fault.</summary>
    public string? Argument { get; init; }

    /// <summary>Where the file can be sent to that the argument names.</summary>
    public UploadContent? Upload { get; init; }

    /// <summary>An error.</summary>
    /// <param name="code">Its code.</param>
    /// <param name="message">Its message, fit for the model.</param>
    /// <param name="argument">The argument at fault.</param>
    public static ErrorContent Of(ErrorCode code, string message, string? argument) => new()
    {
        Code = SnakeCase.From(code),
        Message = message,
        Argument = argument,
    };
}
