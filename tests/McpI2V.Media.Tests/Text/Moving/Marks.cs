namespace McpI2V.Media.Tests.Text.Moving;

/// <summary>Pixels of one kind: how many, from where to where, and how far down their middle is.</summary>
internal sealed record Marks(int Count, int Left, int Top, int Right, int Bottom, double Down)
{
    public int Width => Count == 0 ? 0 : Right - Left;
}
