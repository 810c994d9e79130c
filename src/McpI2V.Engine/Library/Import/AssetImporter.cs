using McpI2V.Engine.Library.Finding;
using McpI2V.Engine.Library.Uploads;
using McpI2V.Engine.Storage.Files;
using McpI2V.Engine.Storage.LocalFiles;
using McpI2V.Media;
using McpI2V.Media.Formats;
using McpI2V.Media.Grading.Tables;
using McpI2V.Media.Probing;

namespace McpI2V.Engine.Library.Import;

/// <summary>Turns a reference (handle, path, https URL, data URI) into an asset; the same bytes are always the same asset.</summary>
public sealed class AssetImporter(
    MediaLibrary library,
    InputOptions inputs,
    UrlFetcher fetcher,
    MediaProbe probe,
    UploadStore uploads,
    TimeProvider time)
{
    /// <summary>The asset behind a reference, imported if it is not in the library yet.</summary>
    /// <param name="reference">Handle, path, https URL or data URI.</param>
    /// <param name="kind">What it must be; null: anything.</param>
    /// <param name="argument">The argument's name, for errors.</param>
    /// <param name="caller">Who asks.</param>
    /// <param name="callCancelled">Ends the import; nothing stays behind.</param>
    /// <exception cref="I2VException">It can't be found, may not be read, or is not what is needed.</exception>
    public async Task<Asset> ResolveAsync(
        string reference,
        MediaKind? kind,
        string argument,
        Caller caller,
        CancellationToken callCancelled)
    {
        var asset = await FindOrImportAsync(reference.Trim(), kind, argument, caller, callCancelled);
        if (kind is { } wanted && asset.Handle.Kind != wanted)
        {
            throw I2VException.Invalid(argument,
                $"{argument} is {asset.Handle}, and a {SnakeCase.From(wanted)} is needed here." +
                    $"{SpokenReferences.FrameOf(asset, wanted)} Nothing was spent.");
        }
        return asset;
    }

    /// <summary>Reads a small text file that the caller may read, such as subtitles.</summary>
    /// <exception cref="I2VException">It can't be found, may not be read, or is too large.</exception>
    public async Task<string> ReadTextAsync(
        string path,
        string argument,
        int longest,
        IReadOnlyList<string> clientRoots,
        CancellationToken callCancelled)
    {
        RequireTextFile(path, argument, clientRoots);
        using var file = OpenText(path, argument, clientRoots);
        using var text = new MemoryStream();
        // A letter takes up to four bytes; the file may grow while it is read.
        return file.Length <= longest * 4L && await TryCopyAsync(file, text, longest * 4L, callCancelled)
            ? TextBytes.Read(text.ToArray(), argument, path)
            : throw I2VException.Invalid(argument, $"{argument}: {path} is over {longest / 1000} kB; give fewer cues. Nothing was spent.");
    }

    // "auto" is no file, and nothing here listens to speech.
    private void RequireTextFile(string said, string argument, IReadOnlyList<string> clientRoots)
    {
        if (SpokenReferences.IsWords(said) && !IsFile(said, new Caller(clientRoots, "", [])))
        {
            throw I2VException.Invalid(argument,
                $"{argument} is {ForeignText.Quote(said, 60)}, which is neither subtitles nor a file. No speech is recognised here: give " +
                    "the words with their times as SRT or VTT (\"00:00.000 --> 00:02.000\"), as cues, or the path of an .srt or .vtt " +
                    "file. Nothing was spent.");
        }
    }

    private OpenedFile OpenText(string path, string argument, IReadOnlyList<string> clientRoots)
    {
        try
        {
            return ReadablePaths.Open(path, [.. inputs.Roots, .. clientRoots, library.Options.Media], argument);
        }
        catch (I2VException e) when (e.Code is ErrorCode.NotFound or ErrorCode.InputForbidden)
        {
            throw new I2VException(e.Code, e.Message, argument, e)
            {
                Missing = new MissingInput(path.Split('/', '\\')[^1], null) { IsText = true },
            };
        }
    }

    /// <summary>The most bytes that one input may have.</summary>
    public long MaxBytes => inputs.MaxBytes;

    /// <summary>Takes in a file that somebody sends.</summary>
    /// <param name="name">What they call it.</param>
    /// <param name="kind">What it must be; null: any media.</param>
    /// <param name="owner">Who sends it.</param>
    /// <param name="receive">Writes it to a path.</param>
    /// <param name="callCancelled">Ends it; nothing stays behind.</param>
    /// <exception cref="I2VException">It is not what it should be (<see cref="ErrorCode.MediaUnreadable"/>), or the disk is
    /// full.</exception>
    public async Task<Asset> ReceiveAsync(
        string name,
        MediaKind? kind,
        string owner,
        Func<string, CancellationToken, Task> receive,
        CancellationToken callCancelled)
    {
        using var folder = library.Work.Create();
        var path = Path.Combine(folder.Path, "upload");
        await WriteAsync(token => receive(path, token), callCancelled);
        try
        {
            var format = FormatSniffer.Sniff(await FormatSniffer.HeadOfAsync(path, callCancelled));
            if (kind is { } wanted && format.Kind != wanted)
            {
                throw new I2VException(ErrorCode.MediaUnreadable,
                    $"The file is {format.MimeType}, and a {SnakeCase.From(wanted)} is needed.");
            }
        }
        catch (MediaException e)
        {
            throw I2VException.From(e);
        }
        return await TakeInAsync(folder, path, Imported(Path.GetFileNameWithoutExtension(name), owner), "the file", callCancelled);
    }

    /// <summary>The folders whose files are read for a caller.</summary>
    public IReadOnlyList<string> FoldersOf(Caller caller) => [.. inputs.Roots, .. caller.Folders];

    /// <summary>True if a bare name is one of a file in those folders.</summary>
    public bool IsFile(string name, Caller caller) => FoldersOf(caller).Any(f => File.Exists(Path.Combine(f, name)));

    /// <summary>The asset, if it is not in the bin.</summary>
    /// <exception cref="I2VException">It is; the message says how it comes back.</exception>
    public Asset RequirePresent(Asset asset, string argument) => asset.Marks switch
    {
        { DeletedAt: null } => asset,
        { IsPurged: true } => throw new I2VException(
            ErrorCode.NotFound,
            $"{argument}: {asset.Handle} was deleted, and the bin has been emptied of it. Import or make it again. Nothing was spent.",
            argument),
        _ => throw new I2VException(
            ErrorCode.NotFound,
            $"{argument}: {asset.Handle} is in the bin. organize_assets with action restore brings it back. Nothing was spent.",
            argument),
    };

    /// <summary>Takes in a file that was made in a work folder, with what is known of it.</summary>
    internal async Task<Asset> TakeInMadeAsync(
        WorkFolder folder,
        string path,
        Func<Asset, Asset> describe,
        string argument,
        CancellationToken callCancelled) => await TakeInAsync(folder, path, describe, argument, callCancelled);

    private async Task<Asset> FindOrImportAsync(
        string reference,
        MediaKind? kind,
        string argument,
        Caller caller,
        CancellationToken callCancelled)
    {
        if (reference.Length == 0)
        {
            throw I2VException.Invalid(argument,
                $"{argument} is empty; give a handle such as still-7, a path, an https URL or a data URI.");
        }
        if (AssetHandle.TryParse(reference, out var handle))
        {
            return await library.RequireFileAsync(RequirePresent(library.Assets.Get(handle, argument), argument), argument, callCancelled);
        }
        if (reference.StartsWith(UploadStore.Prefix, StringComparison.Ordinal))
        {
            var sent = library.Assets.Get(Uploaded(reference, argument), argument);
            return await library.RequireFileAsync(RequirePresent(sent, argument), argument, callCancelled);
        }
        if (reference.StartsWith("data:", StringComparison.OrdinalIgnoreCase))
        {
            return await FromBytesAsync(DataUri.Read(reference, argument, inputs.MaxBytes), argument, caller, callCancelled);
        }
        if (reference.StartsWith("file:///", StringComparison.OrdinalIgnoreCase)
            && Uri.TryCreate(reference, UriKind.Absolute, out var address))
        {
            reference = address.LocalPath;
        }
        if (reference.Contains("://", StringComparison.Ordinal)
            || reference.StartsWith(@"\\", StringComparison.Ordinal)
            || reference.StartsWith("//", StringComparison.Ordinal))
        {
            return await FromUrlAsync(reference, argument, caller, callCancelled);
        }
        try
        {
            using var file = ReadablePaths.Open(reference, [.. FoldersOf(caller), library.Options.Media], argument);
            return await FromFileAsync(file, argument, caller, callCancelled);
        }
        catch (I2VException e) when (e.Code is ErrorCode.NotFound or ErrorCode.InputForbidden)
        {
            throw new I2VException(e.Code, e.Message, argument, e) { Missing = new MissingInput(reference.Split('/', '\\')[^1], kind) };
        }
    }

    private AssetHandle Uploaded(string reference, string argument) => uploads.Find(reference[UploadStore.Prefix.Length..]) switch
    {
        { Asset: { } handle } => handle,
        null => throw new I2VException(
            ErrorCode.NotFound,
            $"{argument}: there is no upload {reference}. Call with the file's path to get an address for it. Nothing was spent.",
            argument),
        _ => throw new I2VException(
            ErrorCode.NotFound,
            $"{argument}: nothing was sent for {reference} yet. Send the file to the address that was given, then call again. " +
                "Nothing was spent.",
            argument),
    };

    private async Task<Asset> FromUrlAsync(string address, string argument, Caller caller, CancellationToken callCancelled)
    {
        if (!address.StartsWith("https://", StringComparison.OrdinalIgnoreCase)
            && !address.StartsWith("http://", StringComparison.OrdinalIgnoreCase))
        {
            throw new I2VException(
                ErrorCode.InputForbidden,
                $"{argument}: only https addresses, paths, handles and data URIs are read, " +
                    $"not {address[..Math.Min(address.Length, 40)]}. Give a plain path for a file on this machine.",
                argument);
        }
        using var folder = library.Work.Create();
        var path = Path.Combine(folder.Path, "download");
        await fetcher.DownloadAsync(address, argument, path, callCancelled);
        var name = Uri.TryCreate(address, UriKind.Absolute, out var uri) ? Path.GetFileNameWithoutExtension(uri.AbsolutePath) : "";
        return await TakeInAsync(folder, path, Imported(name, caller.Owner), argument, callCancelled);
    }

    private async Task<Asset> FromBytesAsync(byte[] bytes, string argument, Caller caller, CancellationToken callCancelled)
    {
        using var folder = library.Work.Create();
        var path = Path.Combine(folder.Path, "data");
        await WriteAsync(token => File.WriteAllBytesAsync(path, bytes, token), callCancelled);
        return await TakeInAsync(folder, path, Imported("pasted", caller.Owner), argument, callCancelled);
    }

    private async Task<Asset> FromFileAsync(OpenedFile source, string argument, Caller caller, CancellationToken callCancelled)
    {
        using var folder = library.Work.Create();
        var path = Path.Combine(folder.Path, "copy");
        var isWhole = source.Length <= inputs.MaxBytes;
        if (isWhole)
        {
            await WriteAsync(async token => isWhole = await TryCopyAsync(source, path, inputs.MaxBytes, token), callCancelled);
        }
        var title = Path.GetFileNameWithoutExtension(source.Path);
        return isWhole
            ? await TakeInAsync(folder, path, Imported(title, caller.Owner), argument, callCancelled)
            : throw new I2VException(
                ErrorCode.MediaUnreadable,
                $"{argument}: {source.Path} is larger than {inputs.MaxBytes / 1_000_000} MB. " +
                    "Make it smaller, or raise I2V__Inputs__MaxMegabytes.",
                argument);
    }

    private static Func<Asset, Asset> Imported(string title, string owner) => asset => asset with { Title = title, Owner = owner };

    private async Task<Asset> TakeInAsync(
        WorkFolder folder,
        string path,
        Func<Asset, Asset> describe,
        string argument,
        CancellationToken callCancelled)
    {
        var (picture, isTable) = await AsPictureAsync(folder, path, argument, callCancelled);
        path = picture;
        var sha = await ContentHash.OfFileAsync(path, callCancelled);
        if (library.Assets.FindBySha(sha) is { } known && await library.HasFileAsync(known, callCancelled))
        {
            return library.Assets.TakeOutOfBin(known);
        }
        try
        {
            var asset = describe(await ExamineAsync(folder, path, sha, callCancelled));
            asset = isTable ? asset with { Title = $"{asset.Title} LUT", Checks = [] } : asset;
            return library.Assets.TakeOutOfBin(await library.PublishAsync(asset, path, callCancelled));
        }
        catch (MediaException e)
        {
            // A full disk or a missing ffmpeg is no fault of the file.
            var isItsOwn = e.Fault is MediaFault.Unreadable or MediaFault.OutOfRange;
            throw I2VException.AboutInput(e, argument, isItsOwn ? $"{argument} can't be used" : argument);
        }
    }

    // A table of colours is kept as a still, so that it is stored, found and shown as every other file.
    private static async Task<(string Path, bool IsTable)> AsPictureAsync(
        WorkFolder folder,
        string path,
        string argument,
        CancellationToken callCancelled)
    {
        if (!CubeFile.LooksLike(await FormatSniffer.HeadOfAsync(path, callCancelled)))
        {
            return (path, false);
        }
        var picture = Path.Combine(folder.Path, "lut.png");
        try
        {
            LutPicture.Convert(path, picture);
        }
        catch (MediaException e)
        {
            throw I2VException.AboutInput(e, argument, argument);
        }
        return (picture, true);
    }

    private async Task<Asset> ExamineAsync(WorkFolder folder, string path, string sha, CancellationToken callCancelled)
    {
        var format = FormatSniffer.Sniff(await FormatSniffer.HeadOfAsync(path, callCancelled));
        var asset = new Asset
        {
            Handle = new AssetHandle(format.Kind, 0),
            File = "",
            Format = format,
            Size = default,
            Bytes = new FileInfo(path).Length,
            Sha256 = sha,
            Title = "",
            Operation = "import",
            CreatedAt = time.GetUtcNow(),
        };
        if (format.Kind == MediaKind.Still)
        {
            var still = await probe.StillAsync(path, format, folder.Work(), callCancelled);
            return asset with
            {
                Size = still.Size,
                Orientation = still.Orientation,
                HasAlpha = still.HasAlpha,
                Checks = StillAdvice.Checks(still),
                Colours = still.Colours,
            };
        }
        var clip = await probe.ClipAsync(path, format, callCancelled);
        return asset with
        {
            Size = clip.Size,
            Duration = clip.Duration,
            FramesPerSecond = clip.FramesPerSecond,
            HasAudio = clip.AudioCodec is not null,
            Tags = clip.Tags,
        };
    }

    private static async Task<bool> TryCopyAsync(OpenedFile source, string target, long most, CancellationToken cancellationToken)
    {
        await using var to = File.Create(target);
        return await TryCopyAsync(source, to, most, cancellationToken);
    }

    // False if there is more than was allowed: a file may grow while it is read.
    private static async Task<bool> TryCopyAsync(OpenedFile source, Stream target, long most, CancellationToken cancellationToken)
    {
        await using var from = source.Read();
        var buffer = new byte[81_920];
        int read;
        for (long total = 0; (read = await from.ReadAsync(buffer, cancellationToken)) > 0;)
        {
            total += read;
            if (total > most)
            {
                return false;
            }
            await target.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
        }
        target.Position = 0;
        return true;
    }

    private static async Task WriteAsync(Func<CancellationToken, Task> write, CancellationToken cancellationToken)
    {
        try
        {
            await write(cancellationToken);
        }
        catch (IOException e) when (I2VException.FromDisk(e) is { } told)
        {
            throw told;
        }
    }
}
