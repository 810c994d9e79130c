using System.Text.Json.Nodes;
using McpI2V.Simulators.Simulation;
using McpI2V.Simulators.Simulation.FaultInjection;

namespace McpI2V.Simulators.ElevenLabs;

/// <summary>Speech that is there already: written down with the time of each word, or said in another language.</summary>
public static class ElevenLabsSpeechSimulator
{
    /// <summary>What is heard in every sound, a word each fifth of it.</summary>
    public const string Heard = "Glow, bottled. Out on Friday.";

    private const string Vendor = ElevenLabsSimulator.Vendor;
    private const decimal HearingUsd = 0.000112m;
    private const decimal DubbingUsd = 0.0055m;
    private static readonly string[] OfHearing = ["model_id", "language_code", "timestamps_granularity", "tag_audio_events", "diarize",
        "num_speakers", "temperature", "seed"];

    private static readonly string[] OfDubs = ["name", "source_lang", "target_lang", "target_accent", "num_speakers", "watermark",
        "start_time", "end_time", "highest_resolution", "drop_background_audio", "use_profanity_filter", "dubbing_studio",
        "disable_voice_cloning", "mode"];

    public static void MapElevenLabsSpeech(this WebApplication app, SimOptions options, TaskBook book, ResultRenderer renderer)
    {
        var room = new Room(options, book, renderer);
        app.MapPost("/elevenlabs/v1/speech-to-text", (Delegate)room.HearAsync)
            .WithMetadata(new Step(Vendor, "submit"))
            .DisableAntiforgery();
        app.MapPost("/elevenlabs/v1/dubbing", (Delegate)room.DubAsync).WithMetadata(new Step(Vendor, "submit")).DisableAntiforgery();
        app.MapGet("/elevenlabs/v1/dubbing", room.List).WithMetadata(new Step(Vendor, "list"));
        app.MapGet("/elevenlabs/v1/dubbing/{id}", room.Look).WithMetadata(new Step(Vendor, "status"));
        app.MapGet("/elevenlabs/v1/dubbing/{id}/audio/{language}", (RequestDelegate)room.DeliverAsync)
            .WithMetadata(new Step(Vendor, "download"));
    }

    private sealed class Room(SimOptions options, TaskBook book, ResultRenderer renderer)
    {
        public async Task<IResult> HearAsync(HttpContext context)
        {
            if (ElevenLabsSimulator.Refuse(context, options) is { } refused)
            {
                return refused;
            }
            var form = await context.Request.ReadFormAsync();
            if (form.Keys.FirstOrDefault(k => !OfHearing.Contains(k)) is { } unknown)
            {
                return ElevenLabsSimulator.Shapeless(unknown, "Extra inputs are not permitted");
            }
            if (form["model_id"] != "scribe_v2")
            {
                return ElevenLabsSimulator.Error(
                    400, "validation_error", "unsupported_model", $"{form["model_id"]} does not exist", "model_id");
            }
            if (await LengthAsync(form.Files.GetFile("file"), renderer) is not { } seconds)
            {
                return ElevenLabsSimulator.Shapeless("file", "Field required");
            }
            var task = ElevenLabsSimulator.Task(
                book,
                "scribe_v2",
                new RenderSpec("sound", null, Heard, 0, 0, seconds),
                (decimal)Math.Ceiling(seconds - 0.02) * HearingUsd);
            if (task.Fate == "refuse")
            {
                return ElevenLabsSimulator.Error(400, "invalid_request", "content_not_allowed", "This is against the terms of service.");
            }
            var left = task.DoneAt - TimeProvider.System.GetUtcNow();
            await Task.Delay(left > TimeSpan.Zero ? left : TimeSpan.Zero);
            if (task.Fate == "fail")
            {
                return ElevenLabsSimulator.Error(500, "internal_error", "internal_error", "Something went wrong.");
            }
            book.Settle();
            context.Response.Headers["request-id"] = task.Id;
            return Reply.Json(new JsonObject
            {
                ["language_code"] = "eng",
                ["language_probability"] = 0.98,
                ["text"] = task.Fate == "empty" ? "" : Heard,
                ["words"] = task.Fate == "empty" ? new JsonArray() : Words(seconds),
                ["transcription_id"] = "transcript" + task.Id,
                ["audio_duration_secs"] = Math.Round(seconds, 3),
            });
        }

        public async Task<IResult> DubAsync(HttpContext context)
        {
            if (ElevenLabsSimulator.Refuse(context, options) is { } refused)
            {
                return refused;
            }
            var form = await context.Request.ReadFormAsync();
            if (form.Keys.FirstOrDefault(k => !OfDubs.Contains(k)) is { } unknown)
            {
                return ElevenLabsSimulator.Shapeless(unknown, "Extra inputs are not permitted");
            }
            if (form["target_lang"].ToString() is not { Length: > 0 } language)
            {
                return ElevenLabsSimulator.Error(400, "validation_error", "invalid_parameters", "target_lang is required", "target_lang");
            }
            if (await LengthAsync(form.Files.GetFile("file"), renderer) is not { } seconds)
            {
                return ElevenLabsSimulator.Shapeless("file", "Field required");
            }
            var task = ElevenLabsSimulator.Task(
                book,
                "dubbing_v1",
                new RenderSpec("sound", null, $"dubbed {language}", 0, 0, seconds),
                (decimal)Math.Ceiling(seconds - 0.02) * DubbingUsd);
            (task.Notes["language"], task.Notes["name"]) = (language, form["name"].ToString());
            return Reply.Json(new JsonObject { ["dubbing_id"] = task.Id, ["expected_duration_sec"] = Math.Round(seconds, 3) });
        }

        public IResult Look(HttpContext context, string id) => ElevenLabsSimulator.Refuse(context, options)
            ?? (book.GetStatus(id) is { } task && IsDub(task)
                ? Reply.Json(Told(task))
                : ElevenLabsSimulator.Error(404, "not_found", "dubbing_not_found", $"Dubbing {id} was not found"));

        public IResult List(HttpContext context) => ElevenLabsSimulator.Refuse(context, options) ?? Reply.Json(new JsonObject
        {
            ["dubs"] = new JsonArray([.. book.All.Where(IsDub).OrderByDescending(t => t.SubmittedAt).Select(t => (JsonNode)Told(t))]),
            ["next_cursor"] = null,
            ["has_more"] = false,
        });

        public async Task DeliverAsync(HttpContext context)
        {
            var task = book.Find((string)context.GetRouteValue("id")!);
            var refused = ElevenLabsSimulator.Refuse(context, options);
            if (refused is null && task?.Notes.GetValueOrDefault("language") == (string)context.GetRouteValue("language")!)
            {
                if (task.At(TimeProvider.System.GetUtcNow()) == SimState.Done)
                {
                    await Delivery.Handler(_ => task)(context);
                    return;
                }
                refused = ElevenLabsSimulator.Error(425, "too_early", "dubbing_not_ready", "Dubbing has not finished yet");
            }
            refused ??= ElevenLabsSimulator.Error(404, "not_found", "dubbing_not_found", "No such dubbing");
            await refused.ExecuteAsync(context);
        }

        private static JsonObject Told(SimTask task) => new()
        {
            ["dubbing_id"] = task.Id,
            ["name"] = task.Notes["name"],
            ["status"] = task.At(TimeProvider.System.GetUtcNow()) switch
            {
                SimState.Waiting => "queued",
                SimState.Failed => "failed",
                SimState.Done => "dubbed",
                _ => "dubbing",
            },
            ["error"] = task.At(TimeProvider.System.GetUtcNow()) == SimState.Failed ? "No speech was found in the file." : null,
            ["target_languages"] = new JsonArray(task.Notes["language"]),
            ["created_at"] = task.SubmittedAt.ToString("O"),
        };
    }

    private static bool IsDub(SimTask task) => task.Notes.ContainsKey("language");

    /// <summary>How long a file is; null: there is none.</summary>
    private static async Task<double?> LengthAsync(IFormFile? file, ResultRenderer renderer)
    {
        if (file is null)
        {
            return null;
        }
        await using var bytes = file.OpenReadStream();
        return (await PictureSize.OfAsync(await renderer.KeepAsync(bytes, file.FileName))).Seconds;
    }

    // With a blank as an item of its own between any two, as the API has it.
    private static JsonArray Words(double seconds)
    {
        var said = Heard.Split(' ');
        var step = seconds / said.Length;
        JsonArray words = [];
        foreach (var (index, word) in said.Index())
        {
            if (index > 0)
            {
                words.Add((JsonNode)Item(" ", index * step, index * step, "spacing"));
            }
            words.Add((JsonNode)Item(word, index * step, ((index + 1) * step) - 0.01, "word"));
        }
        return words;
    }

    private static JsonObject Item(string text, double start, double end, string type) => new()
    {
        ["text"] = text,
        ["start"] = Math.Round(start, 3),
        ["end"] = Math.Round(end, 3),
        ["type"] = type,
        ["speaker_id"] = "speaker_0",
        ["logprob"] = -0.1,
    };
}
