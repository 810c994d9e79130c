using System.Text.Json;
using System.Text.Json.Nodes;
using McpI2V.Engine;
using McpI2V.Engine.Library;
using McpI2V.Media;
using McpI2V.Media.Clips;
using McpI2V.Media.Formats;
using McpI2V.Media.Geometry;
using McpI2V.Media.Stills;

namespace McpI2V.Providers.Local;

/// <summary>Reads the <c>options</c> that the embedded engine understands.</summary>
internal static class LocalOptions
{
    /// <summary>Reads options with the same rules and errors as a typed operation.</summary>
    public static T Read<T>(JsonObject options, MediaLibrary library, IAssetPaths files, Func<OperationReader, T> read)
    {
        using var document = JsonDocument.Parse(options.ToJsonString());
        var reader = new OperationReader(document.RootElement, new Stills(library, files));
        try
        {
            var value = read(reader);
            reader.RequireAllRead();
            return value;
        }
        catch (MediaException e)
        {
            throw I2VException.Invalid("options", $"options: {e.Message.TrimEnd('.')}. Nothing was spent.");
        }
    }

    /// <summary>A backdrop: a colour, two colours with a comma between, or a still's handle.</summary>
    public static Backdrop? Backdrop(OperationReader reader, string name)
    {
        if (reader.Text(name) is not { } text)
        {
            return null;
        }
        if (AssetHandle.TryParse(text, out _))
        {
            return new Backdrop(default, null, reader.Sources.Still(text));
        }
        var colours = text.Split(',', StringSplitOptions.TrimEntries);
        if (colours.Length is 1 or 2 && Colour.TryParse(colours[0], out var top))
        {
            if (colours.Length == 1)
            {
                return new Backdrop(top, null, null);
            }
            if (Colour.TryParse(colours[1], out var bottom))
            {
                return new Backdrop(top, bottom, null);
            }
        }
        throw OperationReader.Fault($"{name} is {ForeignText.Quote(text, 60)}; a colour (#rrggbb or " +
            $"{string.Join(", ", Colour.Names)}), two colours with a comma between for a gradient, or a still is allowed");
    }

    private sealed class Stills(MediaLibrary library, IAssetPaths files) : IOperationSources
    {
        public AudioSource Audio(string handle) => throw OperationReader.Fault("no sound is taken here");

        public ClipSource Clip(string handle) => throw OperationReader.Fault("no clip is taken here");

        public StillSource Still(string handle) => files.StillOf(library.Find(handle));
    }
}
