using System.Net;
using McpI2V.Engine.Library.Uploads;
using McpI2V.Media.Formats;

namespace McpI2V.Http.Files;

/// <summary>The page on which a person chooses the file that a tool asked for.</summary>
internal static class UploadPage
{
    private const string Style = "body{font:16px/1.5 system-ui,sans-serif;margin:12vh auto;max-width:32em;padding:0 " +
        "24px;background:#16181d;color:#e8e8e6}h1{font-size:22px}label{display:block;border:2px dashed " +
        "#555a64;border-radius:12px;padding:40px;text-align:center;cursor:pointer}label.over{border-color:#e8e8e6}input{display:" +
        "none}progress{width:100%;margin-top:20px}p{color:#9fa4ad}";

    private const string Script =
        """
        const input = document.querySelector('input'), label = document.querySelector('label'), bar = document.querySelector('progress'), say = document.querySelector('p');
        function send(file) {
          if (!file) return;
          const request = new XMLHttpRequest();
          request.open('PUT', location.href);
          request.upload.onprogress = e => { bar.hidden = false; bar.max = e.total; bar.value = e.loaded; };
          request.onerror = () => { say.textContent = 'The line broke. Choose the file again.'; };
          request.onload = () => {
            const answer = JSON.parse(request.responseText);
            say.textContent = request.status === 201 ? 'It is there as ' + answer.handle + '. Tell your assistant to go on.' : answer.message;
            if (request.status === 201) label.remove();
          };
          request.send(file);
        }
        input.onchange = () => send(input.files[0]);
        label.ondragover = e => { e.preventDefault(); label.classList.add('over'); };
        label.ondragleave = () => label.classList.remove('over');
        label.ondrop = e => { e.preventDefault(); label.classList.remove('over'); send(e.dataTransfer.files[0]); };
        """;

    /// <summary>The page; what it says where the address is not good, or was used.</summary>
    public static string Write(UploadOffer? offer, string nonce)
    {
        var body = offer switch
        {
            null => "<h1>This address is not good</h1><p>It was altered, or its time is over. Ask your assistant for another.</p>",
            { Asset: { } asset } => $"<h1>The file is there</h1><p>It is {asset}. Tell your assistant to go on.</p>",
            _ => $"<h1>Send {WebUtility.HtmlEncode(offer.Name)}</h1><label><input type=\"file\"{Accept(offer)}>Choose the file, or drop " +
                $"it here</label><progress hidden></progress><p>At most {offer.MaxBytes / 1_000_000} MB. " +
                $"It goes to this server and nowhere else.</p><script nonce=\"{nonce}\">{Script}</script>",
        };
        return $"<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width, " +
            $"initial-scale=1\"><title>Send a file</title><style nonce=\"{nonce}\">{Style}</style>{body}</html>";
    }

    /// <summary>How media types of a kind begin.</summary>
    public static string MajorTypeOf(MediaKind kind) => kind switch
    {
        MediaKind.Still => "image",
        MediaKind.Clip => "video",
        _ => "audio",
    };

    private static string Accept(UploadOffer offer) => offer.Kind is { } kind ? $" accept=\"{MajorTypeOf(kind)}/*\"" : "";
}
