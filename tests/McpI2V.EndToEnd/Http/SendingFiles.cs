using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using ModelContextProtocol.Client;

namespace McpI2V.EndToEnd.Http;

/// <summary>Files of a caller on another machine: sent to an address that an answer gives, once, and never through the model.</summary>
public sealed class SendingFiles : IDisposable
{
    private readonly TestLibrary library = new();
    private readonly TestLibrary far = new("i2v-far-");

    public void Dispose()
    {
        library.Dispose();
        far.Dispose();
    }

    [Fact]
    public async Task A_path_of_the_callers_machine_is_answered_with_an_address_and_the_reference_works_once_the_file_is_there()
    {
        var photo = await TestMedia.StillAsync(far, "my photo.jpg");
        await using var server = await HttpServer.StartAsync(library);
        await using var client = await server.ConnectAsync("2026-07-28");
        var refused = (await AnimateAsync(client, photo)).ShouldBe(
            "input_forbidden",
            "my photo.jpg",
            "PUT",
            "curl -T",
            "Nothing was spent");
        var upload = refused.Structured["error"]!["upload"]!;
        var reference = upload["reference"]!.GetValue<string>();
        (await AnimateAsync(client, reference)).ShouldBe("not_found", "nothing was sent");

        var sent = await PutAsync(server, upload, await File.ReadAllBytesAsync(photo));
        var made = (await AnimateAsync(client, reference)).ShouldSucceed();

        Assert.Equal(201, sent.Status);
        Assert.Equal("still-1", sent.Json["handle"]!.GetValue<string>());
        Assert.Equal("still-1", made.Assets[0]!["parent"]!.GetValue<string>());
        Assert.DoesNotContain(library.Inputs, refused.Text, StringComparison.Ordinal);
        Assert.Equal(410, (await PutAsync(server, upload, await File.ReadAllBytesAsync(photo))).Status);
        Assert.Empty(library.TemporaryFiles);
    }

    [Fact]
    public async Task What_was_not_announced_is_refused_and_the_address_stays_good()
    {
        var photo = await TestMedia.StillAsync(far);
        var clip = await TestMedia.ClipAsync(far, seconds: 1, size: "160x120");
        await using var server = await HttpServer.StartAsync(library, "", ("I2V__Inputs__MaxMegabytes", "1"));
        await using var client = await server.ConnectAsync("2026-07-28");
        var upload = (await AnimateAsync(client, photo)).Structured["error"]!["upload"]!;
        var large = new byte[2_000_000];

        Assert.Equal(413, (await PutAsync(server, upload, large)).Status);
        Assert.Equal(413, (await PutAsync(server, upload, large, isChunked: true)).Status);
        Assert.Equal(415, (await PutAsync(server, upload, await File.ReadAllBytesAsync(clip))).Status);
        Assert.Equal(415, (await PutAsync(server, upload, "<script>"u8.ToArray())).Status);
        Assert.Equal(415, (await PutAsync(server, upload, [])).Status);
        Assert.Equal(415, (await PutAsync(server, upload, await File.ReadAllBytesAsync(photo), type: "video/mp4")).Status);
        Assert.Equal(
            403,
            (await PutAsync(server, Altered(upload, "signature=", "signature=0"), await File.ReadAllBytesAsync(photo))).Status);
        Assert.Equal(403, (await PutAsync(server, Altered(upload, "expires=", "expires=9"), await File.ReadAllBytesAsync(photo))).Status);
        Assert.Equal(403, (await PutAsync(server, Altered(upload, "/upload/", "/upload/A"), await File.ReadAllBytesAsync(photo))).Status);
        Assert.Equal(
            403,
            (await PutAsync(server, Altered(upload, "/upload/", "/upload/..%2f"), await File.ReadAllBytesAsync(photo))).Status);
        Assert.Empty(library.MediaFiles);
        Assert.Equal(201, (await PutAsync(server, upload, await File.ReadAllBytesAsync(photo), isChunked: true)).Status);
        Assert.Empty(library.TemporaryFiles);
    }

    [Fact]
    public async Task A_line_that_breaks_and_a_server_that_is_killed_leave_the_address_good()
    {
        var photo = await TestMedia.StillAsync(far);
        JsonNode upload;
        await using (var first = await HttpServer.StartAsync(library, "--no-token"))
        {
            await using var client = await first.ConnectAsync("2026-07-28");
            upload = (await AnimateAsync(client, photo)).Structured["error"]!["upload"]!;
            var address = new Uri(upload["url"]!.GetValue<string>());
            using (var broken = new TcpClient())
            {
                await broken.ConnectAsync("127.0.0.1", address.Port);
                await broken
                    .GetStream()
                    .WriteAsync(Encoding.ASCII.GetBytes(
                        $"PUT {address.PathAndQuery} HTTP/1.1\r\nHost: 127.0.0.1:{address.Port}\r\nContent-Length: 100000\r\n\r\nhalf"));
                await Eventually.IsSoAsync(() => library.TemporaryFiles.Count > 0, "it begins to come");
            }
            await Eventually.IsSoAsync(() => library.TemporaryFiles.Count == 0, "what came is swept");
            await Eventually.IsSoAsync(async () => (await PutAsync(first, upload, [1, 2, 3])).Status == 415, "another may send");
            using var late = new TcpClient();
            await late.ConnectAsync("127.0.0.1", address.Port);
            await late
                .GetStream()
                .WriteAsync(Encoding.ASCII.GetBytes(
                    $"PUT {address.PathAndQuery} HTTP/1.1\r\nHost: 127.0.0.1:{address.Port}\r\nContent-Length: 100000\r\n\r\nhalf"));
            await Eventually.IsSoAsync(() => library.TemporaryFiles.Count > 0, "it comes again");
            await first.KillAsync();
        }

        await using var second = await HttpServer.StartAsync(library, "--no-token");
        var sent = await PutAsync(
            second,
            Altered(
                upload,
                new Uri(upload["url"]!.GetValue<string>()).GetLeftPart(UriPartial.Authority),
                second.Origin.GetLeftPart(UriPartial.Authority)),
            await File.ReadAllBytesAsync(photo));

        Assert.Equal(201, sent.Status);
        Assert.Empty(library.TemporaryFiles);
    }

    [Fact]
    public async Task Of_two_senders_at_once_one_is_taken()
    {
        var photo = await TestMedia.StillAsync(far);
        await using var server = await HttpServer.StartAsync(library);
        await using var client = await server.ConnectAsync("2026-07-28");
        var upload = (await AnimateAsync(client, photo)).Structured["error"]!["upload"]!;
        var bytes = await File.ReadAllBytesAsync(photo);

        var sent = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => PutAsync(server, upload, bytes)));

        Assert.Single(sent, s => s.Status == 201);
        Assert.All(sent, s => Assert.Contains(s.Status, new[] { 201, 409, 410 }));
        Assert.Single(library.MediaFiles);
    }

    [Fact]
    public async Task A_person_who_opens_the_address_gets_a_page_that_runs_nothing_but_its_own_script()
    {
        var photo = await TestMedia.StillAsync(far, "a<b>.jpg");
        await using var server = await HttpServer.StartAsync(library);
        await using var client = await server.ConnectAsync("2026-07-28");
        var upload = (await AnimateAsync(client, photo)).Structured["error"]!["upload"]!;
        var url = upload["url"]!.GetValue<string>();

        var page = await server.Http.GetAsync(url);
        var text = await page.Content.ReadAsStringAsync();

        Assert.Equal(200, (int)page.StatusCode);
        Assert.Contains("a‹b&gt;.jpg", text, StringComparison.Ordinal);
        Assert.Contains("accept=\"image/*\"", text, StringComparison.Ordinal);
        Assert.Contains("default-src 'none'", page.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Forbidden, (await server.Http.GetAsync(url + "0")).StatusCode);
        await PutAsync(server, upload, await File.ReadAllBytesAsync(photo));
        Assert.Equal(HttpStatusCode.Gone, (await server.Http.GetAsync(url)).StatusCode);
    }

    [Fact]
    public async Task Over_stdio_nothing_of_this_is_said()
    {
        await using var assistant = await Assistant.StartAsync(library);

        var refused = (await assistant.CallAsync("animate_image", new { image = await TestMedia.StillAsync(far) })).ShouldBe(
            "input_forbidden",
            "I2V__Inputs__Roots");

        Assert.Null(refused.Structured["error"]!["upload"]);
    }

    private static async Task<ToolAnswer> AnimateAsync(McpClient client, string image) =>
        ToolAnswer.FromResult(await client.CallToolAsync(
            "animate_image",
            new Dictionary<string, object?> { ["image"] = image, ["duration_seconds"] = 1, ["resolution"] = "480p" }));

    private static JsonNode Altered(JsonNode upload, string part, string by) =>
        new JsonObject { ["url"] = upload["url"]!.GetValue<string>().Replace(part, by, StringComparison.Ordinal) };

    private static async Task<(int Status, JsonNode Json)> PutAsync(
        HttpServer server,
        JsonNode upload,
        byte[] bytes,
        bool isChunked = false,
        string? type = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Put, upload["url"]!.GetValue<string>())
        {
            Content = isChunked ? new StreamContent(new OneWayStream(bytes)) : new ByteArrayContent(bytes),
        };
        request.Content.Headers.ContentType = type is null ? null : MediaTypeHeaderValue.Parse(type);
        request.Headers.ExpectContinue = true;
        var answer = await server.Http.SendAsync(request);
        return ((int)answer.StatusCode, JsonNode.Parse(await answer.Content.ReadAsStringAsync())!);
    }

    // A length that is not known before is sent in chunks.
    private sealed class OneWayStream(byte[] bytes) : MemoryStream(bytes)
    {
        public override bool CanSeek => false;
    }
}
