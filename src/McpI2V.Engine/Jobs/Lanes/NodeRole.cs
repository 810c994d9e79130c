namespace McpI2V.Engine.Jobs.Lanes;

/// <summary>What a node does of a library that several share.</summary>
public enum NodeRole
{
    /// <summary>It answers, and does jobs.</summary>
    All,

    /// <summary>It answers, and renders nothing. It does paid jobs where ffmpeg is, which fits what goes out and looks at what
    /// comes.</summary>
    Front,

    /// <summary>It does jobs, and nobody speaks to it.</summary>
    Render,
}
