using System.Text.Json.Nodes;
using McpI2V.Engine;
using McpI2V.Engine.Catalogue.Routing;
using McpI2V.Engine.Library;
using McpI2V.Media;
using McpI2V.Media.Formats;
using McpI2V.Media.Geometry;
using McpI2V.Tools.Arguments;

namespace McpI2V.Tools.Calls;

/// <summary>Turns the references in arguments into assets.</summary>
internal static class References
{
    /// <summary>The asset that an argument names; the argument must be there.</summary>
    public static async Task<Asset> ImportAsync(
        ToolServices services,
        ToolCall call,
        Argument<string?> argument,
        MediaKind? kind,
        CancellationToken callCancelled)
    {
        var reference = argument.Read(call.Arguments)
            ?? throw I2VException.Invalid(argument.Name, $"{argument.Name} is missing; give a handle such " +
                $"as {SnakeCase.From(kind ?? MediaKind.Audio)}-1, a path, an https URL or a data URI. Nothing was spent.");
        return await services.References.ResolveAsync(
            reference,
            kind,
            argument.Name,
            await CallerAsync(call, reference, callCancelled),
            callCancelled);
    }

    /// <summary>The assets that a list argument names.</summary>
    public static async Task<IReadOnlyList<Asset>> ImportAllAsync(
        ToolServices services,
        ToolCall call,
        Argument<IReadOnlyList<string>> argument,
        MediaKind? kind,
        CancellationToken callCancelled)
    {
        List<Asset> assets = [];
        var references = argument.Read(call.Arguments);
        for (var i = 0; i < references.Count; i++)
        {
            assets.Add(await services.References.ResolveAsync(
                references[i],
                kind,
                $"{argument.Name}[{i}]",
                await CallerAsync(call, references[i], callCancelled),
                callCancelled));
        }
        return assets;
    }

    /// <summary>The pictures of the elements that are named.</summary>
    public static IReadOnlyList<Asset> Elements(ToolServices services, ArgumentReader arguments) =>
        [.. CommonArguments.Elements.Read(arguments)
            .Select(services.Elements.Get)
            .SelectMany(e => e.Images)
            .Distinct()
            .Select(h => services.Library.Assets.Get(h, "elements"))];

    /// <summary>The names of the elements that are named, as they were saved.</summary>
    public static IReadOnlyList<string> ElementNames(ToolServices services, ArgumentReader arguments) =>
        [.. CommonArguments.Elements.Read(arguments).Select(e => services.Elements.Get(e).Name)];

    /// <summary>What the elements that are named look like, as requests hold it; null if none is named.</summary>
    public static string[]? Subjects(ToolServices services, ArgumentReader arguments) =>
        CommonArguments.Elements.Read(arguments) is { Count: > 0 } names
            ? [.. names
                .Select(services.Elements.Get)
                .DistinctBy(e => e.Name)
                .Select(e => $"{e.Name.Replace(": ", " ", StringComparison.Ordinal)}: {e.Description.Trim()}")]
            : null;

    /// <summary>The route for what is needed, by the call's model and max_cost_usd.</summary>
    /// <exception cref="I2VException">No model that is configured can do it; the message says which could.</exception>
    public static Task<Route> RouteAsync(ToolServices services, ToolCall call, ModelNeed need, CancellationToken callCancelled) =>
        services.Routes.ForAsync(
            CommonArguments.Model.Read(call.Arguments),
            need,
            CommonArguments.MaxCostUsd.Read(call.Arguments),
            callCancelled);

    /// <summary>Replaces a picture inside options by its handle; colours stay.</summary>
    public static async Task BindOptionAsync(
        ToolServices services,
        ToolCall call,
        JsonObject options,
        string member,
        CancellationToken callCancelled)
    {
        if (options[member] is JsonValue value
            && value.TryGetValue<string>(out var text)
            && !text.Split(',').All(part => Colour.TryParse(part, out _))
            && LooksLikeFile(text))
        {
            var asset = await services.References.ResolveAsync(
                text,
                MediaKind.Still,
                "options." + member,
                await CallerAsync(call, text, callCancelled),
                callCancelled);
            options[member] = asset.Handle.ToString();
        }
    }

    private static bool LooksLikeFile(string text) => AssetHandle.TryParse(text, out _) || text.IndexOfAny(['/', '\\', '.', ':']) >= 0;

    // Asking the client for its folders costs a round trip; only a path or words need them.
    private static async Task<Caller> CallerAsync(ToolCall call, string reference, CancellationToken callCancelled)
    {
        var needsFolders = !AssetHandle.TryParse(reference, out _)
            && !reference.Contains("://", StringComparison.Ordinal)
            && !reference.StartsWith("data:", StringComparison.OrdinalIgnoreCase);
        return needsFolders ? await call.CallerAsync(callCancelled) : call.WithoutFolders;
    }
}
