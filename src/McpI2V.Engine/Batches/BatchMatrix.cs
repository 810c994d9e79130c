namespace McpI2V.Engine.Batches;

/// <summary>Combines the axes of a batch into variants: each is one index per axis.</summary>
public static class BatchMatrix
{
    /// <summary>The most variants one batch may have.</summary>
    public const int MostVariants = 200;

    /// <summary>Every combination, the last axis changing fastest.</summary>
    public static IEnumerable<int[]> Product(IReadOnlyList<BatchAxis> axes)
    {
        IEnumerable<int[]> variants = [[]];
        foreach (var axis in axes)
        {
            variants = variants.SelectMany(v => Enumerable.Range(0, axis.Values.Count).Select(i => (int[])[.. v, i]));
        }
        return variants;
    }

    /// <summary>The first of each, the second of each, and so on; an axis with one value keeps it.</summary>
    /// <exception cref="I2VException">Axes differ in length.</exception>
    public static IEnumerable<int[]> Zip(IReadOnlyList<BatchAxis> axes)
    {
        var longest = axes.Max(a => a.Values.Count);
        if (axes.FirstOrDefault(a => a.Values.Count != 1 && a.Values.Count != longest) is { } odd)
        {
            throw I2VException.Invalid("combine", $"combine is zip, but {odd.Name} has {odd.Values.Count} values and another list " +
                $"{longest}. Give each list one value or {longest}, or say combine product. Nothing was spent.");
        }
        return Enumerable.Range(0, longest).Select(i => axes.Select(a => a.Values.Count == 1 ? 0 : i).ToArray());
    }

    /// <summary>Picks so many, spread over all, so that a limit cuts every axis and not only the last values of the first.</summary>
    public static IReadOnlyList<int[]> Limit(IReadOnlyList<int[]> variants, int limit) =>
        variants.Count <= limit ? variants : [.. Enumerable.Range(0, limit).Select(i => variants[(int)((long)i * variants.Count / limit)])];
}
