using McpI2V.Engine.Jobs;
using McpI2V.Engine.Library;

namespace McpI2V.Answers.Batches;

/// <summary>One variant of a batch as it is told.</summary>
/// <param name="Number">Its place in the matrix, from 1; the contact sheet shows it.</param>
/// <param name="Label">What tells it from the others.</param>
/// <param name="Job">Its job.</param>
/// <param name="Asset">What was made; null: nothing yet.</param>
/// <param name="Path">Where its file lies; null: nothing yet.</param>
internal sealed record MadeVariant(int Number, string Label, Job Job, Asset? Asset, string? Path);
