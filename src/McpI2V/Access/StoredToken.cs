namespace McpI2V.Access;

/// <summary>A token as it is kept: never itself, only its hash.</summary>
/// <param name="Name">What its owner calls it.</param>
/// <param name="Hash">SHA-256 of the token, hexadecimal.</param>
/// <param name="Scopes">What it may do.</param>
/// <param name="CreatedAt">When it was made, ISO 8601.</param>
/// <param name="RevokedAt">When it was made useless, ISO 8601; it is kept since jobs and batches belong to its name.</param>
internal sealed record StoredToken(string Name, string Hash, string[] Scopes, string CreatedAt, string? RevokedAt = null);
