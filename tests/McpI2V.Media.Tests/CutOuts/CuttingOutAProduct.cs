using McpI2V.Media.CutOuts;
using McpI2V.Media.Ffmpeg;
using McpI2V.Media.Formats;
using McpI2V.Media.Probing;

namespace McpI2V.Media.Tests.CutOuts;

/// <summary>Edges measured against a traced product whose coverage is known.</summary>
public sealed class CuttingOutAProduct : IDisposable
{
    private readonly Workshop workshop = new();

    public void Dispose() => workshop.Dispose();

    public static TheoryData<string, double> Products => new()
    {
        { "amber on grey", 0.045 },
        { "black on white", 0.045 },
        { "white on blue", 0.045 },
        { "green on sand, noisy", 0.06 },
    };

    [Theory]
    [MemberData(nameof(Products))]
    public async Task Its_edge_is_where_the_product_ends_and_nothing_of_the_sheet_stays(string name, double most)
    {
        var product = Product(name);
        var (photo, alpha, own) = product.Trace();
        var path = workshop.At("cut.png");

        var cut = await CutAsync(product.Write(workshop.At("photo.png"), photo), path);
        var made = await UncutAsync(path, product, alpha);

        var edge = Enumerable.Range(0, alpha.Length).Where(i => IsNearEdge(alpha, product.Width, i)).ToList();
        var error = edge.Average(i => Math.Abs((made[(4 * i) + 3] / 255.0) - alpha[i]));
        var far = Enumerable.Range(0, alpha.Length).Except(edge).Count(i => Math.Abs((made[(4 * i) + 3] / 255.0) - alpha[i]) > 0.1);
        Assert.True(error < most, $"{name}: {error:0.000} of a pixel's coverage, mean over the edge");
        Assert.True(far < alpha.Length / 500, $"{name}: {far} pixels away from the edge are on the wrong side");
        Assert.True(cut.BackdropEdgePixels < 0.6, $"{name}: {cut.BackdropEdgePixels} px of the sheet are left");
        Assert.True(cut.ShadowEdgeShare <= 0.002, $"{name}: {cut.ShadowEdgeShare} of the edge is taken for shadow");
        Assert.Empty(cut.CutBy);
        // Laid over magenta, as the product itself would be.
        var wrong = edge.Where(i => alpha[i] > 0).Average(i => Math.Abs(
            ((made[(4 * i) + 1] * made[(4 * i) + 3] / 255.0)) - (own[i].Green * alpha[i])));
        Assert.True(wrong < 13, $"{name}: {wrong:0.0} levels over another backdrop");
    }

    [Fact]
    public async Task A_rim_of_the_sheet_is_found()
    {
        var product = Product("black on white");
        var (photo, alpha, _) = product.Trace();
        var still = product.Write(workshop.At("photo.png"), photo);
        var backdrop = PlainBackdrop.Of(new Photo(product.Width, product.Height, [.. Enumerable.Range(0, alpha.Length * 3)
            .Select(i => photo[(4 * (i / 3)) + (i % 3)])]));
        var picture = new Photo(product.Width, product.Height, [.. Enumerable.Range(0, alpha.Length * 3)
            .Select(i => photo[(4 * (i / 3)) + (i % 3)])]);

        // Cut three pixels too wide all around.
        var wide = Enumerable.Range(0, alpha.Length * 4).Select(i => i % 4 == 3
            ? (byte)(Enumerable.Range(-3, 7).SelectMany(y => Enumerable.Range(-3, 7).Select(x => (i / 4) + x + (y * product.Width)))
                .Any(n => n >= 0 && n < alpha.Length && alpha[n] > 0.5) ? 255 : 0)
            : photo[i]).ToArray();

        Assert.InRange(BackdropEdge.Of(picture, backdrop, wide), 2.2, 4);
        Assert.NotNull(still);
    }

    [Theory]
    [InlineData("testsrc2=s=400x400", "shows no plain backdrop")]
    [InlineData("color=c=0xE0E0E0:s=400x400", "nothing stands out")]
    [InlineData("color=c=0xE0E0E0:s=400x400,drawbox=x=4:y=4:w=392:h=392:c=red:t=fill", "no plain backdrop")]
    [InlineData("color=c=0xE0E0E0:s=40x400", "nothing smaller than 64")]
    public async Task What_cannot_be_told_apart_is_refused_with_what_to_do(string picture, string reason)
    {
        var path = await workshop.MakeAsync("photo.png", "-f", "lavfi", "-i", picture, "-frames:v", "1");
        var size = MediaProbe.SizeOf(path, MediaFormat.Png);

        var e = await Assert.ThrowsAsync<MediaException>(() =>
            CutAsync(new StillSource(path, MediaFormat.Png, size, 1, HasAlpha: false), workshop.At("cut.png")));

        Assert.Contains(reason, e.Message, StringComparison.Ordinal);
        Assert.Equal(MediaFault.OutOfRange, e.Fault);
    }

    [Fact]
    public async Task A_subject_that_the_picture_ends_is_told()
    {
        var path = await workshop.MakeAsync(
            "photo.png", "-f", "lavfi", "-i", "color=c=0xE0E0E0:s=400x400,drawbox=x=150:y=200:w=100:h=200:c=navy:t=fill", "-frames:v", "1");

        var cut = await CutAsync(new StillSource(path, MediaFormat.Png, new(400, 400), 1, HasAlpha: false), workshop.At("cut.png"));

        Assert.Equal(["bottom"], cut.CutBy);
    }

    [Fact]
    public async Task A_line_between_wall_and_floor_is_no_part_of_the_product()
    {
        const string Room = "color=c=0xE6DCD2:s=800x600,drawbox=x=0:y=395:w=800:h=3:c=0xC8BEB4:t=fill," +
            "drawbox=x=300:y=200:w=200:h=260:c=navy:t=fill";
        var cut = await CutAsync(await RoomAsync(Room), workshop.At("cut.png"));

        Assert.InRange(cut.Size.Width, 200, 240);
        Assert.InRange(cut.Size.Height, 260, 300);
        Assert.Empty(cut.CutBy);
        Assert.Equal(0, cut.ShadowEdgeShare);
    }

    [Fact]
    public async Task A_string_of_the_products_own_colour_stays()
    {
        const string Balloon = "color=c=0xE6DCD2:s=800x600,drawbox=x=300:y=100:w=200:h=200:c=navy:t=fill," +
            "drawbox=x=398:y=300:w=3:h=200:c=navy:t=fill";
        var cut = await CutAsync(await RoomAsync(Balloon), workshop.At("cut.png"));

        Assert.InRange(cut.Size.Height, 395, 430);
    }

    [Fact]
    public async Task A_hard_shadow_that_came_along_is_told()
    {
        const string Lit = "color=c=0xE6DCD2:s=800x600,drawbox=x=500:y=380:w=120:h=80:c=0xA19A93:t=fill," +
            "drawbox=x=300:y=200:w=200:h=260:c=navy:t=fill";
        var cut = await CutAsync(await RoomAsync(Lit), workshop.At("cut.png"));

        Assert.InRange(cut.ShadowEdgeShare, 0.1, 0.5);
    }

    [Fact]
    public async Task Behind_a_product_the_backdrop_goes_on()
    {
        var product = Product("black on white");
        var still = product.Write(workshop.At("photo.png"), product.Trace().Rgba);

        var cut = await new CutOutMaker(workshop.Ffmpeg).MakeLayersAsync(
            still,
            workshop.At("cut.png"),
            workshop.At("behind.png"),
            workshop.Work,
            CancellationToken.None);

        var behind = await workshop.LookAsync(workshop.At("behind.png"));
        Assert.Equal(still.Size, behind.Size);
        // The sheet is 246; where the product's own shadow lay it may be as dark as that.
        Assert.DoesNotContain(behind.Rgb, v => v < 140);
        Assert.InRange((cut.Area.Left + cut.Area.Right) / 2, 0.4, 0.6);
    }

    private async Task<StillSource> RoomAsync(string picture)
    {
        var path = await workshop.MakeAsync("room.png", "-f", "lavfi", "-i", picture, "-frames:v", "1");
        return new StillSource(path, MediaFormat.Png, MediaProbe.SizeOf(path, MediaFormat.Png), 1, HasAlpha: false);
    }

    private static TracedProduct Product(string name) => name switch
    {
        "amber on grey" => new(new Tint(150, 80, 30), new Tint(30, 30, 34), new Tint(205, 205, 205)),
        "black on white" => new(new Tint(30, 30, 34), new Tint(190, 160, 90), new Tint(246, 246, 246)) { Shadow = 0.25 },
        "white on blue" => new(new Tint(245, 245, 240), new Tint(235, 235, 235), new Tint(60, 90, 170)),
        _ => new(new Tint(40, 110, 60), new Tint(220, 220, 215), new Tint(225, 205, 175)) { Noise = 5 },
    };

    private Task<CutOutResult> CutAsync(StillSource still, string path) =>
        new CutOutMaker(workshop.Ffmpeg).MakeAsync(still, path, workshop.Work, CancellationToken.None);

    // The cut-out at its place in the photograph again, by where it fits best.
    private async Task<byte[]> UncutAsync(string path, TracedProduct product, double[] alpha)
    {
        var size = MediaProbe.SizeOf(path, MediaFormat.Png);
        var command = new FfmpegCommand();
        command.File(path, MediaFormat.Png);
        command.Graph("[0:v]format=rgba[o]").Output("-map", "[o]", "-f", "rawvideo");
        var rgba = await workshop.Ffmpeg.ReadAsync(command, workshop.Work, CancellationToken.None);
        var (bestLeft, bestTop, best) = (0, 0, double.MaxValue);
        for (var top = 0; top <= product.Height - size.Height; top++)
        {
            for (var left = 0; left <= product.Width - size.Width; left++)
            {
                var wrong = 0.0;
                for (var i = 0; i < size.Pixels; i += 7)
                {
                    var at = ((top + (i / size.Width)) * product.Width) + left + (i % size.Width);
                    wrong += Math.Abs((rgba[(4 * i) + 3] / 255.0) - alpha[at]);
                }
                (bestLeft, bestTop, best) = wrong < best ? (left, top, wrong) : (bestLeft, bestTop, best);
            }
        }
        var whole = new byte[alpha.Length * 4];
        for (var y = 0; y < size.Height; y++)
        {
            rgba.AsSpan(y * size.Width * 4, size.Width * 4)
                .CopyTo(whole.AsSpan((((bestTop + y) * product.Width) + bestLeft) * 4));
        }
        return whole;
    }

    private static bool IsNearEdge(double[] alpha, int width, int at)
    {
        for (var y = -2; y <= 2; y++)
        {
            for (var x = -2; x <= 2; x++)
            {
                var near = at + x + (y * width);
                if (near >= 0 && near < alpha.Length && alpha[near] is > 0.01 and < 0.99)
                {
                    return true;
                }
            }
        }
        return false;
    }
}
