namespace McpI2V.Media.Clips.Rendering;

/// <summary>Keeps what operations found out about clips. Losing any of it costs only the time of looking again.</summary>
public interface IAnalysisCache
{
    /// <summary>Copies what is kept under a key to a path; false if there is nothing.</summary>
    /// <param name="key">Names what was looked at and how: lower-case hexadecimal digits.</param>
    /// <param name="path">A path in the work folder.</param>
    bool TryFetch(string key, string path);

    /// <summary>Keeps a copy of a file under a key, where there is room for it.</summary>
    void Keep(string key, string path);
}
