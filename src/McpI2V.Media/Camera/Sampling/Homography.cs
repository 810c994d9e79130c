using System.Runtime.InteropServices;

namespace McpI2V.Media.Camera.Sampling;

/// <summary>
/// The projective map from a pixel of the frame to a point of the still:
/// x = (A·u + B·v + C) / (G·u + H·v + I), y = (D·u + E·v + F) / (G·u + H·v + I).
/// Coordinates are continuous: pixel n covers n to n + 1.
/// </summary>
[StructLayout(LayoutKind.Auto)]
public readonly record struct Homography(double A, double B, double C, double D, double E, double F, double G, double H, double I)
{
    /// <summary>True if rows stay rows and columns stay columns, so that the two axes can be sampled apart.</summary>
    public bool IsUpright => B == 0 && D == 0 && G == 0 && H == 0;

    /// <summary>The point of the still that a point of the frame shows.</summary>
    public (double X, double Y) Map(double u, double v)
    {
        var w = (G * u) + (H * v) + I;
        return (((A * u) + (B * v) + C) / w, ((D * u) + (E * v) + F) / w);
    }

    /// <summary>The same view on a still that was scaled by a factor.</summary>
    public Homography OnScaled(double factorX, double factorY) =>
        this with { A = A * factorX, B = B * factorX, C = C * factorX, D = D * factorY, E = E * factorY, F = F * factorY };

    /// <summary>The same view for the half-size chroma planes of 4:2:0, sited left and between rows as H.264 has it.</summary>
    public Homography OnChroma()
    {
        // Frame chroma sample (i, j), centre (i + .5, j + .5), lies at luma (2i + .5, 2j + 1): u = 2u' - .5, v = 2v'.
        // Back on the still the same shift applies: x' = (x + .5) / 2, y' = y / 2.
        var shifted = this with
        {
            A = 2 * A,
            B = 2 * B,
            C = C - (0.5 * A),
            D = 2 * D,
            E = 2 * E,
            F = F - (0.5 * D),
            G = 2 * G,
            H = 2 * H,
            I = I - (0.5 * G),
        };
        return shifted with
        {
            A = (shifted.A + (0.5 * shifted.G)) / 2,
            B = (shifted.B + (0.5 * shifted.H)) / 2,
            C = (shifted.C + (0.5 * shifted.I)) / 2,
            D = shifted.D / 2,
            E = shifted.E / 2,
            F = shifted.F / 2,
        };
    }
}
