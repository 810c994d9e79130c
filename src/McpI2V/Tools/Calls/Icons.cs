using System.Text;
using ModelContextProtocol.Protocol;

namespace McpI2V.Tools.Calls;

/// <summary>Small drawings for clients that show icons: one shape a tool, as SVG in a data URI.</summary>
internal static class Icons
{
    private const string Frame = "<rect x='3' y='5' width='18' height='14' rx='2'/>";
    private const string Play = "<path d='M10 9l5 3-5 3z' fill='currentColor'/>";

    private static readonly Dictionary<string, string> Shapes = new()
    {
        ["generate_still"] = Frame + "<path d='M3 16l5-5 4 4 3-3 6 6'/>",
        ["animate_image"] = Frame + Play,
        ["edit_clip"] = "<path d='M5 7l14 10M5 17L19 7'/><circle cx='5' cy='6' r='2'/><circle cx='5' cy='18' r='2'/>",
        ["batch_variants"] = "<rect x='3' y='3' width='8' height='8'/><rect x='13' y='3' width='8' height='8'/><rect x='3' y='13' " +
            "width='8' height='8'/><rect x='13' y='13' width='8' height='8'/>",
        ["assemble_clips"] =
            "<rect x='2' y='8' width='6' height='8'/><rect x='9' y='8' width='6' height='8'/><rect x='16' y='8' width='6' height='8'/>",
        ["export_clip"] = "<path d='M12 3v12M7 8l5-5 5 5M4 15v5h16v-5'/>",
        ["check_job"] = "<circle cx='12' cy='12' r='9'/><path d='M12 7v5l3 3'/>",
        ["cancel_job"] = "<circle cx='12' cy='12' r='9'/><path d='M8 8l8 8M16 8l-8 8'/>",
        ["find_assets"] = "<circle cx='10' cy='10' r='6'/><path d='M15 15l6 6'/>",
        ["save_element"] = "<path d='M12 3l9 5-9 5-9-5zM3 8v8l9 5 9-5V8'/>",
        ["list_models"] = "<path d='M4 6h16M4 12h16M4 18h16'/>",
    };

    /// <summary>A tool's icon.</summary>
    public static Icon OfTool(string name) => Draw(Shapes[name]);

    /// <summary>The server's icon.</summary>
    public static Icon OfServer() => Draw(Frame + Play);

    /// <summary>The server's icon as SVG, for its pages.</summary>
    public static string OfPages() => Svg(Frame + Play);

    private static Icon Draw(string shapes) => new()
    {
        Source = "data:image/svg+xml;base64," + Convert.ToBase64String(Encoding.UTF8.GetBytes(Svg(shapes))),
        MimeType = "image/svg+xml",
        Sizes = ["any"],
    };

    private static string Svg(string shapes) =>
        $"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 24 24' fill='none' stroke='currentColor' stroke-width='1.8'>{shapes}</svg>";
}
