namespace McpI2V.Http.Requests;

/// <summary>Why a body is not taken now.</summary>
internal enum BodyRefusal
{
    /// <summary>The caller has as much in flight as one may have.</summary>
    OfCaller,

    /// <summary>All callers together have.</summary>
    OfAll,
}
