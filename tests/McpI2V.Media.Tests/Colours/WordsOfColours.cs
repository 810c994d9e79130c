using McpI2V.Media.Colours;
using McpI2V.Media.Geometry;

namespace McpI2V.Media.Tests.Colours;

public sealed class WordsOfColours
{
    [Theory]
    [InlineData("#000000", "black")]
    [InlineData("#ffffff", "white")]
    [InlineData("#808080", "grey")]
    [InlineData("#dc2626", "red")]
    [InlineData("#f97316", "orange")]
    [InlineData("#facc15", "yellow")]
    [InlineData("#16a34a", "green")]
    [InlineData("#0d9488", "teal")]
    [InlineData("#2563eb", "blue")]
    [InlineData("#172554", "navy")]
    [InlineData("#9333ea", "purple")]
    [InlineData("#ec4899", "pink")]
    [InlineData("#eee2cf", "beige")]
    [InlineData("#6b3f1d", "brown")]
    public void A_colour_is_called_as_people_call_it(string hex, string word)
    {
        Assert.True(Colour.TryParse(hex, out var colour));

        Assert.Contains(word, ColourWords.NamesOf(colour));
    }

    [Fact]
    public void Shades_of_one_backdrop_are_one_colour_and_specks_are_none()
    {
        var backdrop = Enumerable.Range(0, 900).Select(i => new Colour(30, 80, (byte)(200 + (i % 20))));
        var product = Enumerable.Repeat(new Colour(250, 250, 250), 90);
        var speck = Enumerable.Repeat(new Colour(250, 0, 0), 10);

        var found = DominantColours.Of([.. backdrop, .. product, .. speck]);

        Assert.Equal([90, 9], found.Select(c => c.Percent));
        Assert.Equal(found, ColourShare.Read(ColourShare.Write(found)));
    }
}
