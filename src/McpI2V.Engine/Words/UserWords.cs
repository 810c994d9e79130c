namespace McpI2V.Engine.Words;

/// <summary>What becomes of the words of a call: acted on by a model, or told as not acted on.</summary>
/// <param name="Still">Of generate_still with the free still.</param>
/// <param name="Shot">Of animate_image with the free camera.</param>
/// <param name="Edit">Of the instruction of edit_clip.</param>
public sealed record UserWords(StillWords Still, ShotWords Shot, EditWords Edit);
