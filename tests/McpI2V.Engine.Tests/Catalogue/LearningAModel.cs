using McpI2V.Engine.Catalogue;
using McpI2V.Engine.Storage.LocalFiles;

namespace McpI2V.Engine.Tests.Catalogue;

/// <summary>Models that are read from their provider when somebody names them.</summary>
public sealed class LearningAModel : IDisposable
{
    private const string Id = "vendor:somebody/their-model";
    private readonly string home = Directory.CreateTempSubdirectory("i2v-learning-").FullName;
    private readonly Listing listing = new();

    [Fact]
    public async Task A_row_with_its_day_is_asked_for_again_and_takes_the_place_of_the_old_one()
    {
        var catalogue = Catalogue();
        listing.Answer = Row("2026-11-30", 4);
        await catalogue.LearnAsync(Id, CancellationToken.None);
        listing.Answer = Row("2026-12-02", 6);

        await catalogue.LearnAsync(Id, CancellationToken.None);

        Assert.Equal(6, Assert.Single(catalogue.Named(Id)).DurationsSeconds!.Min);
        Assert.Equal("2026-12-02", Assert.Single(Catalogue().Named(Id)).AsOf);
    }

    [Fact]
    public async Task What_was_learned_serves_where_there_is_nothing_new_or_nobody_answers()
    {
        var catalogue = Catalogue();
        listing.Answer = Row("2026-11-30", 4);
        await catalogue.LearnAsync(Id, CancellationToken.None);

        listing.Answer = null;
        await catalogue.LearnAsync(Id, CancellationToken.None);
        listing.Fault = new I2VException(ErrorCode.ProviderFailed, "nobody answers");
        await catalogue.LearnAsync(Id, CancellationToken.None);

        Assert.Equal((4d, 3), (Assert.Single(catalogue.Named(Id)).DurationsSeconds!.Min, listing.Asked));
    }

    [Fact]
    public async Task A_row_without_a_day_is_learned_once()
    {
        var catalogue = Catalogue();
        listing.Answer = Row("", 4);

        await catalogue.LearnAsync(Id, CancellationToken.None);
        await catalogue.LearnAsync(Id, CancellationToken.None);

        Assert.Equal(1, listing.Asked);
    }

    public void Dispose() => Directory.Delete(home, recursive: true);

    private static ModelEntry Row(string asOf, double seconds) => new()
    {
        Id = Id,
        Alias = "somebody/their-model",
        Provider = "vendor",
        Capabilities = [Capability.ImageToVideo],
        DurationsSeconds = new DurationRange(seconds, seconds),
        Price = new Price("clip", 1),
        AsOf = asOf,
    };

    private ModelCatalogue Catalogue()
    {
        var library = new LibraryOptions { Home = home };
        return new ModelCatalogue(library, new HomeDocuments(library), [listing], _ => null, TimeProvider.System);
    }

    private sealed class Listing : IModelSource
    {
        public string Provider => "vendor";

        public ModelEntry? Answer { get; set; }

        public I2VException? Fault { get; set; }

        public int Asked { get; private set; }

        public IEnumerable<ModelEntry> Rows() => [];

        public Task<ModelEntry?> LearnAsync(string id, CancellationToken cancellationToken)
        {
            Asked++;
            return Fault is null ? Task.FromResult(Answer) : throw Fault;
        }
    }
}
