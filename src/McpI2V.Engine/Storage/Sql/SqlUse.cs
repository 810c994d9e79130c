namespace McpI2V.Engine.Storage.Sql;

/// <summary>What a transaction is for.</summary>
internal enum SqlUse
{
    /// <summary>It reads.</summary>
    Read,

    /// <summary>It writes what answers tell of, or what somebody waits for.</summary>
    Write,

    /// <summary>It writes what no answer tells of and nobody waits for: nobody is told.</summary>
    WriteUnheard,
}
