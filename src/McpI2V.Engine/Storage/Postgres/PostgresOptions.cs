using McpI2V.Media;
using Npgsql;

namespace McpI2V.Engine.Storage.Postgres;

/// <summary>The database of a library that several nodes share: section <c>Storage</c>.</summary>
public sealed class PostgresOptions
{
    /// <summary>No such database: the library has its own file.</summary>
    public PostgresOptions()
        : this(SettingsSection.Unset)
    {
    }

    /// <summary>Reads them.</summary>
    public PostgresOptions(SettingsSection settings)
    {
        if (settings.Text("Postgres") is not { } text)
        {
            return;
        }
        try
        {
            Connection = WithDefaults(new NpgsqlConnectionStringBuilder(text));
            if (string.IsNullOrEmpty(Connection.Host) || string.IsNullOrEmpty(Connection.Database))
            {
                Refuse(settings, "names no host or no database");
            }
        }
        // What the driver says of it may repeat a part that is secret.
        catch (Exception e) when (e is ArgumentException or FormatException or InvalidOperationException or OverflowException)
        {
            Refuse(settings, "is no connection string");
        }
    }

    /// <summary>
    /// How it is reached, as Npgsql reads it (npgsql.org/doc/connection-string-parameters.html): several hosts with a comma between, a
    /// schema of the library's own by <c>Search Path</c>. Null: it is not used.
    /// </summary>
    internal NpgsqlConnectionStringBuilder? Connection { get; private set; }

    /// <summary>True if the library is in it.</summary>
    public bool IsUsed => Connection is not null;

    private void Refuse(SettingsSection settings, string why)
    {
        Connection = null;
        settings.Refuse("Postgres", $"{why}; such as Host=db.local;Database=i2v;Username=i2v;Password=... is allowed");
    }

    // What the user says of it stands.
    private static NpgsqlConnectionStringBuilder WithDefaults(NpgsqlConnectionStringBuilder given)
    {
        Default("Timeout", 5);
        Default("Command Timeout", 30);
        Default("Keepalive", 10);
        Default("Max Auto Prepare", 100);
        Default("Maximum Pool Size", 30);
        Default("Application Name", "mcp-i2v");
        // Of a cluster whose nodes take turns, only the one that writes is of use.
        if (given.Host?.Contains(',', StringComparison.Ordinal) == true)
        {
            Default("Target Session Attributes", "primary");
        }
        // A statement that hangs must not hold what others wait for; nor a node that sleeps in a transaction.
        Default("Options", "-c statement_timeout=20s -c lock_timeout=15s -c idle_in_transaction_session_timeout=60s");
        // Nothing of the connection is told in an error.
        given.IncludeErrorDetail = false;
        return given;

        void Default(string name, object value)
        {
            if (!given.ShouldSerialize(name))
            {
                given[name] = value;
            }
        }
    }
}
