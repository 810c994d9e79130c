using System.Reflection;
using System.Runtime.InteropServices;

namespace McpI2V.Media.Text.Native;

/// <summary>
/// Pango, Cairo and what they lean on, as systems name them: Debian's ffmpeg brings them along, Homebrew has <c>pango</c>, MSYS2 and
/// GTK's runtime on Windows. Nothing is loaded before a text is drawn.
/// </summary>
internal static class TypographyLibraries
{
    public const string Cairo = "cairo";
    public const string Pango = "pango";
    public const string PangoCairo = "pangocairo";
    public const string GObject = "gobject";
    public const string Fontconfig = "fontconfig";

    private static readonly Dictionary<string, string[]> Names = new(StringComparer.Ordinal)
    {
        [Cairo] = ["libcairo.so.2", "libcairo.2.dylib", "libcairo-2.dll"],
        [Pango] = ["libpango-1.0.so.0", "libpango-1.0.0.dylib", "libpango-1.0-0.dll"],
        [PangoCairo] = ["libpangocairo-1.0.so.0", "libpangocairo-1.0.0.dylib", "libpangocairo-1.0-0.dll"],
        [GObject] = ["libgobject-2.0.so.0", "libgobject-2.0.0.dylib", "libgobject-2.0-0.dll"],
        [Fontconfig] = ["libfontconfig.so.1", "libfontconfig.1.dylib", "libfontconfig-1.dll"],
    };

    // Desktop programs on macOS start us with none of Homebrew's folders in the loader's path.
    private static readonly string[] Folders = ["", "/opt/homebrew/lib/", "/usr/local/lib/"];

    private static readonly Lazy<string?> FirstMissing = new(FindMissing);

    static TypographyLibraries() => NativeLibrary.SetDllImportResolver(typeof(TypographyLibraries).Assembly, Resolve);

    /// <summary>The name of a library that is not here; null if text can be drawn.</summary>
    public static string? Missing => FirstMissing.Value;

    private static string? FindMissing()
    {
        foreach (var (name, files) in Names)
        {
            // Without fontconfig Pango still draws, by the system's own list of fonts.
            if (name != Fontconfig && Open(name) == 0)
            {
                return files[OperatingSystem.IsWindows() ? 2 : OperatingSystem.IsMacOS() ? 1 : 0];
            }
        }
        return null;
    }

    private static nint Resolve(string library, Assembly assembly, DllImportSearchPath? path) =>
        Names.ContainsKey(library) ? Open(library) : 0;

    private static nint Open(string library)
    {
        var file = Names[library][OperatingSystem.IsWindows() ? 2 : OperatingSystem.IsMacOS() ? 1 : 0];
        foreach (var folder in Folders)
        {
            if (NativeLibrary.TryLoad(folder + file, out var handle))
            {
                return handle;
            }
        }
        return 0;
    }
}
