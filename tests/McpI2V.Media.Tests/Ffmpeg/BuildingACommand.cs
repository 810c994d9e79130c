using System.Globalization;
using McpI2V.Media.Ffmpeg;
using McpI2V.Media.Formats;
using McpI2V.Media.Geometry;

namespace McpI2V.Media.Tests.Ffmpeg;

public sealed class BuildingACommand
{
    public static TheoryData<MediaFormat> Formats =>
        [MediaFormat.Jpeg, MediaFormat.Png, MediaFormat.Avif, MediaFormat.Mp4, MediaFormat.WebM, MediaFormat.Wav, MediaFormat.Mp3];

    [Theory]
    [MemberData(nameof(Formats))]
    public void Every_file_is_opened_by_its_one_demuxer_from_the_disk_alone(MediaFormat format)
    {
        var command = new FfmpegCommand();
        command.File("first.bin", format);
        Assert.Equal(1, command.File("second.bin", format, "-ss", "1"));

        var arguments = command.To("out.mp4");

        foreach (var input in InputsOf(arguments))
        {
            Assert.Equal("file", Value(input, "-protocol_whitelist"));
            Assert.Equal(format.Demuxer, Value(input, "-format_whitelist"));
            Assert.Equal(format.Demuxer, Value(input, "-f"));
            Assert.Equal(
                HostileInput.MaxPixels(format),
                int.Parse(Value(input, "-max_pixels"), CultureInfo.InvariantCulture));
            Assert.DoesNotContain("subrip", Value(input, "-codec_whitelist"), StringComparison.Ordinal);
        }
        Assert.Equal(2, InputsOf(arguments).Count());
    }

    [Theory]
    [InlineData("-i")]
    [InlineData("http://example.com/x.jpg")]
    [InlineData("concat:a|b")]
    [InlineData("pipe:0")]
    public void A_name_is_a_file_of_this_machine_whatever_it_looks_like(string name)
    {
        var command = new FfmpegCommand();
        command.File(name, MediaFormat.Jpeg);

        var arguments = command.To(name);

        Assert.Equal("file:" + Path.GetFullPath(name), Value(arguments, "-i"));
        Assert.Equal("file:" + Path.GetFullPath(name), arguments[^1]);
    }

    [Fact]
    public void What_a_source_says_of_itself_is_not_carried_over_and_our_own_comment_is()
    {
        var arguments = new FfmpegCommand().H264(EncodeQuality.Standard, threads: 2, "made by a machine").To("out.mp4");

        Assert.Equal("-1", Value(arguments, "-map_metadata"));
        Assert.Equal("-1", Value(arguments, "-map_chapters"));
        Assert.Equal("comment=made by a machine", Value(arguments, "-metadata"));
        Assert.DoesNotContain("-metadata", new FfmpegCommand().H264(EncodeQuality.Standard, threads: 2, comment: null).To("out.mp4"));
    }

    [Fact]
    public void A_final_is_encoded_with_more_care_than_a_draft()
    {
        var loss = new[] { EncodeQuality.Best, EncodeQuality.Standard, EncodeQuality.Draft }
            .Select(q => int.Parse(Value(new FfmpegCommand().H264(q, 0, null).To("x"), "-crf"), CultureInfo.InvariantCulture))
            .ToList();

        Assert.Equal(loss.Order().Distinct(), loss);
    }

    [Fact]
    public void Frames_of_our_own_come_through_the_pipe_and_the_graph_stands_between_inputs_and_output()
    {
        var command = new FfmpegCommand();
        Assert.Equal(0, command.RawFrames(new PixelSize(320, 180), framesPerSecond: 30));

        var arguments = command.Graph("[0:v]null[o]").Output("-map", "[o]").ToPipe().ToList();

        Assert.Equal("320x180", Value(arguments, "-video_size"));
        Assert.Equal("pipe:1", arguments[^1]);
        Assert.True(arguments.IndexOf("-i") < arguments.IndexOf("-filter_complex"), "inputs come first");
        Assert.True(arguments.IndexOf("-filter_complex") < arguments.IndexOf("-map"), "then the graph, then the output");
    }

    [Theory]
    [InlineData(0.0000001, "0")]
    [InlineData(1234567.5, "1234567.5")]
    [InlineData(-0.25, "-0.25")]
    [InlineData(1e-4, "0.0001")]
    public void A_number_has_a_point_and_no_exponent(double number, string text) => Assert.Equal(text, FfmpegCommand.Number(number));

    // The options before each -i.
    private static IEnumerable<IReadOnlyList<string>> InputsOf(IReadOnlyList<string> arguments)
    {
        List<string> options = [];
        foreach (var (i, argument) in arguments.Index())
        {
            options.Add(argument);
            if (i > 0 && arguments[i - 1] == "-i")
            {
                yield return options;
                options = [];
            }
        }
    }

    private static string Value(IReadOnlyList<string> arguments, string option) =>
        arguments[arguments.Index().Last(a => a.Item == option).Index + 1];
}
