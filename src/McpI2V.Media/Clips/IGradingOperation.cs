using McpI2V.Media.Grading;

namespace McpI2V.Media.Clips;

/// <summary>An operation that changes colours and nothing else.</summary>
internal interface IGradingOperation : IClipOperation
{
    /// <summary>What becomes of colours, in order.</summary>
    IReadOnlyList<IColourStep> Colours { get; }

    /// <summary>What is laid over that.</summary>
    GradeFinish Finish { get; }
}
