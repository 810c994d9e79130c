using MetadataExtractor;
using MetadataExtractor.Formats.Bmp;
using MetadataExtractor.Formats.Exif;
using MetadataExtractor.Formats.Gif;
using MetadataExtractor.Formats.Jpeg;
using MetadataExtractor.Formats.Png;
using MetadataExtractor.Formats.WebP;

namespace McpI2V.Media.Probing;

/// <summary>Size and orientation of a still, read in process from its header: nothing is decoded yet.</summary>
internal static class StillHeader
{
    public static (PixelSize Stored, int Orientation) Read(string path)
    {
        IReadOnlyList<MetadataExtractor.Directory> directories;
        try
        {
            directories = ImageMetadataReader.ReadMetadata(path);
        }
        catch (Exception e) when (e is ImageProcessingException or IOException or ArgumentException or IndexOutOfRangeException or OverflowException)
        {
            throw new MediaException(MediaFault.Unreadable, "its header can't be read: " + e.Message, e);
        }
        var size = Sizes(directories).FirstOrDefault(s => s.Width > 0 && s.Height > 0);
        if (size.Width <= 0)
        {
            throw new MediaException(MediaFault.Unreadable, "its header names no size");
        }
        var orientation = directories.OfType<ExifIfd0Directory>().Select(d => Get(d, ExifDirectoryBase.TagOrientation)).FirstOrDefault(o => o is >= 1 and <= 8);
        return (size, orientation == 0 ? 1 : orientation);
    }

    private static IEnumerable<PixelSize> Sizes(IReadOnlyList<MetadataExtractor.Directory> directories)
    {
        foreach (var directory in directories)
        {
            yield return directory switch
            {
                JpegDirectory d => new(Get(d, JpegDirectory.TagImageWidth), Get(d, JpegDirectory.TagImageHeight)),
                PngDirectory d => new(Get(d, PngDirectory.TagImageWidth), Get(d, PngDirectory.TagImageHeight)),
                GifHeaderDirectory d => new(Get(d, GifHeaderDirectory.TagImageWidth), Get(d, GifHeaderDirectory.TagImageHeight)),
                BmpHeaderDirectory d => new(Get(d, BmpHeaderDirectory.TagImageWidth), Math.Abs(Get(d, BmpHeaderDirectory.TagImageHeight))),
                WebPDirectory d => new(Get(d, WebPDirectory.TagImageWidth), Get(d, WebPDirectory.TagImageHeight)),
                ExifIfd0Directory d => new(Get(d, ExifDirectoryBase.TagImageWidth), Get(d, ExifDirectoryBase.TagImageHeight)),
                _ => default,
            };
        }
    }

    private static int Get(MetadataExtractor.Directory directory, int tag) => directory.TryGetInt32(tag, out var value) ? value : 0;
}
