using System.Text.Json;
using McpI2V.Mcp.Messages;
using McpI2V.Media;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;

namespace McpI2V.Mcp.Prompts;

/// <summary>The three prompts that begin a piece of work with the craft in mind.</summary>
internal static class PromptList
{
    private const int LongestValue = 4_000;

    private static readonly (Prompt Prompt, Func<Func<string, string>, string> Write)[] All =
    [
        (
            new Prompt
            {
                Name = "still_to_clip",
                Title = "Still to clip",
                Description = "From one picture to one finished clip: check and lock the still, animate it, edit it one change at a time.",
                Arguments =
                [
                    new PromptArgument
                    {
                        Name = "image",
                        Title = "Picture",
                        Description = "Handle, path or https URL of the picture.",
                        Required = true,
                    },
                    new PromptArgument { Name = "motion", Title = "Motion", Description = "What should move and how the camera moves." },
                    new PromptArgument { Name = "platform", Title = "Platform", Description = "Where the clip goes, such as reels." },
                ],
            },
            value => $"""
                Turn {value("image")} into a clip{For(value("platform"))} with the McpI2V tools.
                1. Look at the still first: subject whole, sharp, at the target aspect ratio. If it is not, fix it with generate_still and show me before going on. Then it is locked.
                2. animate_image with {Or(value("motion"), "a motion you propose: one subtle, continuous move with a named camera")}. Say only what moves; do not retell the scene. Follow the warnings.
                3. Look at the frames in the answer. If the clip left the still, animate the locked still again with less motion.
                4. Ask me for one change at a time, and make each with edit_clip.
                5. When I am content, export_clip, and tell me the paths.
                """),
        (
            new Prompt
            {
                Name = "ad_variants",
                Title = "Ad variants",
                Description = "From one locked still to 30 to 100 ad variants to test.",
                Arguments =
                [
                    new PromptArgument
                    {
                        Name = "image",
                        Title = "Picture",
                        Description = "Handle, path or https URL of the locked still.",
                        Required = true,
                    },
                    new PromptArgument { Name = "offer", Title = "Offer", Description = "What is sold and why, in a sentence." },
                    new PromptArgument { Name = "count", Title = "How many", Description = "How many variants, 30 unless given." },
                ],
            },
            value => $"""
                Make about {Or(value("count"), "30")} ad variants of {value("image")} with batch_variants.{Offer(value("offer"))}
                1. Propose three or four camera moves that suit the product, three to five hooks of at most six words, and the ratios 9:16 and 4:5. Let me choose.
                2. Call batch_variants with dry_run, and tell me how many there will be and what they cost.
                3. When I agree, run it. It goes on by itself: look at it with check_job.
                4. Show me the contact sheet, help me choose, and export_clip the winners.
                """),
        (
            new Prompt
            {
                Name = "storyboard",
                Title = "Storyboard",
                Description = "From an idea to a film: shots as stills, clips of 5 to 15 s, joined.",
                Arguments =
                [
                    new PromptArgument { Name = "idea", Title = "Idea", Description = "What the film says.", Required = true },
                    new PromptArgument { Name = "seconds", Title = "Seconds", Description = "How long the film is, 20 unless given." },
                    new PromptArgument { Name = "aspect_ratio", Title = "Ratio", Description = "Such as 9:16." },
                ],
            },
            value => $"""
                Plan and make a film of about {Or(value("seconds"), "20")} s at {Or(value("aspect_ratio"), "9:16")}: {value("idea")}
                1. Write a shot list: for each shot what the still shows, the one motion, the camera, 3 to 8 s. A change of state is made in the still: two stills, two shots, never end_image. Let me correct it.
                2. Save what returns (product, person, logo) with save_element and call it by that one name in every shot.
                3. Make the still of each shot with generate_still and show me; lock each one before the next step.
                4. animate_image shot by shot, then assemble_clips, then one change at a time with edit_clip.
                """),
    ];

    /// <summary>Their descriptions.</summary>
    public static ListPromptsResult List() => new()
    {
        TimeToLive = ListLifetime.Length,
        CacheScope = CacheScope.Public,
        Prompts = [.. All.Select(p => p.Prompt)],
    };

    /// <summary>One, filled in.</summary>
    /// <exception cref="McpProtocolException">There is none of this name, or a required argument is missing.</exception>
    public static GetPromptResult Get(GetPromptRequestParams? request)
    {
        var found = All.FirstOrDefault(p => p.Prompt.Name == request?.Name);
        if (found.Prompt is null)
        {
            throw new McpProtocolException(
                $"There is no prompt {ForeignText.Quote(request?.Name, 60)}; there " +
                    $"are {string.Join(", ", All.Select(p => p.Prompt.Name))}.",
                McpErrorCode.InvalidParams);
        }
        string Value(string name) => request?.Arguments is { } arguments
            && arguments.TryGetValue(name, out var value)
            && value.ValueKind == JsonValueKind.String
            ? value.GetString()!.Trim()
            : "";
        if (found.Prompt.Arguments!.FirstOrDefault(a => Value(a.Name).Length > LongestValue) is { } tooLong)
        {
            throw new McpProtocolException(
                $"{tooLong.Name} has {Value(tooLong.Name).Length} characters; at most {LongestValue} are allowed.",
                McpErrorCode.InvalidParams);
        }
        var missing = found.Prompt.Arguments!.FirstOrDefault(a => a.Required == true && Value(a.Name).Length == 0);
        if (missing is not null)
        {
            throw new McpProtocolException($"{missing.Name} is missing: {missing.Description}", McpErrorCode.InvalidParams);
        }
        return new GetPromptResult
        {
            Description = found.Prompt.Description,
            Messages = [new PromptMessage { Role = Role.User, Content = new TextContentBlock { Text = found.Write(Value) } }],
        };
    }

    private static string Or(string value, string otherwise) => value.Length > 0 ? value : otherwise;

    private static string For(string platform) => platform.Length > 0 ? $" for {platform}" : "";

    private static string Offer(string offer) => offer.Length > 0 ? $" The offer: {offer}" : "";
}
