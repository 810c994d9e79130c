using System.Globalization;
using McpI2V.Access;
using McpI2V.Engine;
using McpI2V.Engine.Moving;
using McpI2V.Engine.Storage.Files;
using McpI2V.Engine.Storage.LocalFiles;
using McpI2V.Engine.Storage.Postgres;
using McpI2V.Engine.Storage.Sql;
using McpI2V.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace McpI2V.Commands;

/// <summary>Moves an embedded library to the database server that is set.</summary>
internal static class Migrate
{
    /// <summary>Moves it, and says what was compared.</summary>
    public static async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            await using var services = Composition.Build();
            if (!services.GetRequiredService<PostgresOptions>().IsUsed)
            {
                Console.Error.WriteLine(
                    "I2V__Storage__Postgres is not set: it names the database that the library moves to, such as " +
                        "Host=db.local;Database=i2v;Username=i2v;Password=...");
                return 1;
            }
            var library = services.GetRequiredService<LibraryOptions>();
            var move = new LibraryMove(
                library,
                services.GetRequiredService<LibraryDatabase>(),
                (new HomeDocuments(library), services.GetRequiredService<ISharedDocuments>()),
                services.GetRequiredService<MediaStores>().Assets);
            var moved = await move.MoveAsync(
                [SigningKeys.OfLinks, SigningKeys.OfAgreements, TokenStore.Document],
                cancellationToken);
            Tell(moved, services.GetRequiredService<LibraryDatabase>().Describe(), move.PutAside);
            return moved.Faults.Count == 0 ? 0 : 1;
        }
        catch (I2VException e)
        {
            Console.Error.WriteLine(e.Message);
            return 1;
        }
    }

    private static void Tell(LibraryMoved moved, string where, string putAside)
    {
        Console.WriteLine($"Moved to {where}.");
        foreach (var (table, rows) in moved.Rows)
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {table,-18} {rows,8} rows, each compared"));
        }
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"Ledger: ${moved.SpentUsd:0.00####} spent, ${moved.ReservedUsd:0.00####} reserved, as before."));
        Console.WriteLine($"Files stay where they are. What the library was is kept in {putAside}.");
        foreach (var fault in moved.Faults)
        {
            Console.Error.WriteLine($"As before the move: {fault}.");
        }
    }
}
