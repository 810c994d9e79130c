using System.Text;
using McpI2V.Answers;
using McpI2V.Media;
using McpI2V.Media.Formats;

namespace McpI2V.Commands;

/// <summary>Writes one HTML file with everything the demo made inside it: it can be sent to somebody as it is.</summary>
internal static class Gallery
{
    public static async Task WriteAsync(string path, string title, IReadOnlyList<DemoResult> results, CancellationToken cancellationToken)
    {
        await using var file = new StreamWriter(path, append: false, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
        await file.WriteLineAsync(GalleryHtml.Begin(title));
        foreach (var result in results)
        {
            await file.WriteLineAsync($"<h2>“{GalleryHtml.Text(result.Turn.Say)}”</h2><p>{GalleryHtml.Text(result.Turn.Call)}</p>");
            await file.WriteLineAsync(GalleryHtml.BeginGrid(result.Assets.Count));
            foreach (var asset in result.Assets)
            {
                var source = await DataUriAsync(
                    asset["path"]!.GetValue<string>(),
                    asset["mime_type"]!.GetValue<string>(),
                    cancellationToken);
                await file.WriteLineAsync(GalleryHtml.Figure(
                    SnakeCase.Parse<MediaKind>(asset["kind"]!.GetValue<string>())!.Value,
                    source,
                    preview: null,
                    asset["handle"]!.GetValue<string>(),
                    asset["title"]!.GetValue<string>()));
            }
            await file.WriteLineAsync("</div>");
            if (result.ContactSheet is { } sheet)
            {
                await file.WriteLineAsync($"<h2>Contact sheet</h2><img class=\"sheet\" " +
                    $"src=\"{await DataUriAsync(sheet, "image/jpeg", cancellationToken)}\" alt=\"Contact sheet\">");
            }
        }
        await file.WriteLineAsync(GalleryHtml.End());
    }

    private static async Task<string> DataUriAsync(string path, string type, CancellationToken cancellationToken) =>
        $"data:{type};base64,{Convert.ToBase64String(await File.ReadAllBytesAsync(path, cancellationToken))}";
}
