using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace McpI2V.EndToEnd.Faults;

public sealed class BadAddresses
{
    [Theory]
    [InlineData("http://169.254.169.254/latest/meta-data/")]
    [InlineData("https://169.254.169.254/x.jpg")]
    [InlineData("http://example.com/x.jpg")]
    [InlineData("https://localhost/x.jpg")]
    [InlineData("https://localhost./x.jpg")]
    [InlineData("https://127.0.0.1/x.jpg")]
    [InlineData("https://0.0.0.0/x.jpg")]
    [InlineData("https://2130706433/x.jpg")]
    [InlineData("https://[::1]/x.jpg")]
    [InlineData("https://[::ffff:127.0.0.1]/x.jpg")]
    [InlineData("https://[64:ff9b::7f00:1]/x.jpg")]
    [InlineData("https://10.0.0.1/x.jpg")]
    [InlineData("https://metadata.google.internal/x.jpg")]
    [InlineData("https://user@example.com/x.jpg")]
    [InlineData("https://example.com:8443/x.jpg")]
    public async Task No_private_address_is_fetched(string address)
    {
        using var library = new TestLibrary();
        await using var assistant = await Assistant.StartAsync(library);

        (await assistant.CallAsync("animate_image", new { image = address })).ShouldBe("input_forbidden", "image");
    }

    [Fact]
    public async Task A_trusted_server_may_serve_a_picture_and_nothing_else()
    {
        using var library = new TestLibrary();
        var photo = await TestMedia.StillAsync(library);
        var jpeg = await File.ReadAllBytesAsync(photo);
        await using var server = await ServeAsync(jpeg);
        var origin = server.Urls.First();
        await using var assistant = await Assistant.StartAsync(
            library,
            ("I2V__Inputs__TrustedOrigins", origin),
            ("I2V__Inputs__StallSeconds", "1"),
            ("I2V__Inputs__TimeoutSeconds", "3"),
            ("I2V__Inputs__MaxMegabytes", "1"));

        (await assistant.CallAsync("generate_still", new { prompt = "x", from = new[] { origin + "/photo.jpg" } })).ShouldSucceed();
        (await assistant.CallAsync("generate_still", new { prompt = "x", from = new[] { origin + "/moved" } })).ShouldSucceed();
        (await assistant.CallAsync("animate_image", new { image = origin + "/to-metadata" })).ShouldBe(
            "input_forbidden",
            "169.254.169.254");
        (await assistant.CallAsync("animate_image", new { image = origin + "/to-loopback" })).ShouldBe("input_forbidden");
        (await assistant.CallAsync("animate_image", new { image = origin + "/to-file" })).ShouldBe("input_forbidden");
        (await assistant.CallAsync("animate_image", new { image = origin + "/for-ever" })).ShouldBe("media_unreadable", "larger than 1 MB");
        (await assistant.CallAsync("animate_image", new { image = origin + "/drip" })).ShouldBe("media_unreadable", "too slow");
        (await assistant.CallAsync("animate_image", new { image = origin + "/silent" })).ShouldBe("media_unreadable", "too slow");
        (await assistant.CallAsync("animate_image", new { image = origin + "/short" })).ShouldBe("media_unreadable");
        (await assistant.CallAsync("animate_image", new { image = origin + "/circle" })).ShouldBe("input_forbidden", "redirects");
        (await assistant.CallAsync("animate_image", new { image = origin + "/gone?signature=SECRET" })).ShouldBe("media_unreadable", "404");
        Assert.DoesNotContain(
            "SECRET",
            (await assistant.CallAsync("animate_image", new { image = origin + "/gone?signature=SECRET" })).Text,
            StringComparison.Ordinal);
        Assert.Empty(library.TemporaryFiles);
    }

    private static async Task<WebApplication> ServeAsync(byte[] jpeg)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        app.MapGet("/photo.jpg", () => Results.Bytes(jpeg, "image/jpeg"));
        app.MapGet("/moved", () => Results.Redirect("/photo.jpg"));
        app.MapGet("/to-metadata", () => Results.Redirect("http://169.254.169.254/latest"));
        app.MapGet("/to-loopback", () => Results.Redirect("https://localhost/x.jpg"));
        app.MapGet("/to-file", (HttpResponse response) =>
        {
            response.StatusCode = 302;
            response.Headers.Location = "file:///etc/passwd";
        });
        app.MapGet("/circle", () => Results.Redirect("/circle"));
        app.MapGet("/for-ever", (HttpResponse response, CancellationToken gone) => WriteAsync(response, jpeg, TimeSpan.Zero, gone));
        app.MapGet(
            "/drip",
            (HttpResponse response, CancellationToken gone) => WriteAsync(response, jpeg[..1], TimeSpan.FromMilliseconds(400), gone));
        app.MapGet("/silent", (CancellationToken gone) => Task.Delay(Timeout.Infinite, gone));
        app.MapGet("/short", async (HttpContext context) =>
        {
            context.Response.ContentLength = jpeg.Length;
            await context.Response.Body.WriteAsync(jpeg.AsMemory(0, jpeg.Length / 2));
            await context.Response.Body.FlushAsync();
            context.Abort();
        });
        await app.StartAsync();
        return app;
    }

    private static async Task WriteAsync(HttpResponse response, byte[] piece, TimeSpan pause, CancellationToken gone)
    {
        while (!gone.IsCancellationRequested)
        {
            await response.Body.WriteAsync(piece, gone);
            await response.Body.FlushAsync(gone);
            await Task.Delay(pause, gone);
        }
    }
}
