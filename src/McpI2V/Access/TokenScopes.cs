namespace McpI2V.Access;

/// <summary>What a token may do.</summary>
internal static class TokenScopes
{
    /// <summary>Look, plan, edit, and make what is free.</summary>
    public const string Use = "use";

    /// <summary>Spend money.</summary>
    public const string Spend = "spend";

    /// <summary>Everything else there may be.</summary>
    public const string Admin = "admin";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> All { get; } = [Use, Spend, Admin];
}
