using System.Data.Common;
using System.Globalization;

namespace McpI2V.Engine.Storage.Sql;

/// <summary>One row of a query, read by column name.</summary>
internal sealed class SqlRow(DbDataReader reader)
{
    public string Text(string column) => reader.GetString(reader.GetOrdinal(column));

    public string? TextOrNull(string column) => reader.IsDBNull(reader.GetOrdinal(column)) ? null : Text(column);

    public long Number(string column) => reader.GetInt64(reader.GetOrdinal(column));

    public long? NumberOrNull(string column) => reader.IsDBNull(reader.GetOrdinal(column)) ? null : Number(column);

    public double Real(string column) => reader.GetDouble(reader.GetOrdinal(column));

    public byte[] Bytes(string column) => reader.GetFieldValue<byte[]>(reader.GetOrdinal(column));

    /// <summary>The whole row: whole numbers, numbers, texts, bytes and null, in the order of its columns.</summary>
    public (string Column, object? Value)[] All() =>
        [.. Enumerable.Range(0, reader.FieldCount).Select(i => (reader.GetName(i), reader.IsDBNull(i) ? null : reader.GetValue(i)))];

    /// <summary>A flag is stored as 0 or 1, in every database.</summary>
    public bool Flag(string column) => Number(column) != 0;

    /// <summary>Money is stored in millionths of a dollar.</summary>
    public decimal Usd(string column) => Number(column) / 1_000_000m;

    public DateTimeOffset Time(string column) => DateTimeOffset.FromUnixTimeMilliseconds(Number(column));

    public DateTimeOffset? TimeOrNull(string column) => NumberOrNull(column) is { } ms ? DateTimeOffset.FromUnixTimeMilliseconds(ms) : null;

    /// <summary>A dollar amount as it is stored.</summary>
    public static long Micros(decimal usd) => (long)Math.Round(usd * 1_000_000m, MidpointRounding.AwayFromZero);

    /// <summary>A day as it is stored and shown.</summary>
    public static string Day(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
