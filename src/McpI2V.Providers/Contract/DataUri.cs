using McpI2V.Engine.Providers;

namespace McpI2V.Providers.Contract;

/// <summary>Small inputs that travel inside the request.</summary>
public static class DataUri
{
    /// <summary>The file as a data URI.</summary>
    public static async Task<string> OfAsync(OrderInput input, CancellationToken cancellationToken) =>
        $"data:{input.Format.MimeType};base64,{Convert.ToBase64String(await File.ReadAllBytesAsync(input.Path, cancellationToken))}";
}
