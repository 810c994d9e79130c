using McpI2V.Access;
using McpI2V.Answers;
using McpI2V.Answers.Contents;
using McpI2V.Engine;
using McpI2V.Engine.Library.Import;
using McpI2V.Engine.Library.Uploads;
using McpI2V.Media;

namespace McpI2V.Http.Files;

/// <summary>Addresses to which a file can be sent, once: no file goes through a model.</summary>
internal sealed class UploadLinks(LinkSigner signer, Lazy<UploadStore> uploads, Lazy<AssetImporter> importer)
{
    /// <summary>The answer to a call that names a file which can't be read here.</summary>
    /// <exception cref="I2VException">The library can't be opened.</exception>
    public Answer? OfMissing(I2VException e, string owner)
    {
        if (e.Missing is not { } missing)
        {
            return null;
        }
        if (missing.IsText)
        {
            return AnswerComposer.OfError(new I2VException(
                e.Code,
                $"{e.Argument}: {ForeignText.Quote(missing.Name, 80)} can't be read on the server's machine. Pass its text itself. " +
                    "Nothing was spent.",
                e.Argument));
        }
        var offer = uploads.Value.Offer(owner, RpcErrors.Shown(missing.Name), missing.Kind, importer.Value.MaxBytes);
        var url = signer.Sign(PathOf(offer.Id), offer.ExpiresAt);
        var what = offer.Kind is { } kind ? $"a {SnakeCase.From(kind)}" : "a still, a clip or a sound";
        var message = $"""
            {e.Argument}: "{offer.Name}" can't be read on the server's machine. Send the file: PUT it once, until {offer.ExpiresAt:HH:mm} UTC, {what} of at most {offer.MaxBytes / 1_000_000} MB, to
            {url}
            for example with curl -T FILE "URL". Without a shell, let the user open the address in a browser and choose the file. Then call again with {e.Argument} "{offer.Reference}". Nothing was spent.
            """;
        var answer = AnswerComposer.OfError(e.Code, message, e.Argument);
        UploadContent upload = new()
        {
            Method = "PUT",
            Url = url,
            Reference = offer.Reference,
            Kind = offer.Kind is { } wanted ? SnakeCase.From(wanted) : null,
            MaxBytes = offer.MaxBytes,
            ExpiresAt = offer.ExpiresAt.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", null),
        };
        return answer with { Structured = answer.Structured with { Error = answer.Structured.Error! with { Upload = upload } } };
    }

    /// <summary>The offer behind an address; null if the address is not good.</summary>
    public UploadOffer? Find(string id, string? expires, string? signature) =>
        signer.IsGood(PathOf(id), expires, signature) ? uploads.Value.Find(id) : null;

    private static string PathOf(string id) => $"upload/{id}";
}
