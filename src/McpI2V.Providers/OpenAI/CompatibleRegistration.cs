using McpI2V.Providers.Contract;
using McpI2V.Providers.Http;

namespace McpI2V.Providers.OpenAI;

/// <summary>Adds a server of the user's own that speaks OpenAI's <c>/v1/videos</c>.</summary>
public static class CompatibleRegistration
{
    /// <summary>The server, as the program's list names it.</summary>
    /// <param name="name">The name the user gave it.</param>
    /// <param name="model">The model to ask for; null: the first that the server names.</param>
    public static ProviderDescriptor Server(string name, string? model) => new(
        name,
        KeyVariable: "",
        KeyShape: null,
        (options, time) => new ProviderServices(Make(options, model, time), new CompatibleModels(name)));

    private static CompatibleProvider Make(ProviderOptions options, string? model, TimeProvider time)
    {
        var http = new ProviderHttp(options, options.BaseUrl!, options.Apply(CompatibleProvider.Usual), OpenAIRegistration.Authorize, time);
        return new CompatibleProvider(options, http, new OpenAIErrors(http, options.Name, options.KeyVariable, time), model);
    }
}
