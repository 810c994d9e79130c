using System.Runtime.InteropServices;

namespace McpI2V.Media.Text.Native;

/// <summary>The functions of Pango that are used here.</summary>
internal static unsafe partial class Pango
{
    /// <summary>Units to a pixel.</summary>
    public const int Scale = 1024;

    /// <summary>PANGO_WRAP_WORD: only where words may part.</summary>
    public const int WrapWord = 0;

    /// <summary>PANGO_WRAP_WORD_CHAR: inside a word where nothing else helps.</summary>
    public const int WrapWordChar = 2;

    private const string Library = TypographyLibraries.Pango;
    private const string OnCairo = TypographyLibraries.PangoCairo;

    [LibraryImport(OnCairo, EntryPoint = "pango_cairo_create_layout")]
    public static partial nint CreateLayout(nint context);

    [LibraryImport(OnCairo, EntryPoint = "pango_cairo_context_set_font_options")]
    public static partial void SetFontOptions(nint context, nint options);

    [LibraryImport(OnCairo, EntryPoint = "pango_cairo_show_layout_line")]
    public static partial void ShowLine(nint context, nint line);

    [LibraryImport(OnCairo, EntryPoint = "pango_cairo_layout_line_path")]
    public static partial void LinePath(nint context, nint line);

    [LibraryImport(OnCairo, EntryPoint = "pango_cairo_font_map_get_default")]
    public static partial nint FontMap();

    [LibraryImport(Library, EntryPoint = "pango_font_map_list_families")]
    public static partial void ListFamilies(nint map, nint** families, int* count);

    [LibraryImport(Library, EntryPoint = "pango_font_family_get_name")]
    public static partial nint FamilyName(nint family);

    [LibraryImport(Library, EntryPoint = "pango_layout_get_context")]
    public static partial nint Context(nint layout);

    [LibraryImport(Library, EntryPoint = "pango_context_set_language")]
    public static partial void SetLanguage(nint context, nint language);

    [LibraryImport(Library, EntryPoint = "pango_language_from_string", StringMarshalling = StringMarshalling.Utf8)]
    public static partial nint Language(string tag);

    [LibraryImport(Library, EntryPoint = "pango_layout_context_changed")]
    public static partial void ContextChanged(nint layout);

    [LibraryImport(Library, EntryPoint = "pango_layout_set_text")]
    public static partial void SetText(nint layout, byte* text, int length);

    [LibraryImport(Library, EntryPoint = "pango_layout_set_width")]
    public static partial void SetWidth(nint layout, int width);

    [LibraryImport(Library, EntryPoint = "pango_layout_set_wrap")]
    public static partial void SetWrap(nint layout, int wrap);

    [LibraryImport(Library, EntryPoint = "pango_layout_set_font_description")]
    public static partial void SetFont(nint layout, nint description);

    [LibraryImport(Library, EntryPoint = "pango_layout_set_attributes")]
    public static partial void SetAttributes(nint layout, nint attributes);

    [LibraryImport(Library, EntryPoint = "pango_layout_get_line_count")]
    public static partial int LineCount(nint layout);

    [LibraryImport(Library, EntryPoint = "pango_layout_get_line_readonly")]
    public static partial PangoLine* Line(nint layout, int index);

    [LibraryImport(Library, EntryPoint = "pango_layout_line_get_extents")]
    public static partial void LineExtents(PangoLine* line, PangoRectangle* ink, PangoRectangle* logical);

    [LibraryImport(Library, EntryPoint = "pango_layout_line_index_to_x")]
    public static partial void IndexToX(PangoLine* line, int index, int trailing, int* x);

    [LibraryImport(Library, EntryPoint = "pango_layout_get_unknown_glyphs_count")]
    public static partial int UnknownGlyphs(nint layout);

    [LibraryImport(Library, EntryPoint = "pango_font_description_new")]
    public static partial nint CreateFont();

    [LibraryImport(Library, EntryPoint = "pango_font_description_set_family", StringMarshalling = StringMarshalling.Utf8)]
    public static partial void SetFamily(nint description, string family);

    [LibraryImport(Library, EntryPoint = "pango_font_description_set_weight")]
    public static partial void SetWeight(nint description, int weight);

    [LibraryImport(Library, EntryPoint = "pango_font_description_set_style")]
    public static partial void SetSlant(nint description, int style);

    [LibraryImport(Library, EntryPoint = "pango_font_description_set_absolute_size")]
    public static partial void SetSize(nint description, double size);

    [LibraryImport(Library, EntryPoint = "pango_font_description_free")]
    public static partial void FreeFont(nint description);

    [LibraryImport(Library, EntryPoint = "pango_attr_list_new")]
    public static partial nint CreateAttributes();

    [LibraryImport(Library, EntryPoint = "pango_attr_list_insert")]
    public static partial void Insert(nint attributes, nint attribute);

    [LibraryImport(Library, EntryPoint = "pango_attr_list_unref")]
    public static partial void FreeAttributes(nint attributes);

    [LibraryImport(Library, EntryPoint = "pango_attr_letter_spacing_new")]
    public static partial nint LetterSpacing(int units);

    [LibraryImport(Library, EntryPoint = "pango_attr_font_features_new", StringMarshalling = StringMarshalling.Utf8)]
    public static partial nint Features(string features);

    [LibraryImport(TypographyLibraries.GObject, EntryPoint = "g_object_unref")]
    public static partial void Release(nint anything);

    [LibraryImport(TypographyLibraries.GObject, EntryPoint = "g_free")]
    public static partial void Free(nint memory);

    [LibraryImport(TypographyLibraries.Fontconfig, EntryPoint = "FcConfigAppFontAddDir", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int AddFontFolder(nint config, string folder);
}
