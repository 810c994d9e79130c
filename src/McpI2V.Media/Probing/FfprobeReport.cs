using System.Text.Json.Serialization;

namespace McpI2V.Media.Probing;

internal sealed record FfprobeReport(
    [property: JsonPropertyName("streams")] FfprobeStream[]? Streams,
    [property: JsonPropertyName("format")] FfprobeFormat? Format);

internal sealed record FfprobeStream(
    [property: JsonPropertyName("codec_type")] string? CodecType,
    [property: JsonPropertyName("codec_name")] string? CodecName,
    [property: JsonPropertyName("width")] int Width,
    [property: JsonPropertyName("height")] int Height,
    [property: JsonPropertyName("avg_frame_rate")] string? AverageFrameRate,
    [property: JsonPropertyName("nb_read_packets")] string? PacketCount,
    [property: JsonPropertyName("duration")] string? Duration,
    [property: JsonPropertyName("pix_fmt")] string? PixelFormat,
    [property: JsonPropertyName("color_space")] string? ColourSpace,
    [property: JsonPropertyName("color_transfer")] string? ColourTransfer,
    [property: JsonPropertyName("color_range")] string? ColourRange,
    [property: JsonPropertyName("side_data_list")] FfprobeSideData[]? SideData);

internal sealed record FfprobeSideData([property: JsonPropertyName("rotation")] int Rotation);

internal sealed record FfprobeFormat([property: JsonPropertyName("duration")] string? Duration);

[JsonSerializable(typeof(FfprobeReport))]
internal sealed partial class FfprobeJson : JsonSerializerContext;
