using McpI2V.Media;

namespace McpI2V.Providers.Vertex;

/// <summary>What can be set for Vertex alone.</summary>
public sealed class VertexSettings(SettingsSection settings)
{
    /// <summary>What holds where nothing is set.</summary>
    public VertexSettings()
        : this(SettingsSection.Unset)
    {
    }

    /// <summary>The project that is asked and billed; null: the one that the credentials name.</summary>
    public string? Project { get; init; } = Plain(settings, "Project", "the id of a project, such as my-ads-123");

    /// <summary>Where the work is done.</summary>
    public string Location { get; init; } = Plain(settings, "Location", "a location such as us-central1")
        ?? VertexAddresses.UsualLocation;

    /// <summary>
    /// The user's own storage, through which inputs and results travel; null: they travel inside requests and answers.
    /// </summary>
    public string? Bucket { get; init; } = Plain(settings, "Bucket", "the bare name of a bucket, such as my-ads, without gs://");

    // Names that become part of an address.
    private static string? Plain(SettingsSection settings, string name, string allowed)
    {
        var text = settings.Text(name)?.Trim();
        if (text is null || text.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '-' or '_' or '.'))
        {
            return text;
        }
        settings.Refuse(name, $"is {ForeignText.Quote(text, 60)}; {allowed} is allowed");
        return null;
    }
}
