using System.Net;
using McpI2V.Media.Formats;

namespace McpI2V.Answers;

/// <summary>How assets are shown in a browser: a page of figures.</summary>
internal static class GalleryHtml
{
    private const string Style =
        """
        body{font:16px/1.5 system-ui,sans-serif;margin:0 auto;max-width:1200px;padding:24px;background:#16181d;color:#e8e8e6}
        h1{font-size:26px}h2{font-size:17px;margin:36px 0 4px;font-weight:600}p{margin:0 0 12px;color:#9fa4ad}
        .grid{display:grid;grid-template-columns:repeat(auto-fill,minmax(170px,1fr));gap:14px;align-items:start}
        .grid.few{grid-template-columns:repeat(auto-fill,minmax(260px,320px))}
        figure{margin:0}video,img,audio,.open{width:100%;border-radius:8px;background:#000;display:block}.open{padding:40% 0;text-align:center;color:#9fa4ad}
        figcaption{font-size:12px;color:#9fa4ad;margin-top:4px;word-break:break-word}.sheet{max-width:100%}a{color:inherit}
        """;

    /// <summary>The page's beginning.</summary>
    /// <param name="title">Its heading.</param>
    /// <param name="nonce">What its content policy lets styles by; null for a file.</param>
    /// <param name="refreshSeconds">How often it loads itself again; zero: never.</param>
    public static string Begin(string title, string? nonce = null, int refreshSeconds = 0) =>
        $"""
        <!doctype html>
        <html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">{(refreshSeconds > 0 ? $"<meta http-equiv=\"refresh\" content=\"{refreshSeconds}\">" : "")}
        <title>{Text(title)}</title>
        <style{(nonce is null ? "" : $" nonce=\"{nonce}\"")}>
        {Style}
        </style>
        <h1>{Text(title)}</h1>
        """;

    /// <summary>The beginning of figures side by side.</summary>
    public static string BeginGrid(int count) => $"<div class=\"grid{(count <= 3 ? " few" : "")}\">";

    /// <summary>One asset.</summary>
    /// <param name="kind">What it is.</param>
    /// <param name="source">Its file's address.</param>
    /// <param name="preview">A still's small picture; null: the page holds all files inside it.</param>
    /// <param name="handle">Its handle.</param>
    /// <param name="caption">What is said of it.</param>
    /// <param name="subtitles">The address of the subtitles beside it; null: none.</param>
    public static string Figure(MediaKind kind, string source, string? preview, string handle, string caption, string? subtitles = null)
    {
        var isInside = preview is null;
        var media = kind switch
        {
            MediaKind.Clip when isInside => $"<video src=\"{source}\" autoplay muted loop playsinline controls></video>",
            MediaKind.Clip => $"<video src=\"{Text(source)}\" preload=\"metadata\" muted loop playsinline controls></video>",
            MediaKind.Audio => $"<audio src=\"{Text(source)}\" preload=\"none\" controls></audio>",
            _ when isInside => $"<img src=\"{source}\" alt=\"\">",
            _ => $"<a href=\"{Text(source)}\"><img src=\"{Text(preview!)}\" loading=\"lazy\" alt=\"\"></a>",
        };
        var beside = subtitles is null ? "" : $" <a href=\"{Text(subtitles)}\">captions</a>";
        return $"<figure>{media}<figcaption><b>{handle}</b> {Text(caption)}{beside}</figcaption></figure>";
    }

    /// <summary>What is not there yet.</summary>
    public static string Open(string name, string state, string caption) =>
        $"<figure><div class=\"open\">{Text(state)}</div><figcaption><b>{name}</b> {Text(caption)}</figcaption></figure>";

    /// <summary>The page's end.</summary>
    public static string End() => "</html>";

    /// <summary>A text as it stands in a page.</summary>
    public static string Text(string text) => WebUtility.HtmlEncode(text);
}
