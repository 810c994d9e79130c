using System.Net;

namespace McpI2V.EndToEnd.Http;

/// <summary>What a person opens in a browser: files and galleries behind signed addresses.</summary>
public sealed class FilesAndPages
{
    [Fact]
    public async Task A_file_is_fetched_by_its_signed_address_and_by_no_other()
    {
        using var library = new TestLibrary();
        var photo = await TestMedia.StillAsync(library);
        await using var server = await HttpServer.StartAsync(library);
        await using var client = await server.ConnectAsync("2026-07-28");
        var made = await client.CallToolAsync(
            "animate_image",
            new Dictionary<string, object?> { ["image"] = photo, ["duration_seconds"] = 1, ["resolution"] = "480p" });
        var link = made.Content.OfType<ModelContextProtocol.Protocol.ResourceLinkBlock>().Single().Uri;
        var path = ToolAnswer.FromResult(made).Path;
        async Task<int> Status(string address) => (int)(await server.Http.GetAsync(address)).StatusCode;

        var whole = await server.Http.GetAsync(link);
        var request = new HttpRequestMessage(HttpMethod.Get, link);
        request.Headers.Range = new System.Net.Http.Headers.RangeHeaderValue(100, 199);
        var part = await server.Http.SendAsync(request);

        var text = ToolAnswer.FromResult(made).Text;
        Assert.Single(text.Split([' ', '\n']), link);
        Assert.DoesNotContain(path, text, StringComparison.Ordinal);
        var head = await server.Http.SendAsync(new HttpRequestMessage(HttpMethod.Head, link));
        Assert.Equal((200, new FileInfo(path).Length), ((int)head.StatusCode, head.Content.Headers.ContentLength));
        Assert.Empty(await head.Content.ReadAsByteArrayAsync());
        var read = (ModelContextProtocol.Protocol.BlobResourceContents)(await client.ReadResourceAsync(link)).Contents.Single();
        Assert.Equal("video/mp4", read.MimeType);
        Assert.Equal(await File.ReadAllBytesAsync(path), read.DecodedData.ToArray());
        await Assert.ThrowsAnyAsync<ModelContextProtocol.McpException>(
            async () => await client.ReadResourceAsync(link.Replace("clip-1", "still-1", StringComparison.Ordinal)));
        Assert.Equal(await File.ReadAllBytesAsync(path), await whole.Content.ReadAsByteArrayAsync());
        Assert.Equal("video/mp4", whole.Content.Headers.ContentType!.MediaType);
        Assert.Equal("nosniff", whole.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.Equal((206, 100), ((int)part.StatusCode, (await part.Content.ReadAsByteArrayAsync()).Length));
        Assert.Equal(403, await Status(link.Replace("clip-1", "still-1", StringComparison.Ordinal)));
        Assert.Equal(403, await Status(link[..^1] + (link[^1] == '0' ? '1' : '0')));
        Assert.Equal(403, await Status(link.Split('?')[0]));
        Assert.Equal(403, await Status(link.Replace("expires=", "expires=9", StringComparison.Ordinal)));
        Assert.Equal(403, await Status(new Uri(server.Origin, "media/..%2f..%2flibrary.db?expires=99999999999&signature=00").AbsoluteUri));
        Assert.Equal(401, await Status(new Uri(server.Origin, "media/../library.db").AbsoluteUri));
        Assert.Equal(401, await Status(new Uri(server.Origin, "media/").AbsoluteUri));
        File.Delete(path);
        Assert.Equal(404, await Status(link));
    }

    [Fact]
    public async Task The_captions_of_an_export_are_fetched_by_their_own_address_from_the_answer_and_from_the_page()
    {
        using var library = new TestLibrary();
        var photo = await TestMedia.StillAsync(library);
        await using var server = await HttpServer.StartAsync(library);
        await using var client = await server.ConnectAsync("2026-07-28");
        async Task<ToolAnswer> CallAsync(string tool, Dictionary<string, object?> arguments) =>
            ToolAnswer.FromResult(await client.CallToolAsync(tool, arguments)).ShouldSucceed();
        var clip = await CallAsync(
            "animate_image",
            new() { ["image"] = photo, ["duration_seconds"] = 1, ["resolution"] = "480p", ["quality"] = "draft" });

        var made = await CallAsync("export_clip", new()
        {
            ["clip"] = clip.Handle,
            ["platforms"] = new[] { "reels" },
            ["captions"] = "1\n00:00:00,000 --> 00:00:00,900\nHello there\n",
        });
        var said = made.Text.Split([' ', '\n']).Single(w => w.Contains("/subtitles?", StringComparison.Ordinal));
        var newest = await CallAsync("find_assets", []);
        var gallery = newest.Text.Split([' ', '\n']).Single(w => w.Contains("/gallery/newest?", StringComparison.Ordinal));
        var page = await server.Http.GetStringAsync(gallery);
        var linked = WebUtility.HtmlDecode(page.Split("\">captions</a>")[0].Split("<a href=\"")[^1]);

        foreach (var address in new[] { new Uri(said), new Uri(new Uri(server.Origin, "gallery/"), linked) })
        {
            var file = await server.Http.GetAsync(address);
            Assert.Equal((200, "application/x-subrip"), ((int)file.StatusCode, file.Content.Headers.ContentType!.MediaType));
            Assert.EndsWith(".srt", file.Content.Headers.ContentDisposition!.FileName, StringComparison.Ordinal);
            Assert.Contains("Hello there", await file.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }
        Assert.DoesNotContain("beside it", made.Text, StringComparison.Ordinal);
        Assert.Equal(403, (int)(await server.Http.GetAsync(said.Replace("/subtitles", "", StringComparison.Ordinal))).StatusCode);
        Assert.Equal(2, page.Split("\">captions</a>").Length);
    }

    [Fact]
    public async Task A_batch_is_seen_in_a_browser_while_it_is_made_and_after()
    {
        using var library = new TestLibrary();
        var photo = await TestMedia.StillAsync(library);
        await using var server = await HttpServer.StartAsync(library, "", ("I2V__Jobs__PauseAt", "running"));
        await using var client = await server.ConnectAsync("2026-07-28");
        Dictionary<string, object?> batch = new()
        {
            ["name"] = "<b>spring</b>",
            ["images"] = new[] { photo },
            ["cameras"] = new[] { "push_in", "pan_left" },
            ["duration_seconds"] = 1,
            ["resolution"] = "480p",
            ["quality"] = "draft",
            ["wait_seconds"] = 0,
        };
        var begun = ToolAnswer.FromResult(await client.CallToolAsync("batch_variants", batch)).ShouldSucceed();
        var address = new Uri(begun.Text.Split([' ', '\n']).Single(w => w.Contains("/gallery/batch-1?", StringComparison.Ordinal)));
        var open = await server.Http.GetStringAsync(address);
        await server.KillAsync();

        await using var after = await HttpServer.StartAsync(library);
        await using var again = await after.ConnectAsync("2026-07-28", server.Token);
        var done = ToolAnswer.FromResult(await again.CallToolAsync(
            "check_job",
            new Dictionary<string, object?> { ["id"] = "batch-1", ["wait_seconds"] = 60 })).ShouldSucceed();
        var page = await after.Http.GetAsync(new Uri(after.Origin, address.PathAndQuery));
        var html = await page.Content.ReadAsStringAsync();
        string[] Sources(string name) => [.. html.Split(name + "=\"").Skip(1).Select(s => WebUtility.HtmlDecode(s.Split('"')[0]))];

        Assert.Contains("http-equiv=\"refresh\"", open, StringComparison.Ordinal);
        Assert.DoesNotContain("<video", open, StringComparison.Ordinal);
        Assert.Contains("/gallery/batch-1?", done.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("refresh", html, StringComparison.Ordinal);
        Assert.Contains("spring", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<b>spring", html, StringComparison.Ordinal);
        Assert.Contains("media-src 'self'", page.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        Assert.Equal(2, Sources("<video src").Length);
        foreach (var source in Sources("<video src"))
        {
            var file = await after.Http.GetAsync(new Uri(new Uri(after.Origin, "gallery/"), source));
            Assert.Equal((200, "video/mp4"), ((int)file.StatusCode, file.Content.Headers.ContentType!.MediaType));
        }
        Assert.Equal(
            403,
            (int)(await after.Http.GetAsync(new Uri(
                after.Origin,
                address.PathAndQuery.Replace("batch-1", "batch-2", StringComparison.Ordinal)))).StatusCode);
        var newest = ToolAnswer.FromResult(await again.CallToolAsync("find_assets", new Dictionary<string, object?>())).ShouldSucceed();
        html = await after.Http.GetStringAsync(newest.Text
            .Split([' ', '\n'])
            .Single(w => w.Contains("/gallery/newest?", StringComparison.Ordinal)));
        var preview = Assert.Single(Sources("<img src"));
        Assert.Equal(
            "image/jpeg",
            (await after.Http.GetAsync(new Uri(new Uri(after.Origin, "gallery/"), preview))).Content.Headers.ContentType!.MediaType);
        Assert.Equal(
            403,
            (int)(await after.Http.GetAsync(new Uri(
                new Uri(after.Origin, "gallery/"),
                preview.Replace("/preview", "", StringComparison.Ordinal)))).StatusCode);
    }
}
