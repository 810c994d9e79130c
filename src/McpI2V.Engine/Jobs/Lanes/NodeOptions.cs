using System.Globalization;
using McpI2V.Media;

namespace McpI2V.Engine.Jobs.Lanes;

/// <summary>What this process is among those of one library: section <c>Node</c>.</summary>
public sealed class NodeOptions(SettingsSection settings)
{
    private const int LongestName = 60;

    /// <summary>What holds where nothing is set.</summary>
    public NodeOptions()
        : this(SettingsSection.Unset)
    {
    }

    /// <summary>What it does: all, front or render; all unless set. <c>--role</c> goes before it.</summary>
    public NodeRole Role { get; init; } = RoleIn(settings);

    /// <summary>What the logs of the others call it, in at most 60 letters; machine and process unless set.</summary>
    public string Name { get; init; } = NameIn(settings);

    /// <summary>The same in another role.</summary>
    public NodeOptions As(NodeRole role) => new() { Role = role, Name = Name };

    private static NodeRole RoleIn(SettingsSection settings) =>
        SnakeCase.Parse<NodeRole>(settings.OneOf("Role", [.. Enum.GetValues<NodeRole>().Select(SnakeCase.From)]))!.Value;

    private static string NameIn(SettingsSection settings)
    {
        var usual = string.Create(CultureInfo.InvariantCulture, $"{Environment.MachineName}:{Environment.ProcessId}");
        if (settings.Text("Name") is not { } text)
        {
            return usual;
        }
        if (text.Length <= LongestName)
        {
            return ForeignText.Line(text);
        }
        settings.Refuse("Name", $"has {text.Length} letters; at most {LongestName} are allowed");
        return usual;
    }
}
