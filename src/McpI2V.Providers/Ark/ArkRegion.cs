namespace McpI2V.Providers.Ark;

/// <summary>One of the two clouds that serve the same API: a key belongs to one of them, and so does a model's id.</summary>
/// <param name="Name">Its name in the setting Region.</param>
/// <param name="Title">Its name for people.</param>
/// <param name="Api">Its host.</param>
internal sealed record ArkRegion(string Name, string Title, Uri Api)
{
    /// <summary>The international one, in Asia-Pacific. The one in Europe has no Seedance (docs.byteplus.com).</summary>
    public static ArkRegion BytePlus { get; } = new(
        "byteplus",
        "BytePlus ModelArk",
        new Uri("https://ark.ap-southeast.bytepluses.com"));

    /// <summary>The Chinese one.</summary>
    public static ArkRegion Volcengine { get; } = new("volcengine", "Volcengine Ark", new Uri("https://ark.cn-beijing.volces.com"));

    /// <summary>Both, the usual one first.</summary>
    public static IReadOnlyList<ArkRegion> All { get; } = [BytePlus, Volcengine];

    /// <summary>The one that a key may belong to if it is not accepted here.</summary>
    public ArkRegion Other => this == BytePlus ? Volcengine : BytePlus;

    /// <summary>The region that a setting names.</summary>
    public static ArkRegion Named(string name) => All.First(r => r.Name == name);
}
