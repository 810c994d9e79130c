namespace McpI2V.EndToEnd.Http;

/// <summary>Requests as they are written.</summary>
internal static class Requests
{
    public const string Meta =
        """ "_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28","io.modelcontextprotocol/clientCapabilities":{}} """;

    public const string Initialize = """{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-06-18","capabilities":{},"clientInfo":{"name":"c","version":"1"}}}""";

    public const string List = """{"jsonrpc":"2.0","id":7,"method":"tools/list","params":{}}""";

    public const string StatelessList = "{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"tools/list\",\"params\":{" + Meta + "}}";
}
