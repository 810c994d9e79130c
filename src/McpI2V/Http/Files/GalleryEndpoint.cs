using System.Globalization;
using System.Text;
using McpI2V.Answers;
using McpI2V.Engine;
using McpI2V.Engine.Batches;
using McpI2V.Engine.Jobs;
using McpI2V.Engine.Jobs.States;
using McpI2V.Engine.Library;
using McpI2V.Http.Requests;
using McpI2V.Media;
using McpI2V.Tools.Calls;
using Microsoft.AspNetCore.Http;

namespace McpI2V.Http.Files;

/// <summary>
/// The page on which a person sees what was made: a batch while it is being made and after, or the newest of the library.
/// </summary>
internal sealed class GalleryEndpoint(MediaLinks links, Lazy<ToolServices> services)
{
    private const int MostShown = 200;
    private const int RefreshSeconds = 5;

    /// <summary>200 with the page; 403 for an address that is not good, 404 where there is no such batch.</summary>
    public async Task GetAsync(HttpContext context)
    {
        var nonce = BrowserHeaders.ForPage(context, "img-src 'self'; media-src 'self'");
        var what = (string)context.Request.RouteValues["what"]!;
        if (!links.IsGoodGallery(what, context.Request.Query["expires"], context.Request.Query["signature"]))
        {
            await LinkRefusal.WriteAsync(context, StatusCodes.Status403Forbidden);
            return;
        }
        try
        {
            var page = Batch.TryParse(what, out var batch) ? OfBatch(batch, nonce) : OfNewest(nonce);
            context.Response.ContentType = "text/html; charset=utf-8";
            await context.Response.WriteAsync(page, context.RequestAborted);
        }
        catch (I2VException e)
        {
            await LinkRefusal.WriteAsync(
                context,
                e.Code == ErrorCode.NotFound ? StatusCodes.Status404NotFound : StatusCodes.Status503ServiceUnavailable);
        }
    }

    private string OfBatch(long id, string nonce)
    {
        var batch = services.Value.Batches.Get(id);
        var variants = services.Value.Jobs.OfBatch(id).Where(j => j.Variant is not null).Take(MostShown).ToList();
        var isOpen = variants.Any(j => !JobTransitions.IsTerminal(j.State));
        var page = new StringBuilder(GalleryHtml.Begin($"{batch.Name} {batch.Title}", nonce, isOpen ? RefreshSeconds : 0));
        page.Append(CultureInfo.InvariantCulture, $"<p>{variants.Count(j => j.State == JobState.Succeeded)} of {variants.Count} " +
            $"made, {AnswerComposer.Cost(variants.Sum(j => j.CostUsd))}</p>{GalleryHtml.BeginGrid(variants.Count)}");
        foreach (var job in variants)
        {
            var made = services.Value.Library.Assets.OfJob(job.Id);
            page.Append(made.Count > 0
                ? string.Concat(made.Select(a => Figure(a, job.Title)))
                : GalleryHtml.Open(
                    job.Name,
                    job.State == JobState.Running ? job.Progress.ToString("P0", CultureInfo.InvariantCulture) : SnakeCase.From(job.State),
                    job.Title));
        }
        return page.Append("</div>").Append(GalleryHtml.End()).ToString();
    }

    private string OfNewest(string nonce)
    {
        var assets = services.Value.Library.Assets.Search(new AssetQuery { Limit = MostShown });
        var page = new StringBuilder(GalleryHtml.Begin("The newest", nonce)).Append(GalleryHtml.BeginGrid(assets.Count));
        foreach (var asset in assets)
        {
            page.Append(Figure(asset, asset.Title));
        }
        return page.Append("</div>").Append(GalleryHtml.End()).ToString();
    }

    private string Figure(Asset asset, string caption) => GalleryHtml.Figure(
        asset.Handle.Kind,
        links.PathOf(asset.Handle),
        links.PreviewPathOf(asset.Handle),
        asset.Handle.ToString(),
        caption,
        asset.HasCaptionsBeside ? links.SubtitlesPathOf(asset.Handle) : null);
}
