namespace McpI2V.EndToEnd.Conversations.Desks;

/// <summary>What is asked is answered alike over both.</summary>
public sealed class BothWays : TheoryData<Way>
{
    public BothWays() => AddRange(Way.Stdio, Way.Http);
}
