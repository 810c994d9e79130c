using System.IO.Pipelines;
using System.Text;
using System.Text.Json.Nodes;
using McpI2V.Mcp.Messages;
using ModelContextProtocol.Protocol;

namespace McpI2V.Tests;

/// <summary>Messages over standard input: one a line, however the lines come.</summary>
public sealed class ReadingLines
{
    private const string Message = "{\"jsonrpc\":\"2.0\",\"id\":1,\r\"method\":\"tools/list\"}";

    [Fact]
    public async Task A_message_may_come_in_pieces_and_its_end_without_a_line_end()
    {
        var (input, output) = (new Pipe(), new MemoryStream());
        await using var transport = new LineTransport(input.Reader.AsStream(), output);

        foreach (var piece in ("\n \r\n" + Message + "\n" + Message + "\r\n" + Message).Chunk(7))
        {
            await input.Writer.WriteAsync(Encoding.UTF8.GetBytes(piece));
        }
        await input.Writer.CompleteAsync();
        List<JsonRpcMessage> read = [];
        await foreach (var message in transport.MessageReader.ReadAllAsync())
        {
            read.Add(message);
        }

        Assert.Equal(3, read.Count);
        Assert.All(read, m => Assert.Equal("tools/list", ((JsonRpcRequest)m).Method));
        Assert.Equal(0, output.Length);
    }

    [Fact]
    public async Task A_line_that_is_too_long_is_told_and_the_next_one_is_read()
    {
        var (input, output) = (new Pipe(new PipeOptions(pauseWriterThreshold: 0)), new MemoryStream());
        await using var transport = new LineTransport(input.Reader.AsStream(), output, longest: 100_000);

        await input.Writer.WriteAsync(Encoding.UTF8.GetBytes("{\"x\":\"" + new string('x', 300_000) + "\"}\nno\n" + Message + "\n"));
        var message = await transport.MessageReader.ReadAsync();
        await input.Writer.CompleteAsync();

        Assert.IsType<JsonRpcRequest>(message);
        var codes = Encoding.UTF8.GetString(output.ToArray())
            .Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(l => JsonNode.Parse(l)!["error"]!["code"]!.GetValue<int>());
        Assert.Equal([-32600, -32700], codes);
    }
}
