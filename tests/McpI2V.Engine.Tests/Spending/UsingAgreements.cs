using McpI2V.Engine.Spending;

namespace McpI2V.Engine.Tests.Spending;

/// <summary>What a user agreed to counts once.</summary>
public sealed class UsingAgreements
{
    private readonly SteppedTime time = new();

    [Fact]
    public async Task One_that_is_brought_to_twenty_processes_at_once_counts_at_one()
    {
        using var test = new TestDatabase();

        var counted = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(
            () => new AgreementStore(test.Database, time).TryUse("nonce", "anna", Soon))));

        Assert.Single(counted, c => c);
    }

    [Fact]
    public void One_caller_who_uses_very_many_is_asked_again_and_another_is_not()
    {
        using var test = new TestDatabase();
        var agreements = new AgreementStore(test.Database, time);
        test.Database.Write(s =>
        {
            for (var i = 0; i < 1_000; i++)
            {
                s.Execute(
                    "INSERT INTO used_agreements (nonce, owner, ends_at) VALUES (@nonce, 'anna', @ends)",
                    ("@nonce", $"{i}"),
                    ("@ends", Soon.ToUnixTimeMilliseconds()));
            }
            return true;
        });

        Assert.False(agreements.TryUse("more", "anna", Soon));
        Assert.True(agreements.TryUse("more", "ben", Soon));
    }

    [Fact]
    public void What_has_ended_is_forgotten()
    {
        using var test = new TestDatabase();
        var agreements = new AgreementStore(test.Database, time);
        agreements.TryUse("nonce", "anna", Soon);
        time.Pass(TimeSpan.FromMinutes(11));

        agreements.TryUse("other", "anna", Soon);

        Assert.Equal(1, test.Database.Read(s => s.Number("SELECT COUNT(*) FROM used_agreements")));
    }

    private DateTimeOffset Soon => time.GetUtcNow() + TimeSpan.FromMinutes(10);
}
