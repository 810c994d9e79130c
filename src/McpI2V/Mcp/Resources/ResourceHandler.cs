using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using McpI2V.Access;
using McpI2V.Answers;
using McpI2V.Answers.Contents;
using McpI2V.Answers.Structured;
using McpI2V.Engine;
using McpI2V.Engine.Batches;
using McpI2V.Engine.Jobs;
using McpI2V.Engine.Library;
using McpI2V.Mcp.Calls;
using McpI2V.Mcp.Messages;
using McpI2V.Media.Clips.Operations;
using McpI2V.Media.Formats;
using McpI2V.Media.Processes;
using McpI2V.Media;
using McpI2V.Tools.Arguments;
using McpI2V.Tools.Calls;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace McpI2V.Mcp.Resources;

/// <summary>
/// Reads <c>i2v://</c> addresses, and on the user's own machine the files of assets that answers link to. Handles are parsed, never pasted
/// into a path.
/// </summary>
internal sealed class ResourceHandler(Lazy<ToolServices> services, ProcessPlaces processes, RemoteClientLinks? links = null)
{
    // It comes back in the answer.
    private const int LongestUri = 4_096;
    private const string Json = "application/json";

    /// <summary>The resources without parameters.</summary>
    public static ListResourcesResult List() => new()
    {
        TimeToLive = ListLifetime.Length,
        CacheScope = CacheScope.Public,
        Resources =
        [
            new Resource
            {
                Uri = "i2v://models",
                Name = "models",
                Title = "Model catalogue",
                Description = "Every model with what it can do and what it costs.",
                MimeType = Json,
            },
            new Resource
            {
                Uri = "i2v://presets",
                Name = "presets",
                Title = "Motion presets",
                Description = "Named motions for animate_image and batch_variants.",
                MimeType = Json,
            },
            new Resource
            {
                Uri = OperationsArgument.SchemaUri,
                Name = "operations",
                Title = "Typed edits",
                Description = "The JSON schema of one of the operations of edit_clip, assemble_clips and batch_variants.",
                MimeType = "application/schema+json",
            },
        ],
    };

    /// <summary>The resources with parameters.</summary>
    public static ListResourceTemplatesResult ListTemplates() => new()
    {
        TimeToLive = ListLifetime.Length,
        CacheScope = CacheScope.Public,
        ResourceTemplates =
        [
            new ResourceTemplate
            {
                UriTemplate = "i2v://assets/{handle}",
                Name = "asset",
                Title = "Asset",
                Description = "A still, clip or sound in full, with a preview.",
                MimeType = Json,
            },
            new ResourceTemplate
            {
                UriTemplate = "i2v://assets/{handle}/lineage",
                Name = "lineage",
                Title = "Lineage",
                Description = "What an asset was made from, step by step.",
                MimeType = Json,
            },
            new ResourceTemplate
            {
                UriTemplate = "i2v://jobs/{id}",
                Name = "job",
                Title = "Job",
                Description = "How a job stands.",
                MimeType = Json,
            },
            new ResourceTemplate
            {
                UriTemplate = "i2v://batches/{id}",
                Name = "batch",
                Title = "Batch",
                Description = "How a batch stands, variant by variant.",
                MimeType = Json,
            },
        ],
    };

    /// <summary>The contents of an address.</summary>
    /// <exception cref="McpProtocolException">There is no such resource.</exception>
    public async Task<ReadResourceResult> ReadAsync(RequestContext<ReadResourceRequestParams> request, CancellationToken callCancelled)
    {
        var uri = request.Params?.Uri ?? "";
        if (uri.Length > LongestUri)
        {
            throw new McpProtocolException(
                $"uri has {uri.Length} characters; at most {LongestUri} are allowed.",
                McpErrorCode.InvalidParams);
        }
        try
        {
            using var places = processes.As(links is null ? CallerClaims.OfThisMachine : CallerClaims.NameOf(request.User));
            return await OpenAsync(uri, callCancelled);
        }
        catch (I2VException e) when (e.Code == ErrorCode.NotFound)
        {
            // SEP-2164: the version without sessions has no code of its own for it.
            throw new McpProtocolException(
                e.Message,
                e,
                ProtocolVersions.IsStateless(request.JsonRpcRequest) ? McpErrorCode.InvalidParams : McpErrorCode.ResourceNotFound)
                {
                    Data = { ["uri"] = uri },
                };
        }
        catch (I2VException e)
        {
            throw new McpProtocolException(e.Message, e, McpErrorCode.InternalError);
        }
    }

    private async Task<ReadResourceResult> OpenAsync(string uri, CancellationToken callCancelled)
    {
        var tools = services.Value;
        if (uri == "i2v://models")
        {
            return Text(uri, ModelList.ToContent(tools.Models, tools.Models.All), AnswerJson.Default.ModelsAnswer);
        }
        if (uri == "i2v://presets")
        {
            return Text(uri, PresetsContent.FromPresets(tools.Presets.All), AnswerJson.Default.PresetsContent);
        }
        if (uri == OperationsArgument.SchemaUri)
        {
            return new ReadResourceResult
            {
                Contents =
                [
                    new TextResourceContents
                    {
                        Uri = uri,
                        MimeType = "application/schema+json",
                        Text = OperationCatalogue.Schema().ToJsonString(),
                    },
                ],
            };
        }
        if (uri.EndsWith("/lineage", StringComparison.Ordinal) && AssetHandle.TryParse(uri[..^"/lineage".Length], out var child))
        {
            return Text(uri, Lineage(tools, tools.Library.Assets.Get(child)), AnswerJson.Default.LineageContent);
        }
        if (uri.StartsWith("i2v://assets/", StringComparison.Ordinal) && AssetHandle.TryParse(uri, out var handle))
        {
            return await AssetAsync(tools, uri, tools.Library.Assets.Get(handle), callCancelled);
        }
        if (links is null
            && Uri.TryCreate(uri, UriKind.Absolute, out var file)
            && file.IsFile
            && tools.Library.FindByPath(file.LocalPath) is { } asset)
        {
            return await AssetFile.ReadAsync(tools, uri, asset, callCancelled);
        }
        if (links?.AssetAt(uri) is { } linked)
        {
            return await AssetFile.ReadAsync(tools, uri, tools.Library.Assets.Get(linked), callCancelled);
        }
        if (uri.StartsWith("i2v://jobs/", StringComparison.Ordinal) && Job.TryParse(uri, out var job))
        {
            return Text(uri, JobContent.FromJob(tools.Jobs.Get(job), wasKnown: false), AnswerJson.Default.JobContent);
        }
        if (uri.StartsWith("i2v://batches/", StringComparison.Ordinal) && Batch.TryParse(uri, out var id))
        {
            return Text(uri, tools.Submission.BatchInFull(id), AnswerJson.Default.BatchContent);
        }
        throw new I2VException(ErrorCode.NotFound, $"There is no resource {ForeignText.Quote(uri, 80)}. Addresses are " +
            $"i2v://assets/{{handle}}, " +
            "i2v://assets/{handle}/lineage, i2v://jobs/{id}, i2v://batches/{id}, i2v://models, i2v://presets, " +
            "i2v://operations.");
    }

    private static async Task<ReadResourceResult> AssetAsync(ToolServices tools, string uri, Asset asset, CancellationToken callCancelled)
    {
        var result = Text(uri, AssetContent.InFull(asset, tools.Library.PathOf(asset)), AnswerJson.Default.AssetContent);
        // What leaves the machine is a rendered preview: it carries no metadata of the original file.
        if (asset.Handle.Kind != MediaKind.Audio)
        {
            result.Contents.Add(BlobResourceContents.FromBytes(
                await tools.Previews.OfAsync(asset, Previews.AnswerBytes, callCancelled),
                uri,
                "image/jpeg"));
        }
        return result;
    }

    private static LineageContent Lineage(ToolServices tools, Asset asset)
    {
        List<AssetContent> steps = [];
        HashSet<AssetHandle> seen = [];
        for (Asset? next = asset; next is not null && seen.Add(next.Handle); next = next.Parent is { } parent
            ? tools.Library.Assets.Find(parent)
            : null)
        {
            steps.Add(AssetContent.InFull(next, tools.Library.PathOf(next)));
        }
        return new LineageContent(asset.Handle.ToString(), steps);
    }

    private static ReadResourceResult Text<T>(string uri, T content, JsonTypeInfo<T> type) => new()
    {
        Contents = [new TextResourceContents { Uri = uri, MimeType = Json, Text = JsonSerializer.Serialize(content, type) }],
    };
}
