using ModelContextProtocol;
using ModelContextProtocol.Protocol;

namespace McpI2V.ConformanceHost;

/// <summary>The suite's resources.</summary>
internal static class FixtureResources
{
    private const string TemplateBegin = "test://template/";
    private const string TemplateEnd = "/data";

    public static ListResourcesResult List() => new()
    {
        Resources =
        [
            new Resource { Uri = "test://static-text", Name = "static-text", Description = "A text.", MimeType = "text/plain" },
            new Resource { Uri = "test://static-binary", Name = "static-binary", Description = "A picture.", MimeType = "image/png" },
            new Resource
            {
                Uri = "test://watched-resource",
                Name = "watched-resource",
                Description = "A text to subscribe to.",
                MimeType = "text/plain",
            },
        ],
    };

    public static ListResourceTemplatesResult ListTemplates() => new()
    {
        ResourceTemplates = [new ResourceTemplate
        {
            UriTemplate = "test://template/{id}/data",
            Name = "template",
            Description = "Data by id.",
            MimeType = "application/json",
        }],
    };

    public static ReadResourceResult Read(string uri, bool isStateless) => uri switch
    {
        "test://static-text" => Of(new TextResourceContents
        {
            Uri = uri,
            MimeType = "text/plain",
            Text = "This is the content of the static text resource.",
        }),
        "test://static-binary" => Of(BlobResourceContents.FromBytes(ContentTools.Pixel, uri, "image/png")),
        "test://watched-resource" => Of(new TextResourceContents { Uri = uri, MimeType = "text/plain", Text = "watched" }),
        _ when uri.StartsWith(TemplateBegin, StringComparison.Ordinal) && uri.EndsWith(TemplateEnd, StringComparison.Ordinal) => OfTemplate(
            uri,
            uri[TemplateBegin.Length..^TemplateEnd.Length]),
        _ => throw new McpProtocolException(
            "Resource not found",
            isStateless ? McpErrorCode.InvalidParams : McpErrorCode.ResourceNotFound) { Data = { ["uri"] = uri } },
    };

    private static ReadResourceResult OfTemplate(string uri, string id) =>
        Of(new TextResourceContents
        {
            Uri = uri,
            MimeType = "application/json",
            Text = $$"""{"id":"{{id}}","templateTest":true,"data":"Data for ID: {{id}}"}""",
        });

    private static ReadResourceResult Of(ResourceContents contents) => new() { Contents = [contents] };
}
