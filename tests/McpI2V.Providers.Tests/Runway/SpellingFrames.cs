using System.Text.Json.Nodes;
using McpI2V.Engine.Catalogue;
using McpI2V.Engine.Providers;
using McpI2V.Media.Formats;
using McpI2V.Providers.Contract;
using McpI2V.Providers.Runway;
using Microsoft.AspNetCore.Http;

namespace McpI2V.Providers.Tests.Runway;

/// <summary>Runway tells frames by their positions.</summary>
public sealed class SpellingFrames
{
    [Theory]
    [InlineData("runway:veo3.1", false, "\"runway://x\"")]
    [InlineData("runway:veo3.1", true, """[{"uri":"runway://x","position":"first"},{"uri":"runway://x","position":"last"}]""")]
    [InlineData("runway:hailuo3", false, """[{"uri":"runway://x","position":"first"}]""")]
    public async Task A_first_frame_alone_is_an_address_unless_the_model_wants_positions_always(string model, bool hasLast, string frames)
    {
        await using var server = await LocalServer.StartAsync(context =>
            context.Response.WriteAsync($$"""{"uploadUrl":"http://{{context.Request.Host}}/up","runwayUri":"runway://x"}"""));
        var services = RunwayRegistration.Descriptor.Create(
            new ProviderOptions { Name = "runway", ApiKey = new Secret("a-key-of-tests"), BaseUrl = server.Origin },
            TimeProvider.System);
        using var folder = new TestFolder();
        var path = Path.Combine(folder.Path, "still.jpg");
        await File.WriteAllTextAsync(path, "still");
        var still = new OrderInput("still-1", path, MediaFormat.Jpeg, 5, "still-1", new(720, 1280));

        var request = await services.Provider.PrepareAsync(
            new GenerationOrder
            {
                Key = "attempt",
                Capability = Capability.ImageToVideo,
                Model = services.Models.Rows().Single(m => m.Id == model),
                Settings = new ModelSettings { DurationSeconds = 4 },
                Prompt = "push in",
                Image = still,
                EndImage = hasLast ? still : null,
            },
            CancellationToken.None);

        Assert.Equal(JsonNode.Parse(frames)!.ToJsonString(), request.Sent!["promptImage"]!.ToJsonString());
    }
}
