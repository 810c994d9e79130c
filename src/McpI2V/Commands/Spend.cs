using System.Globalization;
using McpI2V.Engine;
using McpI2V.Engine.Spending;
using McpI2V.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace McpI2V.Commands;

/// <summary>Prints the ledger by day, provider, model and batch.</summary>
internal static class Spend
{
    /// <summary>Prints it as a table, or as CSV for a spreadsheet.</summary>
    public static async Task<int> RunAsync(bool asCsv)
    {
        try
        {
            await using var services = Composition.Build();
            var report = services.GetRequiredService<SpendReport>();
            var lines = report.Lines();
            if (asCsv)
            {
                PrintCsv(lines);
            }
            else
            {
                PrintTable(lines, report.Today());
            }
            return 0;
        }
        catch (I2VException e)
        {
            Console.Error.WriteLine(e.Message);
            return 1;
        }
    }

    private static void PrintTable(IReadOnlyList<SpendLine> lines, (decimal CommittedUsd, decimal BudgetUsd) today)
    {
        Console.WriteLine($"{"day",-10}  {"provider",-10}  {"model",-52}  {"batch",-24}  {"jobs",5}  {"spent",10}  {"reserved",10}");
        foreach (var line in lines)
        {
            Console.WriteLine(
                $"{line.Day,-10}  {line.Provider,-10}  {Cut(line.Model, 52),-52}  {Cut(line.Batch, 24),-24}  {line.Attempts,5}  {Usd(
                    line.SpentUsd),10}  {Usd(line.ReservedUsd),10}");
        }
        Console.WriteLine(
            $"{"all",-10}  {"",-10}  {"",-52}  {"",-24}  {lines.Sum(l => l.Attempts),5}  {Usd(lines.Sum(l => l.SpentUsd)),10}  {Usd(
                lines.Sum(l => l.ReservedUsd)),10}");
        Console.WriteLine($"Today {Usd(today.CommittedUsd)} of {Usd(today.BudgetUsd)} is spent or reserved.");
    }

    private static void PrintCsv(IReadOnlyList<SpendLine> lines)
    {
        Console.WriteLine("day,provider,model,batch,jobs,spent_usd,reserved_usd");
        foreach (var line in lines)
        {
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{line.Day},{Quoted(line.Provider)},{Quoted(line.Model)},{Quoted(line.Batch)}," +
                    $"{line.Attempts},{line.SpentUsd},{line.ReservedUsd}"));
        }
    }

    // A cell that begins like a formula would be one in a spreadsheet.
    private static string Quoted(string text)
    {
        var safe = text.Length > 0 && text[0] is '=' or '+' or '-' or '@' ? "'" + text : text;
        return safe.AsSpan().IndexOfAny(",\"\r\n") >= 0 ? $"\"{safe.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : safe;
    }

    private static string Usd(decimal usd) => string.Create(CultureInfo.InvariantCulture, $"${usd:0.00##}");

    private static string Cut(string text, int longest) => text.Length <= longest ? text : text[..(longest - 1)] + "…";
}
