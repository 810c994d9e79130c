namespace McpI2V.Tools.Calls;

/// <summary>What a call of a tool changes.</summary>
internal enum ToolEffect
{
    /// <summary>Nothing.</summary>
    Looks,

    /// <summary>It makes things, and may ask providers and spend.</summary>
    Makes,

    /// <summary>It keeps what it is given, in the place of what was there; the same call again changes nothing.</summary>
    Saves,

    /// <summary>It ends work.</summary>
    Cancels,
}
