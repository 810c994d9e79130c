using McpI2V.Media.Ffmpeg;
using McpI2V.Media.Geometry;
using McpI2V.Media.Text.Layers;

namespace McpI2V.Media.Clips.Joining;

/// <summary>Transitions in which a shape with a soft edge grows, eased, and the next picture is seen through it.</summary>
internal static class MaskedJoint
{
    private const double Softness = 0.07;

    // A soft edge needs no more; it is enlarged without steps.
    private const int Smaller = 4;

    /// <summary>A circle opens around the middle.</summary>
    public static string Circle(Joint joint) => Through(joint, (x, y, ratio) =>
    {
        var (fromMiddle, down) = ((x - 0.5) * ratio, y - 0.5);
        return Math.Sqrt((fromMiddle * fromMiddle) + (down * down)) / Math.Sqrt((0.25 * ratio * ratio) + 0.25);
    });

    /// <summary>An edge goes to the left.</summary>
    public static string Left(Joint joint) => Through(joint, (x, _, _) => 1 - x);

    /// <summary>An edge goes to the right.</summary>
    public static string Right(Joint joint) => Through(joint, (x, _, _) => x);

    // distance: when a place is reached, 0 first and 1 last.
    private static string Through(Joint joint, Func<double, double, double, double> distance)
    {
        var graph = joint.Graph;
        var name = $"mask-{graph.NewLabel()}.mkv";
        Write(joint, graph.Work.At(name), distance);
        var timed = $"settb=AVTB,setpts=N/({FfmpegCommand.Number(joint.Rate)}*TB)";
        var mask = graph.Chain(
            graph.AddLayer(name),
            $"alphaextract,scale={joint.Size.Width}:{joint.Size.Height}:flags=bicubic,{timed}");
        var seen = graph.Chain([graph.Chain(joint.Arriving, $"format=yuva420p,{timed}"), mask], "alphamerge");
        return graph.Chain([graph.Chain(joint.Leaving, timed), seen], "overlay=format=yuv420:shortest=1");
    }

    private static void Write(Joint joint, string path, Func<double, double, double, double> distance)
    {
        var size = new PixelSize(Math.Max(2, joint.Size.Width / Smaller), Math.Max(2, joint.Size.Height / Smaller)).Even();
        var reached = new double[size.Pixels];
        for (var i = 0; i < reached.Length; i++)
        {
            reached[i] = distance(
                ((i % size.Width) + 0.5) / size.Width,
                ((i / size.Width) + 0.5) / size.Height,
                size.Ratio);
        }
        using var file = new LayerFile(path, size.Width, size.Height, LayerPixels.Whole);
        var picture = new byte[4 * reached.Length];
        for (var number = 0; number < joint.Count; number++)
        {
            var time = (number + 1.0) / (joint.Count + 1);
            var eased = time < 0.5 ? 4 * Math.Pow(time, 3) : 1 - (4 * Math.Pow(1 - time, 3));
            var edge = (eased * (1 + Softness)) - (Softness / 2);
            for (var i = 0; i < reached.Length; i++)
            {
                var open = Math.Clamp(((edge - reached[i]) / Softness) + 0.5, 0, 1);
                picture[(4 * i) + 3] = (byte)Math.Round(255 * open * open * (3 - (2 * open)));
            }
            file.Add(number / joint.Rate, picture);
        }
    }
}
