using McpI2V.Engine.Library.Import;
using McpI2V.Engine.Storage.LocalFiles;

namespace McpI2V.Engine.Tests.Library;

public sealed class ReadingByPath : IDisposable
{
    private readonly string root = Directory.CreateTempSubdirectory("i2v-path-").FullName;
    private readonly string inputs;
    private readonly string secret;

    public ReadingByPath()
    {
        inputs = Directory.CreateDirectory(Path.Combine(root, "inputs")).FullName;
        secret = Path.Combine(Directory.CreateDirectory(Path.Combine(root, "outside")).FullName, "secret");
        File.WriteAllText(secret, "secret");
    }

    [Fact]
    public async Task A_file_that_is_swapped_for_a_link_while_it_is_opened_is_never_read_outside()
    {
        var (path, fine, link) = (At("swapped"), At("fine"), At("link"));
        await File.WriteAllTextAsync(fine, "fine");
        using var stop = new CancellationTokenSource();
        var swapping = Task.Run(() =>
        {
            while (!stop.IsCancellationRequested)
            {
                File.Copy(fine, path + ".next");
                File.Move(path + ".next", path, overwrite: true);
                File.CreateSymbolicLink(link, secret);
                File.Move(link, path, overwrite: true);
            }
        });
        var (read, refused) = (0, 0);

        // On a busy machine the other begins late.
        for (var i = 0; i < 20_000 || ((read == 0 || refused == 0) && i < 2_000_000); i++)
        {
            try
            {
                using var file = ReadablePaths.Open(path, [inputs], "image");
                using var reader = new StreamReader(file.Read());
                Assert.Equal("fine", await reader.ReadToEndAsync());
                read++;
            }
            catch (I2VException)
            {
                refused++;
            }
        }
        await stop.CancelAsync();
        await swapping;

        Assert.True(read > 0 && refused > 0, $"both were seen: {read} read, {refused} refused");
    }

    [Fact]
    public async Task A_pipe_that_takes_a_files_place_is_refused_and_not_waited_for()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "has no such pipes");
        var pipe = At("pipe");
        using (var make = System.Diagnostics.Process.Start("mkfifo", pipe))
        {
            await make.WaitForExitAsync();
        }

        using var opened = await Task.Run(() => OpenedFile.Open(pipe)).WaitAsync(TimeSpan.FromSeconds(10));
        Assert.Equal(-1, opened.Length);
        Assert.Throws<I2VException>(() => ReadablePaths.Open(pipe, [inputs], "image"));
    }

    [Fact]
    public void Letters_that_no_path_has_are_told()
    {
        // Half surrogates can't stand in an attribute.
        foreach (var path in new[] { "photo\0.jpg", "\0", "half" + (char)0xD800 + ".jpg", ((char)0xDC00).ToString() })
        {
            var e = Assert.Throws<I2VException>(() => ReadablePaths.Open(path, [inputs], "image"));

            Assert.Equal(ErrorCode.InvalidArgument, e.Code);
            Assert.Equal("image", e.Argument);
        }
    }

    [Fact]
    public void A_path_of_a_hundred_thousand_letters_is_told_and_not_repeated()
    {
        var e = Assert.Throws<I2VException>(() => ReadablePaths.Open(new string('a', 100_000), [inputs], "image"));

        Assert.Equal(ErrorCode.InvalidArgument, e.Code);
        Assert.True(e.Message.Length < 200);
    }

    [Fact]
    public void A_name_longer_than_the_system_takes_is_not_found()
    {
        Assert.Equal(
            ErrorCode.NotFound,
            Assert.Throws<I2VException>(() => ReadablePaths.Open(At(new string('a', 3_000)), [inputs], "image")).Code);
    }

    public void Dispose() => Directory.Delete(root, recursive: true);

    private string At(string name) => Path.Combine(inputs, name);
}
