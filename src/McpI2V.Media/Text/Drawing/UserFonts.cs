using McpI2V.Media.Text.Native;

namespace McpI2V.Media.Text.Drawing;

/// <summary>The typefaces that there are to draw with.</summary>
internal static unsafe class UserFonts
{
    /// <summary>Adds those of a folder; a file that is none is passed over by fontconfig.</summary>
    public static void Add(string folder)
    {
        try
        {
            Pango.AddFontFolder(0, folder);
        }
        catch (Exception e) when (e is DllNotFoundException or EntryPointNotFoundException)
        {
            // macOS and Windows list fonts without fontconfig; there they are installed the system's way.
        }
    }

    /// <summary>The families that are installed.</summary>
    public static IReadOnlySet<string> Families()
    {
        nint* families;
        int count;
        Pango.ListFamilies(Pango.FontMap(), &families, &count);
        HashSet<string> names = new(StringComparer.OrdinalIgnoreCase);
        for (var i = 0; i < count; i++)
        {
            if (System.Runtime.InteropServices.Marshal.PtrToStringUTF8(Pango.FamilyName(families[i])) is { } name)
            {
                names.Add(name);
            }
        }
        Pango.Free((nint)families);
        return names;
    }
}
