using System.Globalization;
using McpI2V.Access;
using McpI2V.Engine;
using McpI2V.Engine.Library;
using McpI2V.Engine.Moving;
using McpI2V.Engine.Storage.Files;
using McpI2V.Engine.Storage.LocalFiles;
using McpI2V.Engine.Storage.Postgres;
using McpI2V.Engine.Storage.S3;
using McpI2V.Engine.Storage.Sql;
using McpI2V.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace McpI2V.Commands;

/// <summary>Moves a library to the database server and the object store that are set.</summary>
internal static class Migrate
{
    /// <summary>Moves it, and says what was compared.</summary>
    public static async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            await using var services = Composition.Build();
            var (hasDatabase, hasStore) =
                (services.GetRequiredService<PostgresOptions>().IsUsed, services.GetRequiredService<S3Options>().IsUsed);
            if (!hasDatabase && !hasStore)
            {
                Console.Error.WriteLine(
                    "Neither I2V__Storage__Postgres is set (the database that the rows move to, such as " +
                        "Host=db.local;Database=i2v;Username=i2v;Password=...) nor I2V__Storage__S3__Bucket (where the files move to).");
                return 1;
            }
            var library = services.GetRequiredService<LibraryOptions>();
            var isWell = true;
            // Rows that have moved before are there; the files may not be.
            if (hasDatabase && (File.Exists(library.Database) || !hasStore))
            {
                isWell &= await RowsAsync(services, library, cancellationToken);
            }
            if (hasStore)
            {
                isWell &= await FilesAsync(services, library, cancellationToken);
            }
            return isWell ? 0 : 1;
        }
        catch (I2VException e)
        {
            Console.Error.WriteLine(e.Message);
            return 1;
        }
    }

    private static async Task<bool> RowsAsync(ServiceProvider services, LibraryOptions library, CancellationToken cancellationToken)
    {
        var move = new LibraryMove(
            library,
            services.GetRequiredService<LibraryDatabase>(),
            (new HomeDocuments(library), services.GetRequiredService<ISharedDocuments>()),
            MediaFolder.StoresOf(library).Assets);
        var moved = await move.MoveAsync([SigningKeys.OfLinks, SigningKeys.OfAgreements, TokenStore.Document], cancellationToken);
        Tell(moved, services.GetRequiredService<LibraryDatabase>().Describe(), move.PutAside);
        return moved.Faults.Count == 0;
    }

    private static async Task<bool> FilesAsync(ServiceProvider services, LibraryOptions library, CancellationToken cancellationToken)
    {
        var move = new MediaMove(
            services.GetRequiredService<AssetStore>(),
            MediaFolder.StoresOf(library).Assets,
            services.GetRequiredService<MediaStores>().Assets,
            services.GetRequiredService<WorkFolders>());
        var moved = await move.MoveAsync(
            (done, all) =>
            {
                if (done % 100 == 0)
                {
                    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {done} of {all} files"));
                }
            },
            cancellationToken);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"Files: {moved.Sent} sent to {services.GetRequiredService<S3Bucket>().Describe()} and read back, {moved.Before} were there."));
        Console.WriteLine($"What is in {library.Media} is not needed any more; remove it when you like.");
        foreach (var fault in moved.Faults)
        {
            Console.Error.WriteLine($"Not moved: {fault}.");
        }
        return moved.Faults.Count == 0;
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
        Console.WriteLine($"What the library was is kept in {putAside}.");
        foreach (var fault in moved.Faults)
        {
            Console.Error.WriteLine($"As before the move: {fault}.");
        }
    }
}
