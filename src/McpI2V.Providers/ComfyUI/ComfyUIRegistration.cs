using McpI2V.Providers.Contract;
using McpI2V.Providers.Http;

namespace McpI2V.Providers.ComfyUI;

/// <summary>Adds the user's own ComfyUI.</summary>
public static class ComfyUIRegistration
{
    private static readonly TimeSpan UploadsLast = TimeSpan.FromMinutes(30);

    /// <summary>ComfyUI, as the program's list names it: it takes no key of its own.</summary>
    public static ProviderDescriptor Descriptor { get; } = new("comfyui", KeyVariable: "", KeyShape: null, Make)
    {
        OwnSettings = s => new ComfyUISettings(s),
    };

    private static ProviderServices Make(ProviderOptions options, TimeProvider time)
    {
        // Nothing is written into a header: a key is for partner nodes alone, and travels in the body.
        var http = new ProviderHttp(options, ComfyUIProvider.Home, options.Apply(ComfyUIProvider.Usual), (_, _) => { }, time);
        var errors = new ComfyUIErrors(http, time);
        var workflows = new WorkflowFolder(options.Home);
        var provider = new ComfyUIProvider(
            options,
            http,
            errors,
            workflows,
            new ComfyUINodes(http, errors, options.Own<ComfyUISettings>().AllowPartnerNodes),
            new ComfyUIJobs(http, errors),
            new ComfyUISocket(http, ClientOf(options.Home), time),
            new UploadMemory(time, UploadsLast));
        return new ProviderServices(provider, workflows);
    }

    // The same for every process of a library: whichever takes a workflow up is told of it. A library of another machine is another.
    private static string ClientOf(string? home) => WorkflowOrder.IdOf($"{Environment.MachineName} {home}");
}
