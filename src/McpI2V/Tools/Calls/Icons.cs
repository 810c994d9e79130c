using ModelContextProtocol.Protocol;

namespace McpI2V.Tools.Calls;

/// <summary>
/// Drawings for clients that show icons: one shape a tool on a grid of nine, as SVG in a data URI. Every client reads them with the list
/// of tools, so they are as short as such a URI can be.
/// </summary>
internal static class Icons
{
    private const string Play = "M1,0v9l8-4z";

    private static readonly Dictionary<string, string> Shapes = new()
    {
        ["generate_still"] = "M0,8l3-6,2,3,1-1,3,4z",
        ["animate_image"] = Play,
        ["edit_clip"] = "M0,9V6l6-6,3,3-6,6z",
        ["batch_variants"] = "M0,0h5v5H0zM6,6h3v3H6z",
        ["assemble_clips"] = "M0,2h4v5H0zM5,2h4v5H5z",
        ["export_clip"] = "M3,9V4H0l4-4,4,4H5v5z",
        ["check_job"] = "M0,4l3,5,6-9-6,6z",
        ["cancel_job"] = "M1,1h7v7H1z",
        ["find_assets"] = "M0,0h6v5l3,3-1,1-3-3H0z",
        ["organize_assets"] = "M0,3l4-3,5,3v6H0z",
        ["save_element"] = "M2,0h5v9L4,6,2,9z",
        ["list_models"] = "M0,1h9v2H0zM0,6h9v2H0z",
    };

    /// <summary>A tool's icon.</summary>
    public static Icon OfTool(string name) => Draw(Shapes[name]);

    /// <summary>The server's icon.</summary>
    public static Icon OfServer() => Draw(Play);

    /// <summary>The server's icon as SVG, for its pages.</summary>
    public static string OfPages() => Svg(Play);

    private static Icon Draw(string shape) => new()
    {
        Source = "data:image/svg+xml," + Svg(shape)
            .Replace(" ", "%20", StringComparison.Ordinal)
            .Replace("<", "%3C", StringComparison.Ordinal)
            .Replace(">", "%3E", StringComparison.Ordinal),
    };

    private static string Svg(string shape) =>
        $"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0,0,9,9'><path d='{shape}'/></svg>";
}
