using System.Security.Cryptography;
using McpI2V.Engine.Storage.Files;
using McpI2V.Engine.Storage.S3;
using McpI2V.Media;
using McpI2V.Servers;

namespace McpI2V.Engine.Tests.Storage;

/// <summary>Files in an S3 server: whole or not at all, whatever becomes of the line, the server or the process that sends.</summary>
public sealed class AnObjectStore : IDisposable
{
    private readonly string root = Directory.CreateTempSubdirectory("i2v-object-").FullName;
    private readonly List<IDisposable> opened = [];

    [Theory]
    [InlineData(1000)]
    [InlineData(S3Uploads.PartBytes)]
    [InlineData(2 * S3Uploads.PartBytes + 12_345)]
    public async Task What_one_node_sends_every_other_has(int bytes)
    {
        var settings = S3Server.Shared.NewLibrary();
        var (one, other) = (Store(settings), Store(settings));
        var (file, content) = Made(bytes);

        await one.PublishAsync(file, "2026/12/clip-1.mp4", default);

        Assert.False(File.Exists(file), "it was taken over");
        Assert.True(await other.ExistsAsync("2026/12/clip-1.mp4", default));
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(content)), await other.Sha256Async("2026/12/clip-1.mp4", default));
        foreach (var store in new[] { one, other })
        {
            await using var lease = await store.OpenAsync("2026/12/clip-1.mp4", default);
            Assert.Equal(content, await File.ReadAllBytesAsync(lease!.Path));
            Assert.EndsWith(".mp4", lease.Path, StringComparison.Ordinal);
        }
        await other.DeleteAsync("2026/12/clip-1.mp4", default);
        Assert.False(await one.ExistsAsync("2026/12/clip-1.mp4", default));
        Assert.Null(await other.OpenAsync("2026/12/clip-1.mp4", default));
        Assert.Null(await other.Sha256Async("2026/12/clip-1.mp4", default));
    }

    [Fact]
    public async Task What_takes_a_name_takes_the_place_of_what_had_it()
    {
        var settings = S3Server.Shared.NewLibrary();
        var store = Store(settings);
        await store.PublishAsync(Made(1000).File, "a.jpg", default);
        var (file, content) = Made(2000);

        await store.PublishAsync(file, "a.jpg", default);

        await using var here = await store.OpenAsync("a.jpg", default);
        await using var there = await Store(settings).OpenAsync("a.jpg", default);
        Assert.Equal(content, await File.ReadAllBytesAsync(here!.Path));
        Assert.Equal(content, await File.ReadAllBytesAsync(there!.Path));
    }

    [Fact]
    public async Task A_busy_server_a_cut_line_and_a_restart_are_waited_for()
    {
        using var server = new S3Server();
        using var line = new CutLine(server.Port);
        var settings = server.NewLibrary(line.Port);
        var (sender, reader) = (Store(settings), Store(settings));
        var (file, content) = Made(2 * S3Uploads.PartBytes + 1);
        line.IsBusy = true;
        var sending = sender.PublishAsync(file, "clip.mp4", default);
        await Task.Delay(1000);
        Assert.False(sending.IsCompleted);
        line.IsBusy = false;
        await sending;

        line.CutAnswerAfter(S3Uploads.PartBytes);
        await using (var lease = await reader.OpenAsync("clip.mp4", default))
        {
            Assert.Equal(content, await File.ReadAllBytesAsync(lease!.Path));
        }
        Assert.Equal(1, line.Cuts);

        server.Crash();
        var hashing = sender.Sha256Async("clip.mp4", default);
        await Task.Delay(1000);
        server.Restart();
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(content)), await hashing);
    }

    [Fact]
    public async Task What_a_process_sent_before_it_died_is_not_sent_again()
    {
        using var line = new CutLine(S3Server.Shared.Port);
        var settings = S3Server.Shared.NewLibrary(line.Port);
        var (file, content) = Made(4 * S3Uploads.PartBytes);
        using var dying = new CancellationTokenSource();
        var sending = Store(settings).PublishAsync(file, "clip.mp4", dying.Token);
        while (!File.Exists(S3Uploads.StateOf(file)))
        {
            await Task.Delay(5);
        }
        line.IsBusy = true;
        await dying.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sending);
        line.IsBusy = false;

        var next = Store(settings);
        await next.PublishAsync(file, "clip.mp4", default);

        Assert.Single(line.RequestLines, l => l.Contains("partNumber=1&", StringComparison.Ordinal));
        Assert.Single(line.RequestLines, l => l.Contains("?uploads", StringComparison.Ordinal));
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(content)), await next.Sha256Async("clip.mp4", default));
        Assert.Empty(Directory.GetFiles(root, "*.upload"));
    }

    [Fact]
    public async Task The_cache_is_bounded_and_keeps_what_is_held()
    {
        var settings = S3Server.Shared.NewLibrary();
        var near = Path.Combine(root, "near");
        var store = Store(settings, near, mostBytes: 3000);
        List<byte[]> contents = [];
        for (var i = 0; i < 5; i++)
        {
            var (file, content) = Made(1000);
            contents.Add(content);
            await Store(settings).PublishAsync(file, $"{i}.jpg", default);
        }
        await using var held = await store.OpenAsync("0.jpg", default);
        for (var i = 1; i < 5; i++)
        {
            await using var passing = await store.OpenAsync($"{i}.jpg", default);
        }

        Assert.InRange(Directory.GetFiles(near).Length, 1, 3);
        Assert.Equal(contents[0], await File.ReadAllBytesAsync(held!.Path));
        await using var again = await store.OpenAsync("1.jpg", default);
        Assert.Equal(contents[1], await File.ReadAllBytesAsync(again!.Path));
    }

    [Fact]
    public async Task Who_asks_for_what_is_on_its_way_waits_for_it()
    {
        using var line = new CutLine(S3Server.Shared.Port);
        var settings = S3Server.Shared.NewLibrary(line.Port);
        await Store(settings).PublishAsync(Made(100_000).File, "a.jpg", default);
        var store = Store(settings);

        var leases = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => store.OpenAsync("a.jpg", default)));

        Assert.All(leases, Assert.NotNull);
        Assert.Single(line.RequestLines, l => l.StartsWith("GET", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("../a.jpg")]
    [InlineData("a/../../b.jpg")]
    [InlineData("/etc/passwd")]
    [InlineData("a\\b.jpg")]
    [InlineData("a//b.jpg")]
    [InlineData("")]
    public async Task A_name_that_leads_out_is_refused(string name)
    {
        var store = Store(S3Server.Shared.NewLibrary());

        Assert.False(store.Holds(name));
        await Assert.ThrowsAsync<I2VException>(() => store.ExistsAsync(name, default));
        Assert.Throws<I2VException>(() => store.AddressOf(name));
    }

    [Fact]
    public void An_address_tells_the_bucket_and_the_name()
    {
        var settings = S3Server.Shared.NewLibrary();
        var store = Store(settings);

        Assert.Equal($"s3://library/{settings["Prefix"]}/assets/2026/12/a.jpg", store.AddressOf("2026/12/a.jpg"));
        Assert.Equal("2026/12/a.jpg", store.NameAt(store.AddressOf("2026/12/a.jpg")));
        Assert.Null(store.NameAt("s3://other/a.jpg"));
        Assert.Null(store.NameAt($"s3://library/{settings["Prefix"]}/assets/../x"));
    }

    [Fact]
    public async Task A_link_leads_to_the_store_where_browsers_reach_it_for_a_time()
    {
        var settings = new Dictionary<string, string>(S3Server.Shared.NewLibrary());
        var (file, content) = Made(1000);
        await Store(settings).PublishAsync(file, "a.jpg", default);
        Assert.Null(Store(settings).LinkTo("a.jpg", "serum ü.jpg", "image/jpeg", DateTimeOffset.UtcNow.AddMinutes(1)));
        settings["PublicEndpoint"] = settings["Endpoint"];
        using var http = new HttpClient();

        var link = Store(settings).LinkTo("a.jpg", "serum ü.jpg", "image/jpeg", DateTimeOffset.UtcNow.AddMinutes(1))!;
        using var answer = await http.GetAsync(link);

        Assert.Equal(content, await answer.Content.ReadAsByteArrayAsync());
        Assert.Equal("image/jpeg", answer.Content.Headers.ContentType!.MediaType);
        Assert.Equal("serum ü.jpg", answer.Content.Headers.ContentDisposition!.FileNameStar);
        // (This server does not look at it.)
        Assert.Matches("X-Amz-Expires=(5[0-9]|60|61)&.*X-Amz-Signature=[0-9a-f]{64}", link.Query);
    }

    [Theory]
    [InlineData("AccessKey", "NOBODY", "refuses the key. Correct I2V__Storage__S3__AccessKey")]
    [InlineData("Bucket", "no-such-bucket", "has no such bucket. Make it, or correct I2V__Storage__S3__Bucket")]
    public async Task What_it_refuses_is_said_with_what_to_do_and_without_the_key(string setting, string value, string says)
    {
        var settings = new Dictionary<string, string>(S3Server.Shared.NewLibrary()) { ["SecretKey"] = "another-key", [setting] = value };
        var file = Made(100).File;

        var e = await Assert.ThrowsAsync<I2VException>(() => Store(settings).PublishAsync(file, "a.jpg", default));

        Assert.Equal(ErrorCode.StorageFull, e.Code);
        Assert.Contains(says, e.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("another-key", e.ToString(), StringComparison.Ordinal);
        Assert.True(File.Exists(file), "what was to be kept is still there");
    }

    public void Dispose()
    {
        opened.ForEach(o => o.Dispose());
        Directory.Delete(root, recursive: true);
    }

    /// <summary>A bucket by its settings.</summary>
    internal static S3Bucket BucketOf(IReadOnlyDictionary<string, string> settings) => new(OptionsOf(settings), TimeProvider.System);

    /// <summary>Settings of section <c>Storage:S3</c>.</summary>
    internal static S3Options OptionsOf(IReadOnlyDictionary<string, string> settings) => new(new SettingsSection(
        "Storage:S3",
        key => settings.GetValueOrDefault(key.Split(':')[^1])));

    private IMediaStore Store(IReadOnlyDictionary<string, string> settings, string? near = null, long mostBytes = 1_000_000_000)
    {
        var bucket = BucketOf(settings);
        opened.Add(bucket);
        near ??= Path.Combine(root, Guid.NewGuid().ToString("n"));
        return new S3MediaStore(bucket, "assets/", new MediaCache(near, mostBytes, TimeProvider.System));
    }

    private (string File, byte[] Content) Made(int bytes)
    {
        var content = new byte[bytes];
        Random.Shared.NextBytes(content);
        var file = Path.Combine(root, Guid.NewGuid().ToString("n"));
        File.WriteAllBytes(file, content);
        return (file, content);
    }
}
