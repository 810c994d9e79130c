using McpI2V.Engine;
using McpI2V.Tools.Calls;
using ModelContextProtocol.Protocol;

namespace McpI2V.Mcp.Resources;

/// <summary>Completes handles, jobs, batches and presets while a person types.</summary>
internal sealed class CompletionHandler(Lazy<ToolServices> services)
{
    private const int Most = 50;

    public CompleteResult Complete(CompleteRequestParams? request)
    {
        var typed = request?.Argument.Value ?? "";
        try
        {
            var words = Words(request, typed).Distinct().Take(Most).ToList();
            return new CompleteResult
            {
                Completion = new Completion { Values = words, Total = words.Count, HasMore = words.Count == Most },
            };
        }
        catch (I2VException)
        {
            // Completion is a convenience: what is wrong is told by the call that follows.
            return new CompleteResult { Completion = new Completion { Values = [] } };
        }
    }

    private IEnumerable<string> Words(CompleteRequestParams? request, string typed)
    {
        var argument = request?.Argument.Name ?? "";
        var template = (request?.Ref as ResourceTemplateReference)?.Uri ?? "";
        var tools = services.Value;
        if (argument is "handle" or "image" or "still" || template.StartsWith("i2v://assets/", StringComparison.Ordinal))
        {
            return tools.Library.Assets.HandlesStartingWith(typed, Most);
        }
        if (template.StartsWith("i2v://batches/", StringComparison.Ordinal))
        {
            return tools.Batches.Newest(200).Select(b => b.Name).Where(n => n.StartsWith(typed, StringComparison.OrdinalIgnoreCase));
        }
        if (template.StartsWith("i2v://jobs/", StringComparison.Ordinal))
        {
            return tools.Jobs.Newest(200).Select(j => j.Name).Where(n => n.StartsWith(typed, StringComparison.OrdinalIgnoreCase));
        }
        return argument == "preset"
            ? tools.Presets.All.Select(p => p.Name).Where(n => n.StartsWith(typed, StringComparison.OrdinalIgnoreCase))
            : [];
    }
}
