using FsCheck;
using FsCheck.Fluent;
using McpI2V.Engine.Batches;

namespace McpI2V.Engine.Tests.Batches;

public sealed class CombiningAxes
{
    [Fact]
    public void A_product_has_every_combination_once()
    {
        Check.QuickThrowOnFailure(Prop.ForAll(Arb.From(Gen.ListOf(Gen.Choose(1, 4)).Where(l => l.Count is > 0 and < 6)), sizes =>
        {
            var axes = sizes.Select((size, i) => new BatchAxis($"axis{i}", [.. Enumerable.Range(0, size).Select(v => $"{v}")])).ToList();
            var variants = BatchMatrix.Product(axes).ToList();
            Assert.Equal(sizes.Aggregate(1, (a, b) => a * b), variants.Count);
            Assert.Equal(variants.Count, variants.Select(v => string.Join(',', v)).Distinct().Count());
        }));
    }

    [Fact]
    public void A_limit_takes_from_every_axis()
    {
        var axes = new[] { new BatchAxis("move", ["a", "b", "c"]), new BatchAxis("hook", ["x", "y", "z"]) };

        var few = BatchMatrix.Limit([.. BatchMatrix.Product(axes)], 4);

        Assert.Equal(4, few.Count);
        Assert.Equal(3, few.Select(v => v[0]).Distinct().Count());
    }

    [Fact]
    public void A_zip_pairs_and_refuses_what_does_not_pair()
    {
        var paired = BatchMatrix.Zip([new("image", ["1"]), new("move", ["a", "b"]), new("hook", ["x", "y"])]).ToList();

        Assert.Equal(["0,0,0", "0,1,1"], paired.Select(v => string.Join(',', v)));
        Assert.Throws<I2VException>(() => BatchMatrix.Zip([new("move", ["a", "b"]), new("hook", ["x", "y", "z"])]));
    }
}
