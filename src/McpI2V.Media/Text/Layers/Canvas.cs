using McpI2V.Media.Geometry;
using McpI2V.Media.Text.Native;

namespace McpI2V.Media.Text.Layers;

/// <summary>Draws into a raster until it is disposed.</summary>
internal sealed unsafe class Canvas : IDisposable
{
    // Cairo knows only where the pixels are: who draws into them keeps them.
    private readonly Raster raster;
    private readonly nint surface;

    public Canvas(Raster raster)
    {
        this.raster = raster;
        surface = SurfaceOf(raster);
        Context = Cairo.Create(surface);
    }

    /// <summary>Cairo's own handle.</summary>
    public nint Context { get; }

    public void SetColour(Colour colour, double alpha = 1) =>
        Cairo.SetColour(Context, colour.Red / 255.0, colour.Green / 255.0, colour.Blue / 255.0, alpha);

    /// <summary>Fills with a colour that runs into another from top to bottom.</summary>
    public void SetGradient(Colour from, Colour to, double top, double bottom)
    {
        var pattern = Cairo.Linear(0, top, 0, bottom);
        Cairo.AddStop(pattern, 0, from.Red / 255.0, from.Green / 255.0, from.Blue / 255.0, 1);
        Cairo.AddStop(pattern, 1, to.Red / 255.0, to.Green / 255.0, to.Blue / 255.0, 1);
        Cairo.SetSource(Context, pattern);
        Cairo.DestroyPattern(pattern);
    }

    /// <summary>Lays another raster over it.</summary>
    public void Lay(Raster raster, double x = 0, double y = 0, double alpha = 1)
    {
        var over = SurfaceOf(raster);
        Cairo.SetSurface(Context, over, x, y);
        Cairo.SetFilter(Cairo.Source(Context), Cairo.FilterGood);
        Cairo.Paint(Context, alpha);
        Cairo.SetColour(Context, 0, 0, 0, 0);
        Cairo.DestroySurface(over);
        GC.KeepAlive(raster);
    }

    public void Dispose()
    {
        Cairo.Destroy(Context);
        Cairo.Flush(surface);
        Cairo.DestroySurface(surface);
        GC.KeepAlive(raster);
    }

    private static nint SurfaceOf(Raster raster)
    {
        // The pixels are pinned for the raster's life, which ends with its last use in our code, whatever Cairo still reads.
        fixed (byte* pixels = raster.Pixels)
        {
            var made = Cairo.SurfaceOver(pixels, Cairo.Argb32, raster.Width, raster.Height, raster.Stride);
            return Cairo.SurfaceStatus(made) == 0
                ? made
                : throw new InvalidOperationException($"Cairo makes no surface of {raster.Width}x{raster.Height}");
        }
    }
}
