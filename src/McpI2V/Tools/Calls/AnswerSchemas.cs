using System.Text.Json.Nodes;
using McpI2V.Engine;
using McpI2V.Engine.Jobs;
using McpI2V.Media;
using McpI2V.Media.Formats;
using McpI2V.Tools.Arguments;

namespace McpI2V.Tools.Calls;

/// <summary>Schemas of what tools answer.</summary>
internal static class AnswerSchemas
{
    /// <summary>What tools that make things answer.</summary>
    public static JsonObject Work => Schema.Object(
        [],
        ("job", Job),
        ("assets", Schema.List("What was made or found.", Asset)),
        ("batch", Batch),
        ("warnings", Texts("Advice; nothing was refused because of it.")),
        ("next", Texts("What to do next.")),
        ("error", Error));

    /// <summary>What list_models answers.</summary>
    public static JsonObject Models => Schema.Object([], ("models", Schema.List("The models.", Model)), ("error", Error));

    /// <summary>What save_element answers.</summary>
    public static JsonObject Element => Schema.Object(
        [],
        ("element", Schema.Object(
            ["name", "description", "images"],
            ("name", Schema.Text("Its name.")),
            ("description", Schema.Text("What it looks like.")),
            ("images", Texts("Handles of its reference stills.")))),
        ("assets", Schema.List("The reference stills.", Asset)),
        ("warnings", Texts("Advice.")),
        ("next", Texts("What to do next.")),
        ("error", Error));

    private static JsonObject Job => Schema.Object(
        ["state"],
        ("id", Schema.Text("job-4; absent for a dry run.")),
        ("state", Schema.Choice("Where the job is; planned for a dry run.", [.. SnakeCase.Words<JobState>(), "planned"])),
        ("progress", Schema.Number("0 to 1.", 0, 1)),
        ("provider", Schema.Text("Who does it.")),
        ("model", Schema.Text("The model's id.")),
        ("estimated_cost_usd", Schema.Number("What it was expected to cost.")),
        ("cost_usd", Schema.Number("What it has cost.")),
        ("repeated", Schema.Flag("True if the same call had already asked for this job; it was not done or paid again.")),
        ("attempts", Schema.List("Every try.", Schema.Object(
            ["provider", "model", "outcome"],
            ("provider", Schema.Text("Who.")),
            ("model", Schema.Text("Which model.")),
            ("outcome", Schema.Text("started, succeeded, failed, canceled or interrupted.")),
            ("error", Schema.Text("What went wrong."))))));

    private static JsonObject Asset => Schema.Object(
        ["handle", "kind", "path", "uri", "mime_type", "bytes", "sha256", "operation", "cost_usd"],
        ("handle", Schema.Text("Its short name.")),
        ("kind", Schema.Choice<MediaKind>("What it is.")),
        ("title", Schema.Text("A few words.")),
        ("path", Schema.Text("Its file on this machine.")),
        ("uri", Schema.Text("Its resource address.")),
        ("mime_type", Schema.Text("Its media type.")),
        ("width", Schema.Whole("Pixels.")),
        ("height", Schema.Whole("Pixels.")),
        ("duration_seconds", Schema.Number("Its length.")),
        ("fps", Schema.Number("Frames a second.")),
        ("has_audio", Schema.Flag("True if a clip has sound.")),
        ("has_alpha", Schema.Flag("True if a still is a cut-out.")),
        ("bytes", Schema.Whole("Size of the file.")),
        ("sha256", Schema.Text("Of the file's bytes.")),
        ("parent", Schema.Text("What it was made from.")),
        ("master", Schema.Text("The clip its recipe begins from.")),
        ("recipe", Schema.List("The edits from the master, in order.", Schema.Open("One edit."))),
        ("operation", Schema.Text("What made it.")),
        ("model", Schema.Text("Which model made it.")),
        ("prompt", Schema.Text("The prompt it was made with.")),
        ("seed", Schema.Whole("The seed it was made with.")),
        ("inputs", Texts("Every asset that went into it.")),
        ("job", Schema.Text("The job that made it.")),
        ("created_at", Schema.Text("When, in UTC.")),
        ("cost_usd", Schema.Number("What it cost.")),
        ("checks", Schema.List("Measurements.", Schema.Object(
            ["name", "ok", "value", "limit"],
            ("name", Schema.Text("What was measured.")),
            ("ok", Schema.Flag("True if it is fine.")),
            ("value", Schema.Number("The measurement.")),
            ("limit", Schema.Number("The limit.")),
            ("advice", Schema.Text("What to do about it."))))));

    private static JsonObject Batch => Schema.Object(
        ["name", "counts", "variants"],
        ("id", Schema.Text("batch-2; absent for a dry run.")),
        ("name", Schema.Text("What the user calls it.")),
        ("counts", Schema.Object(
            ["queued", "running", "succeeded", "failed", "canceled"],
            ("queued", Schema.Whole("Waiting.")),
            ("running", Schema.Whole("At work.")),
            ("succeeded", Schema.Whole("Done.")),
            ("failed", Schema.Whole("Without a result.")),
            ("canceled", Schema.Whole("Canceled.")),
            ("unconfirmed", Schema.Whole("Of which nobody knows whether the provider took them; check_job looks again.")))),
        ("estimated_cost_usd", Schema.Number("What all were expected to cost.")),
        ("cost_usd", Schema.Number("What they have cost.")),
        ("repeated", Schema.Flag("True if the same call had already asked for this batch; nothing was done or paid again.")),
        ("variants", Schema.List("One entry a variant.", Schema.Object(
            ["job", "state", "values"],
            ("job", Schema.Text("Its job; empty for a dry run.")),
            ("state", Schema.Text("Where the job is.")),
            ("values", Schema.Open("What distinguishes it: one member an axis.")),
            ("asset", Schema.Text("Its clip.")),
            ("path", Schema.Text("Its file.")),
            ("error", Schema.Text("Why it has none."))))),
        ("contact_sheet", Schema.Text("A picture of all finished variants, on this machine.")));

    private static JsonObject Model => Schema.Object(
        ["id", "alias", "provider", "kinds", "available"],
        ("id", Schema.Text("provider:the vendor's id.")),
        ("alias", Schema.Text("A short name.")),
        ("provider", Schema.Text("Who serves it.")),
        ("summary", Schema.Text("What it does.")),
        ("kinds", Texts("What it can make.")),
        ("available", Schema.Flag("True if it can be used now.")),
        ("why_not", Schema.Text("Why it can't.")),
        ("durations_seconds", Schema.Object(
            [],
            ("min", Schema.Number("Shortest.")),
            ("max", Schema.Number("Longest.")),
            ("only", Schema.List("The only ones.", new JsonObject { ["type"] = "number" })))),
        ("resolutions", Texts("Resolutions.")),
        ("aspect_ratios", Texts("Ratios.")),
        ("frames", Texts("first, last, references.")),
        ("audio", Schema.Text("none, native (always), optional or kept.")),
        ("price", Schema.Object(
            ["unit", "usd"],
            ("unit", Schema.Text("free, second, input_second, image, clip, megapixel or thousand_characters.")),
            ("usd", Schema.Number("Dollars a unit where no rate fits.")),
            ("rates", Schema.List(
                "Rates for settings; the first that fits counts.",
                Schema.Open("usd for a resolution, audio, seconds or quality."))))),
        ("price_usd_example", Schema.Text("What a usual result costs.")));

    private static JsonObject Error => Schema.Object(
        ["code", "message"],
        ("code", Schema.Choice<ErrorCode>("What kind of error.")),
        ("message", Schema.Text("What happened, which argument, what to do next.")),
        ("argument", Schema.Text("The argument at fault.")));

    private static JsonObject Texts(string description) => Schema.List(description, new JsonObject { ["type"] = "string" });
}
