using McpI2V.Providers.Schemas;

namespace McpI2V.Providers.Replicate;

/// <summary>A model as Replicate names it: <c>owner/name</c>, or one version of it, <c>owner/name:version</c>.</summary>
/// <param name="Owner">Whose it is.</param>
/// <param name="Name">Its name.</param>
/// <param name="Version">64 hex digits; null: the latest.</param>
internal sealed record ReplicateModelId(string Owner, string Name, string? Version)
{
    /// <summary>The model without its version.</summary>
    public string Model => $"{Owner}/{Name}";

    /// <summary>The id that a text writes; null: it writes none.</summary>
    public static ReplicateModelId? Parse(string text)
    {
        var (model, version) = text.Trim().Split(':', 2) is [var before, var after] ? (before, after) : (text.Trim(), null);
        return model.Split('/') is [var owner, var name]
            && ModelPath.IsWord(owner)
            && ModelPath.IsWord(name)
            && (version is null || (version.Length == 64 && version.All(char.IsAsciiHexDigit)))
            ? new ReplicateModelId(owner, name, version)
            : null;
    }

    /// <summary>As it was written.</summary>
    public override string ToString() => Version is null ? Model : $"{Model}:{Version}";
}
