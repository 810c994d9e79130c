using McpI2V.Answers;
using McpI2V.Engine.Batches;
using McpI2V.Engine.Catalogue;
using McpI2V.Engine.Editing;
using McpI2V.Engine.Housekeeping;
using McpI2V.Engine.Jobs;
using McpI2V.Engine.Jobs.Lanes;
using McpI2V.Engine.Library;
using McpI2V.Engine.Library.Finding;
using McpI2V.Engine.Library.Import;
using McpI2V.Engine.Motion;
using McpI2V.Engine.Planning;
using McpI2V.Engine.Planning.Mending;
using McpI2V.Engine.Spending;
using McpI2V.Engine.Words;

namespace McpI2V.Tools.Calls;

/// <summary>The rooms that tools work with.</summary>
internal sealed record ToolServices(
    MediaLibrary Library,
    ElementStore Elements,
    BatchStore Batches,
    AssetImporter Importer,
    AssetReferences References,
    AssetFinder Finder,
    SpokenReferences Spoken,
    SpokenTime Times,
    ModelCatalogue Models,
    RoutePlanner Routes,
    TakesPlanner Takes,
    VariantPlanner Variants,
    StillFinish Finish,
    TransformPlanner Transforms,
    ExportPlanner Exports,
    PresetCatalogue Presets,
    PresetStore SavedPresets,
    House House,
    Recipes Recipes,
    TrimReach Trims,
    UserWords Words,
    RecipeEditor RecipeEdits,
    JobStore Jobs,
    JobCancellation Cancellation,
    JobSubmission Submission,
    AnswerComposer Answers,
    Previews Previews,
    SpendReport Spending);
