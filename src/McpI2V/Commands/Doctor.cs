using System.Globalization;
using McpI2V.Access;
using McpI2V.Engine;
using McpI2V.Engine.Catalogue;
using McpI2V.Engine.Housekeeping;
using McpI2V.Engine.Jobs;
using McpI2V.Engine.Jobs.Lanes;
using McpI2V.Engine.Jobs.Queueing;
using McpI2V.Engine.Library;
using McpI2V.Engine.Motion;
using McpI2V.Engine.Providers;
using McpI2V.Engine.Storage.LocalFiles;
using McpI2V.Engine.Storage.S3;
using McpI2V.Engine.Storage.Sql;
using McpI2V.Hosting;
using McpI2V.Media;
using McpI2V.Media.Ffmpeg;
using McpI2V.Media.Speech;
using McpI2V.Media.Text;
using McpI2V.Media.Text.Setting;
using McpI2V.Settings;
using Microsoft.Extensions.DependencyInjection;

namespace McpI2V.Commands;

/// <summary>Says what works here.</summary>
internal static class Doctor
{
    private static readonly string[] NetworkFileSystems = ["nfs", "nfs4", "cifs", "smbfs", "smb2", "9p", "fuse.sshfs", "afs", "webdav"];

    private const int MostNamed = 20;

    /// <summary>Prints a line a finding; 0 if nothing is wrong.</summary>
    /// <param name="isDeep">True to read every file of the library too.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static async Task<int> RunAsync(bool isDeep, CancellationToken cancellationToken)
    {
        var faults = 0;
        void Say(bool ok, string what)
        {
            faults += ok ? 0 : 1;
            Console.WriteLine($"{(ok ? "ok   " : "FAULT")} {what}");
        }

        ServiceProvider services;
        try
        {
            services = Composition.Build();
            services.GetRequiredService<ProgramSettings>();
            Say(true, "settings");
            Say(OpenFiles.WhyTooFew is null, OpenFiles.WhyTooFew
                ?? $"open files: {OpenFiles.Most?.ToString(CultureInfo.InvariantCulture) ?? "as many as the system gives"}");
        }
        catch (I2VException e)
        {
            Say(false, e.Message);
            return 1;
        }
        await using (services)
        {
            await FfmpegAsync(services, Say, cancellationToken);
            Library(services, Say);
            await ObjectStoreAsync(services, Say, cancellationToken);
            if (isDeep)
            {
                await EveryFileAsync(services, Say, cancellationToken);
            }
            Own(services, Say);
            await ProvidersAsync(services, Say, cancellationToken);
            OverHttp(services, Say);
        }
        return faults == 0 ? 0 : 1;
    }

    private static async Task FfmpegAsync(ServiceProvider services, Action<bool, string> say, CancellationToken cancellationToken)
    {
        try
        {
            var ffmpeg = services.GetRequiredService<FfmpegRunner>();
            var version = await ffmpeg.VersionAsync(cancellationToken);
            say(
                version.Length > 0,
                version.Length > 0
                    ? version
                    : "ffmpeg answers nothing; install it again, or set I2V__Media__Confine=false if it needs the network to start (a " +
                        "snap does)");
            say(true, $"what ffmpeg is given: {ffmpeg.Confinement}; at most {ffmpeg.Looks} looks at once");
            using var folder = services.GetRequiredService<WorkFolders>().Create();
            say(true, $"drafts are encoded by {await ffmpeg.DraftEncoderAsync(folder.Work(), cancellationToken)}");
            var drawn = await services.GetRequiredService<TextCheck>().CanDrawAsync(folder.Work(), cancellationToken);
            say(true, TextDrawer.Missing is { } missing
                ? $"typography: {missing} is not here, so ffmpeg's own text is drawn: no line breaks in Chinese, Japanese or Thai, no " +
                    "colour emoji, no motion, no place by what the picture shows (apt install libpangocairo-1.0-0; brew install pango)"
                : "typography: Pango and Cairo set text; ./i2v doctor --fix adds typefaces of the styles, every script and colour emoji");
            say(
                drawn,
                drawn ? "text: ffmpeg draws letters" : "text: no letters were drawn; install a font (apt install fonts-dejavu-core)");
            say(true, Voices(await services.GetRequiredService<LocalVoices>().AllAsync(cancellationToken)));
        }
        catch (MediaException e) when (e.Fault == MediaFault.ToolMissing
            && services.GetRequiredService<NodeOptions>().Role == NodeRole.Front)
        {
            say(true, "ffmpeg is not here: this node is a front, and others render and do paid jobs");
        }
        catch (MediaException e)
        {
            say(false, e.Message);
        }
        catch (I2VException e)
        {
            say(false, e.Message);
        }
    }

    // Without a voice everything else works.
    private static string Voices(IReadOnlyList<LocalVoice> voices) => voices.Count > 0
        ? $"voices without a key: {voices.Count} (robotic), by {string.Join(" and ", voices
            .Select(v => v.Engine == SpeechEngine.Flite ? "flite" : "espeak-ng")
            .Distinct())}"
        : "voices without a key: none; install espeak-ng (apt install espeak-ng, brew install espeak-ng)";

    // What it is for is done once with a small object.
    private static async Task ObjectStoreAsync(ServiceProvider services, Action<bool, string> say, CancellationToken cancellationToken)
    {
        if (!services.GetRequiredService<S3Options>().IsUsed)
        {
            return;
        }
        try
        {
            using var folder = services.GetRequiredService<WorkFolders>().Create();
            var bucket = services.GetRequiredService<S3Bucket>();
            await S3Stores.TryAsync(bucket, folder.Work().At("probe"), cancellationToken);
            say(true, $"files: {bucket.Describe()}: written, read and removed");
        }
        catch (I2VException e)
        {
            say(false, e.Message);
        }
    }

    private static async Task EveryFileAsync(ServiceProvider services, Action<bool, string> say, CancellationToken cancellationToken)
    {
        try
        {
            var found = await services.GetRequiredService<FileAudit>().RunAsync(cancellationToken);
            say(true, string.Create(CultureInfo.InvariantCulture, $"every file: {found.Well} read, and hold what their rows say"));
            if (found.Missing.Count > 0)
            {
                say(false, $"{found.Missing.Count} files are missing: {Named(found.Missing)}. Copy them back from a backup under these " +
                    "names, or delete the assets (organize_assets)");
            }
            if (found.Damaged.Count > 0)
            {
                say(false, $"{found.Damaged.Count} files are damaged: {Named(found.Damaged)}. Copy them back from a backup under these " +
                    "names; what hangs on one is rendered from what it holds now");
            }
            if (found.Orphans.Count > 0)
            {
                var names = string.Join(", ", found.Orphans.Take(MostNamed).Select(o => o.Name)) + More(found.Orphans.Count);
                var megabytes = (found.Orphans.Sum(o => o.Bytes) / 1e6).ToString("0.0", CultureInfo.InvariantCulture);
                say(false, $"{found.Orphans.Count} files are in no row ({megabytes} MB): {names}. They were made after the rows were " +
                    "saved, or left by a machine that was lost; import what you want to keep (find_assets does not know them), and " +
                    "remove the rest by hand");
            }
        }
        catch (I2VException e)
        {
            say(false, e.Message);
        }
    }

    private static string Named(IReadOnlyList<(string Handle, string File)> files) =>
        string.Join(", ", files.Take(MostNamed).Select(f => $"{f.Handle} ({f.File})")) + More(files.Count);

    private static string More(int count) => count > MostNamed ? $" and {count - MostNamed} more" : "";

    // Files that a person writes.
    private static void Own(ServiceProvider services, Action<bool, string> say)
    {
        foreach (var count in new Func<string>[]
        {
            () => $"models: {services.GetRequiredService<ModelCatalogue>().All.Count}",
            () => $"presets: {services.GetRequiredService<PresetCatalogue>().All.Count}",
        })
        {
            try
            {
                say(true, count());
            }
            catch (I2VException e)
            {
                say(false, e.Message);
            }
        }
    }

    private static void OverHttp(ServiceProvider services, Action<bool, string> say)
    {
        try
        {
            var options = services.GetRequiredService<HttpOptions>();
            var tokens = options.Tokens.Count + services.GetRequiredService<TokenStore>().All().Count;
            say(
                true,
                tokens == 0
                    ? "over HTTP: no token yet; ./i2v serve --http makes the first"
                    : $"over HTTP: {tokens} token{(tokens == 1 ? "" : "s")}{(options.PublicUrl is { } url ? $", reached at {url}" : "")}");
        }
        catch (Exception e) when (e is I2VException or IOException)
        {
            say(false, e.Message);
        }
    }

    // A provider without a key is no fault; one whose key is refused is.
    private static async Task ProvidersAsync(ServiceProvider services, Action<bool, string> say, CancellationToken cancellationToken)
    {
        foreach (var provider in services.GetRequiredService<ConfiguredProviders>().Remote.Values)
        {
            if (provider.UnavailableReason is { } whyNot)
            {
                say(true, $"{provider.Name}: not used, {whyNot}");
                continue;
            }
            try
            {
                var refused = await provider.CheckKeyAsync(cancellationToken);
                say(refused is null, refused is null ? $"{provider.Name}: reached, {provider.Answered}" : $"{provider.Name}: {refused}");
            }
            catch (ProviderException e)
            {
                say(false, $"{provider.Name}: {e.Message}");
            }
        }
    }

    private static void Library(ServiceProvider services, Action<bool, string> say)
    {
        var options = services.GetRequiredService<LibraryOptions>();
        try
        {
            var database = services.GetRequiredService<LibraryDatabase>();
            var health = database.CheckIntegrity();
            say(health == "ok", $"library: {options.Home}, {services.GetRequiredService<AssetStore>().Count()} assets, database {health}");
            say(true, database.Describe());
            say(true, $"jobs not finished: {services.GetRequiredService<JobStore>().Unfinished(1000).Count}");
            Disk(options.Home, say);
        }
        catch (I2VException e)
        {
            say(false, e.Message);
        }
    }

    private static void Disk(string home, Action<bool, string> say)
    {
        try
        {
            var drive = new DriveInfo(home);
            var isNetwork = NetworkFileSystems.Contains(drive.DriveFormat, StringComparer.OrdinalIgnoreCase);
            say(
                !isNetwork,
                isNetwork
                    ? $"the library lies on a network file system ({drive.DriveFormat}), where databases get damaged; set I2V_HOME to a " +
                        "local folder"
                    : $"disk: {drive.AvailableFreeSpace / 1_000_000_000} GB free");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // In a changed root nothing is mounted as far as one sees there.
            say(true, "disk: the system does not tell how much is free");
        }
    }
}
