using System.Text.Json.Serialization;
using McpI2V.Media;

namespace McpI2V.Engine.Providers;

/// <summary>The provider's name for a request, written down before anything else happens with it. Holds no secret.</summary>
/// <param name="Id">The provider's id.</param>
/// <param name="Path">Where it is looked up, relative to the provider's base; null: the provider knows by the id.</param>
public sealed record RemoteTask(string Id, string? Path = null)
{
    private const int LongestShown = 120;

    /// <summary>The provider's id for a message: its own words, so quoted and plain.</summary>
    [JsonIgnore]
    public string Shown => ForeignText.Quote(Id, LongestShown);
}
