namespace McpI2V.EndToEnd;

/// <summary>Waits for what comes true in its own time, looking ten times a second for a minute and a half.</summary>
internal static class Eventually
{
    public static async Task IsSoAsync(Func<Task<bool>> isSo, string promise)
    {
        for (var i = 0; i < 900; i++)
        {
            if (await isSo())
            {
                return;
            }
            await Task.Delay(100);
        }
        Assert.Fail("never came true: " + promise);
    }
}
