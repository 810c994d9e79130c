namespace McpI2V.EndToEnd.Paying;

/// <summary>An imitation counts only while the vendor's own SDK runs against it unchanged.</summary>
public sealed class ProviderSdks
{
    [Theory]
    [InlineData("fal")]
    [InlineData("gemini")]
    [InlineData("runway")]
    [InlineData("openai")]
    [InlineData("runpod")]
    [InlineData("luma")]
    [InlineData("ark")]
    [InlineData("replicate")]
    [InlineData("pika")]
    [InlineData("higgsfield")]
    [InlineData("elevenlabs")]
    [InlineData("hedra")]
    [InlineData("heygen")]
    [InlineData("firefly")]
    [InlineData("vertex")]
    [InlineData("xai")]
    [InlineData("bfl")]
    [InlineData("vidu")]
    public async Task The_vendors_own_SDK_runs_against_its_simulator(string vendor)
    {
        await using var simulators = await SimulatedProviders.StartAsync(jobSeconds: 0.8, longestSeconds: 0);
        var script = Path.Combine(Assistant.Root, "tests", "node", "sdk", vendor + ".mjs");

        var (code, output, error) = await Shell.RunAsync("node", $"\"{script}\" {simulators.Origin} {SimulatedProviders.Key}");

        Assert.True(code == 0, output + error);
        Assert.Contains("checks passed", output, StringComparison.Ordinal);
    }
}
