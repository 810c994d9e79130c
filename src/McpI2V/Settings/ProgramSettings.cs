using McpI2V.Engine;
using McpI2V.Engine.Catalogue.Routing;
using McpI2V.Engine.Jobs;
using McpI2V.Engine.Jobs.Lanes;
using McpI2V.Engine.Library.Import;
using McpI2V.Engine.Spending;
using McpI2V.Engine.Storage.Postgres;
using McpI2V.Engine.Storage.S3;
using McpI2V.Media.Ffmpeg;
using McpI2V.Providers.Contract;

namespace McpI2V.Settings;

/// <summary>Everything that can be set, validated; each room gets its part.</summary>
internal sealed record ProgramSettings
{
    public required LibraryOptions Library { get; init; }

    public required InputOptions Inputs { get; init; }

    public required BudgetOptions Budget { get; init; }

    public required RouteOptions Routes { get; init; }

    public required RunnerOptions Jobs { get; init; }

    public required NodeOptions Node { get; init; }

    public required PostgresOptions Postgres { get; init; }

    public required S3Options S3 { get; init; }

    public required FfmpegPrograms Ffmpeg { get; init; }

    public required HttpOptions Http { get; init; }

    /// <summary>Every provider with its settings, also those without a key.</summary>
    public required IReadOnlyList<(ProviderDescriptor Descriptor, ProviderOptions Options)> Providers { get; init; }
}
