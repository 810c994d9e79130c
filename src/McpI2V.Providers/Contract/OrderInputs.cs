using System.Net.Http.Headers;
using McpI2V.Engine.Providers;

namespace McpI2V.Providers.Contract;

/// <summary>The inputs of an order, each named to the provider once.</summary>
public static class OrderInputs
{
    /// <summary>Every input.</summary>
    public static IEnumerable<OrderInput> FromOrder(GenerationOrder order) =>
    [
        .. new[] { order.Image, order.EndImage, order.Clip, order.Audio }.OfType<OrderInput>(),
        .. order.References,
    ];

    /// <summary>An input as what a request, or a part of a form, holds; its length is sent, for not every host takes one without.</summary>
    public static StreamContent ContentOf(OrderInput input)
    {
        var content = new StreamContent(File.OpenRead(input.Path));
        content.Headers.ContentType = new MediaTypeHeaderValue(input.Format.MimeType);
        return content;
    }

    /// <summary>What the provider knows each input by.</summary>
    /// <param name="order">The order.</param>
    /// <param name="bring">Brings one input to the provider.</param>
    public static async Task<Func<OrderInput, string>> NamedAsync(GenerationOrder order, Func<OrderInput, Task<string>> bring)
    {
        Dictionary<string, string> names = new(StringComparer.Ordinal);
        foreach (var input in FromOrder(order))
        {
            if (!names.ContainsKey(input.Fingerprint))
            {
                names[input.Fingerprint] = await bring(input);
            }
        }
        return input => names[input.Fingerprint];
    }
}
