using McpI2V.Media.Camera.Matching;
using McpI2V.Media.Ffmpeg;
using McpI2V.Media.Geometry;

namespace McpI2V.Media.Clips.Joining;

/// <summary>
/// Transitions in which both pictures move as one, eased and with motion blur: every frame is the mean of several moments, which cost next
/// to nothing because a moment is a window on the same bytes.
/// </summary>
internal static class MovingJoint
{
    // Moments are averaged in pairs, and the pairs in pairs.
    private const int PairsOfAMatch = 2;
    private const int PairsOfASlide = 3;
    private const int PairsOfAWhip = 4;

    // How much of the time between two frames the shutter is open.
    private const double Shutter = 0.6;
    private const double WhipShutter = 0.8;

    // Zooming through, each picture grows to 1.6 times its size: more would show the next one's mirrors as a pattern.
    private const double Times = 1.6;

    // How much of a match both pictures are seen in, and from when, and how far beyond an edge the camera may look, in shares.
    private const double Mixed = 0.25;
    private const double MixedLate = 0.55;
    private const double Beyond = 0.25;

    /// <summary>The next picture pushes this one out to the left.</summary>
    public static string SlideLeft(Joint joint)
    {
        var strip = joint.Graph.Chain([joint.Leaving, joint.Arriving], "hstack=shortest=1");
        return Blurred(joint, strip, Window(joint, $"x='{joint.Size.Width}*{Cubic(joint, PairsOfASlide, Shutter)}':y=0"), PairsOfASlide);
    }

    /// <summary>The next picture pushes this one out upwards.</summary>
    public static string SlideUp(Joint joint)
    {
        var strip = joint.Graph.Chain([joint.Leaving, joint.Arriving], "vstack=shortest=1");
        return Blurred(joint, strip, Window(joint, $"x=0:y='{joint.Size.Height}*{Cubic(joint, PairsOfASlide, Shutter)}'"), PairsOfASlide);
    }

    /// <summary>The camera whips to the right until the next picture stands there: what lies between are both pictures mirrored.</summary>
    public static string Whip(Joint joint)
    {
        var (graph, size) = (joint.Graph, joint.Size);
        var (leaving, further) = graph.Twice(joint.Leaving);
        var (nearer, arriving) = graph.Twice(joint.Arriving);
        var strip = graph.Chain(
            [leaving, graph.Chain(further, "hflip"), graph.Chain(nearer, "hflip"), arriving],
            "hstack=inputs=4:shortest=1");
        var way = Quartic(joint, PairsOfAWhip, WhipShutter);
        // At full speed two moments lie farther apart than the eye would take for a smear: each is smeared so far by itself.
        var moments = joint.Count << PairsOfAWhip;
        var smear = FormattableString.Invariant(
            $"avgblur=sizeX={Math.Max(2, size.Width / 60)}:sizeY=1:enable='between(n,{moments * 0.36:0},{moments * 0.64:0})'");
        return Blurred(joint, strip, Window(joint, $"x='{3 * size.Width}*{way}':y=0") + "," + smear, PairsOfAWhip);
    }

    /// <summary>The camera goes through this picture into the next, which comes from afar between its own mirrored edges.</summary>
    public static string Zoom(Joint joint)
    {
        var (graph, size) = (joint.Graph, joint.Size);
        var gone = joint.Count / 2;
        var growth = FfmpegCommand.Number(2 * Math.Log(Times));
        var near = graph.Chain(joint.Leaving, FormattableString.Invariant($"trim=end_frame={gone}"));
        var (edgeX, edgeY) = (Even(size.Width * (Times - 1) / 2), Even(size.Height * (Times - 1) / 2));
        var far = graph.Chain(
            joint.Arriving,
            FormattableString.Invariant($"trim=start_frame={gone},setpts=PTS-STARTPTS,") + Filled(size, edgeX, edgeY, "mirror"));
        string Grown(string video, int frames, int from, double less) => graph.Chain(video, Moments(joint, frames, PairsOfASlide) +
            $",zoompan=z='exp({growth}*({Quartic(joint, PairsOfASlide, Shutter, "on", from)}-{FfmpegCommand.Number(less)}))'" +
            $":x='iw/2-iw/zoom/2':y='ih/2-ih/zoom/2':d=1:s={size}:fps={MomentRate(joint, PairsOfASlide)}," +
            $"settb=AVTB,setpts=N/({MomentRate(joint, PairsOfASlide)}*TB),setsar=1");
        var pieces = gone == 0
            ? [Grown(far, joint.Count, 0, 0.5)]
            : new[] { Grown(near, gone, 0, 0), Grown(far, joint.Count - gone, gone, 0.5) };
        var whole = pieces.Length == 1 ? pieces[0] : graph.Chain(pieces, "concat=n=2:v=1:a=0");
        return graph.Chain(whole, Averaged(PairsOfASlide));
    }

    /// <summary>The camera goes from the one picture's frame to the other's while what both show stays in one place.</summary>
    public static string Match(Joint joint, StillMatch match)
    {
        // Whoever shows the thing smaller fills the frame all the way, for the camera goes nearer in it; the other is seen over it where
        // its own frame is, and only while that nearly is the whole.
        var comesNearer = match.Scale >= 1;
        var under = comesNearer ? joint.Leaving : joint.Arriving;
        var over = comesNearer ? joint.Arriving : joint.Leaving;
        var mixed = Math.Max(1, (int)Math.Round(joint.Count * Mixed));
        var from = (int)Math.Round(joint.Count * (comesNearer ? MixedLate : 1 - MixedLate - Mixed));
        var fade = FormattableString.Invariant(
            $"fade=t={(comesNearer ? "in" : "out")}:start_frame={from}:nb_frames={mixed}:alpha=1");
        var timed = $"settb=AVTB,setpts=N/({FfmpegCommand.Number(joint.Rate)}*TB)";
        var (picture, frame) = joint.Graph.Twice(over);
        frame = joint.Graph.Chain(frame, "format=gray,lut=y=255");
        var seen = joint.Graph.Chain(
            [
                Followed(joint, picture, match, comesNearer, Smeared),
                // Black is 16 to pad.
                joint.Graph.Chain(Followed(joint, frame, match, comesNearer, Padded), "lut=y='clip((val-16)*255/239,0,255)'"),
            ],
            $"alphamerge,{timed},{fade}");
        return joint.Graph.Chain(
            [joint.Graph.Chain(Followed(joint, under, match, !comesNearer, Smeared), timed), seen],
            "overlay=format=yuv420:shortest=1");
    }

    // A picture as the camera sees it under way.
    private static string Followed(
        Joint joint,
        string video,
        StillMatch match,
        bool arrives,
        Func<PixelSize, int, int, string> beyond)
    {
        var (width, height) = ((double)joint.Size.Width, (double)joint.Size.Height);
        var (edgeX, edgeY) = (Even(width * Beyond), Even(height * Beyond));
        var way = Cubic(joint, PairsOfAMatch, Shutter, "(on-1)");
        var isAsLarge = Math.Abs(match.Scale - 1) < 0.002;
        var scale = isAsLarge ? "1" : $"exp({FfmpegCommand.Number(Math.Log(match.Scale))}*({way}))";
        // All in pixels: where a place of the frame lies in the first picture, then in the second.
        string Place(double at, double shift, int edge)
        {
            var shifted = isAsLarge
                ? $"{FfmpegCommand.Number(shift)}*({way})"
                : $"{FfmpegCommand.Number(shift / (match.Scale - 1))}*({scale}-1)";
            var first = $"({FfmpegCommand.Number(at)}-{shifted})/{scale}";
            return arrives
                ? $"{FfmpegCommand.Number(match.Scale)}*({first})+{FfmpegCommand.Number(shift + edge)}"
                : $"{first}+{edge}";
        }
        var (shiftX, shiftY) = (match.ShiftX * width, match.ShiftY * width);
        var (left, right) = (Place(-edgeX, shiftX, edgeX), Place(width + edgeX, shiftX, edgeX));
        var (top, bottom) = (Place(-edgeY, shiftY, edgeY), Place(height + edgeY, shiftY, edgeY));
        var seen = $"perspective=x0='{left}':y0='{top}':x1='{right}':y1='{top}':x2='{left}':y2='{bottom}':x3='{right}':y3='{bottom}'" +
            ":sense=source:eval=frame:interpolation=cubic";
        return joint.Graph.Chain(
            video,
            $"{Moments(joint, joint.Count, PairsOfAMatch)},{beyond(joint.Size, edgeX, edgeY)},{seen}," +
                $"crop={joint.Size.Width}:{joint.Size.Height}:{edgeX}:{edgeY},{Averaged(PairsOfAMatch)}");
    }

    // Beyond the edges they go on: a mirror would show the thing itself a second time.
    private static string Smeared(PixelSize size, int edgeX, int edgeY) => Filled(size, edgeX, edgeY, "smear");

    private static string Padded(PixelSize size, int edgeX, int edgeY) =>
        FormattableString.Invariant($"pad={size.Width + (2 * edgeX)}:{size.Height + (2 * edgeY)}:{edgeX}:{edgeY}");

    private static string Filled(PixelSize size, int edgeX, int edgeY, string mode) =>
        Padded(size, edgeX, edgeY) + FormattableString.Invariant(
            $",fillborders=left={edgeX}:right={edgeX}:top={edgeY}:bottom={edgeY}:mode={mode}");

    private static int Even(double value) => (int)Math.Round(value / 2) * 2;

    private static string Blurred(Joint joint, string strip, string window, int pairs) =>
        joint.Graph.Chain(strip, $"{Moments(joint, joint.Count, pairs)},{window},{Averaged(pairs)}");

    private static string Window(Joint joint, string place) => $"crop={joint.Size.Width}:{joint.Size.Height}:{place}";

    private static string MomentRate(Joint joint, int pairs) => FfmpegCommand.Number(joint.Rate * (1 << pairs));

    private static string Moments(Joint joint, int frames, int pairs) => FormattableString.Invariant(
        $"tpad=stop_mode=clone:stop=2,fps={MomentRate(joint, pairs)},trim=end_frame={frames << pairs}");

    private static string Averaged(int pairs) => string.Join(',', Enumerable.Repeat("tblend=all_mode=average,framestep=2", pairs));

    private static string Cubic(Joint joint, int pairs, double shutter, string number = "n") =>
        $"if(lt(st(0,{Time(joint, pairs, shutter, number, 0)}),0.5),4*ld(0)^3,1-4*(1-ld(0))^3)";

    private static string Quartic(Joint joint, int pairs, double shutter, string number = "n", int from = 0) =>
        $"if(lt(st(0,{Time(joint, pairs, shutter, number, from)}),0.5),8*ld(0)^4,1-8*(1-ld(0))^4)";

    // The time of a moment, 0 to 1: neither end is one of the joint's frames.
    private static string Time(Joint joint, int pairs, double shutter, string number, int from)
    {
        var moments = 1 << pairs;
        return FormattableString.Invariant($"(floor({number}/{moments})+{from + 1}") + FormattableString.Invariant(
            $"+{FfmpegCommand.Number(shutter)}*((mod({number},{moments})+0.5)/{moments}-0.5))/{joint.Count + 1}");
    }
}
