using System.Net;
using System.Text;

namespace McpI2V.Commands;

/// <summary>Writes one HTML file with everything the demo made inside it: it can be sent to somebody as it is.</summary>
internal static class Gallery
{
    private const string Head =
        """
        <!doctype html>
        <html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
        <title>McpI2V gallery</title>
        <style>
        body{font:16px/1.5 system-ui,sans-serif;margin:0 auto;max-width:1200px;padding:24px;background:#16181d;color:#e8e8e6}
        h1{font-size:26px}h2{font-size:17px;margin:36px 0 4px;font-weight:600}p{margin:0 0 12px;color:#9fa4ad}
        .grid{display:grid;grid-template-columns:repeat(auto-fill,minmax(170px,1fr));gap:14px;align-items:start}
        .grid.few{grid-template-columns:repeat(auto-fill,minmax(260px,320px))}
        figure{margin:0}video,img{width:100%;border-radius:8px;background:#000;display:block}
        figcaption{font-size:12px;color:#9fa4ad;margin-top:4px;word-break:break-word}.sheet{max-width:100%}
        </style>
        """;

    public static async Task WriteAsync(string path, string title, IReadOnlyList<DemoResult> results, CancellationToken cancellationToken)
    {
        await using var file = new StreamWriter(path, append: false, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
        await file.WriteLineAsync($"{Head}<h1>{WebUtility.HtmlEncode(title)}</h1>");
        foreach (var result in results)
        {
            await file.WriteLineAsync($"<h2>“{WebUtility.HtmlEncode(result.Turn.Say)}”</h2><p>{WebUtility.HtmlEncode(result.Turn.Call)}</p>");
            await file.WriteLineAsync($"<div class=\"grid{(result.Assets.Count <= 3 ? " few" : "")}\">");
            foreach (var asset in result.Assets)
            {
                var source = await DataUriAsync(asset["path"]!.GetValue<string>(), asset["mime_type"]!.GetValue<string>(), cancellationToken);
                var media = asset["kind"]!.GetValue<string>() == "clip"
                    ? $"<video src=\"{source}\" autoplay muted loop playsinline controls></video>"
                    : $"<img src=\"{source}\" alt=\"\">";
                await file.WriteLineAsync($"<figure>{media}<figcaption><b>{asset["handle"]}</b> {WebUtility.HtmlEncode(asset["title"]!.GetValue<string>())}</figcaption></figure>");
            }
            await file.WriteLineAsync("</div>");
            if (result.ContactSheet is { } sheet)
            {
                await file.WriteLineAsync($"<h2>Contact sheet</h2><img class=\"sheet\" src=\"{await DataUriAsync(sheet, "image/jpeg", cancellationToken)}\" alt=\"Contact sheet\">");
            }
        }
        await file.WriteLineAsync("</html>");
    }

    private static async Task<string> DataUriAsync(string path, string type, CancellationToken cancellationToken) =>
        $"data:{type};base64,{Convert.ToBase64String(await File.ReadAllBytesAsync(path, cancellationToken))}";
}
