using McpI2V.Engine.Storage.Sql;

namespace McpI2V.Engine.Spending;

/// <summary>Agreements to a price that were used: each counts once, whichever process it is brought to.</summary>
public sealed class AgreementStore(LibraryDatabase database, TimeProvider time)
{
    // Of one owner: who uses more while they last is asked again.
    private const int MostOfOneOwner = 1_000;

    /// <summary>Uses an agreement; false if it was used before.</summary>
    /// <param name="nonce">Which.</param>
    /// <param name="owner">Whose.</param>
    /// <param name="until">When it ends by itself, and need not be remembered any longer.</param>
    public bool TryUse(string nonce, string owner, DateTimeOffset until) => database.Write(s =>
    {
        s.Execute("DELETE FROM used_agreements WHERE ends_at < @now", ("@now", time.GetUtcNow().ToUnixTimeMilliseconds()));
        return s.Number("SELECT COUNT(*) FROM used_agreements WHERE owner = @owner", ("@owner", owner)) < MostOfOneOwner
            && s.Execute(
                "INSERT INTO used_agreements (nonce, owner, ends_at) VALUES (@nonce, @owner, @ends) ON CONFLICT (nonce) DO NOTHING",
                ("@nonce", nonce),
                ("@owner", owner),
                ("@ends", until.ToUnixTimeMilliseconds())) == 1;
    });
}
