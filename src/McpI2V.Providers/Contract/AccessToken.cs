namespace McpI2V.Providers.Contract;

/// <summary>A token as it was given.</summary>
/// <param name="Text">What goes into the header.</param>
/// <param name="GoodFor">How long it is good from now on; null: nobody says.</param>
public sealed record AccessToken(Secret Text, TimeSpan? GoodFor);
