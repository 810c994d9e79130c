using System.Globalization;
using System.Text.Json.Nodes;
using McpI2V.Simulators.Simulation;
using McpI2V.Simulators.Simulation.FaultInjection;

namespace McpI2V.Simulators.ElevenLabs;

/// <summary>Speech, effects and music, each the answer itself; speech is in the history.</summary>
public static class ElevenLabsSoundsSimulator
{
    private const string Vendor = ElevenLabsSimulator.Vendor;
    private const double SecondsALetter = 0.06;
    private static readonly string[] Formats = ["mp3_44100_128", "mp3_44100_192", "mp3_22050_32", "pcm_44100", "auto"];

    // The most letters, and dollars a thousand.
    private static readonly Dictionary<string, (int Longest, decimal Usd)> Speakers = new(StringComparer.Ordinal)
    {
        ["eleven_multilingual_v2"] = (10_000, 0.1m),
        ["eleven_v3"] = (5_000, 0.1m),
        ["eleven_v4"] = (2_000, 0.1m),
        ["eleven_flash_v2_5"] = (40_000, 0.05m),
    };

    private static readonly string[] OfSpeech = ["text", "model_id", "language_code", "voice_settings", "seed", "previous_text",
        "next_text", "apply_text_normalization"];

    private static readonly string[] OfVoices = ["stability", "similarity_boost", "style", "use_speaker_boost", "speed"];
    private static readonly string[] OfEffects = ["text", "duration_seconds", "prompt_influence", "loop", "model_id"];
    private static readonly string[] OfMusic = ["prompt", "composition_plan", "music_length_ms", "model_id", "seed", "force_instrumental",
        "store_for_inpainting", "sign_with_c2pa"];

    private static readonly string[] OfScores = ["description", "tags", "model_id", "add_sfx", "separate_tracks",
        "use_audio_as_reference", "sign_with_c2pa"];

    private static readonly string[] Composers = ["music_v2_5", "music_v2", "music_v1"];

    public static void MapElevenLabsSounds(this WebApplication app, SimOptions options, TaskBook book, ResultRenderer renderer)
    {
        var room = new Room(options, book, renderer);
        var submit = new Step(Vendor, "submit");
        app.MapPost("/elevenlabs/v1/text-to-speech/{voice}", (HttpContext c, string voice) => room.SpeakAsync(c, voice, false))
            .WithMetadata(submit);
        app.MapPost("/elevenlabs/v1/text-to-speech/{voice}/with-timestamps", (HttpContext c, string voice) =>
            room.SpeakAsync(c, voice, true)).WithMetadata(submit);
        app.MapPost("/elevenlabs/v1/sound-generation", (Delegate)room.EffectAsync).WithMetadata(submit);
        app.MapPost("/elevenlabs/v1/music", (Delegate)room.ComposeAsync).WithMetadata(submit);
        app.MapPost("/elevenlabs/v1/music/video-to-music", (Delegate)room.ScoreAsync).WithMetadata(submit).DisableAntiforgery();
        app.MapGet("/elevenlabs/v1/history", room.History).WithMetadata(new Step(Vendor, "list"));
        app.MapGet("/elevenlabs/v1/history/{id}", room.One).WithMetadata(new Step(Vendor, "status"));
        app.MapResults(Vendor, "/elevenlabs/v1/history/{id}/audio", c => room.Kept((string)c.GetRouteValue("id")!));
    }

    /// <summary>When each letter of a text is spoken, evenly over its length.</summary>
    internal static JsonObject Alignment(string text, double seconds)
    {
        var step = seconds / Math.Max(1, text.Length);
        return new JsonObject
        {
            ["characters"] = new JsonArray([.. text.Select(c => JsonValue.Create(c.ToString()))]),
            ["character_start_times_seconds"] = new JsonArray([.. text.Select((_, i) => JsonValue.Create(Math.Round(i * step, 3)))]),
            ["character_end_times_seconds"] = new JsonArray([.. text.Select((_, i) => JsonValue.Create(Math.Round((i + 1) * step, 3)))]),
        };
    }

    private sealed class Room(SimOptions options, TaskBook book, ResultRenderer renderer)
    {
        public async Task<IResult> SpeakAsync(HttpContext context, string voice, bool isTimed)
        {
            if (ElevenLabsSimulator.Refuse(context, options) is { } refused)
            {
                return refused;
            }
            var body = await Reply.BodyAsync(context) ?? [];
            if (Fault(context, body, OfSpeech) is { } fault)
            {
                return fault;
            }
            if (!ElevenLabsSimulator.HasVoice(voice))
            {
                return ElevenLabsSimulator.Error(404, "not_found", "voice_not_found", $"A voice with the voice_id {voice} was not found.");
            }
            var model = body["model_id"]?.ToString() ?? "eleven_multilingual_v2";
            if (!Speakers.TryGetValue(model, out var speaker))
            {
                return ElevenLabsSimulator.Error(400, "validation_error", "unsupported_model", $"{model} does not exist", "model_id");
            }
            if (body["voice_settings"] is JsonObject how && how.Select(m => m.Key).Except(OfVoices).FirstOrDefault() is { } unknown)
            {
                return ElevenLabsSimulator.Shapeless("voice_settings." + unknown, "Extra inputs are not permitted");
            }
            if (model == "eleven_v3" && body["previous_text"] is not null)
            {
                return ElevenLabsSimulator.Error(400, "validation_error", "invalid_parameters", "previous_text is not supported by v3");
            }
            var text = body["text"]?.ToString() ?? "";
            if (text.Length == 0 || text.Length > speaker.Longest)
            {
                return ElevenLabsSimulator.Error(400, "validation_error", text.Length == 0 ? "invalid_parameters" : "text_too_long",
                    $"text must have 1 to {speaker.Longest} characters", "text");
            }
            var task = ElevenLabsSimulator.Task(
                book,
                model,
                new RenderSpec("sound", null, text, 0, 0, Math.Max(0.5, text.Length * SecondsALetter)),
                Math.Max(0.001m, text.Length / 1000m) * speaker.Usd);
            (task.Notes["text"], task.Notes["voice"], task.Notes["history"]) = (text, voice, "item" + task.Id);
            context.Response.Headers["character-cost"] = text.Length.ToString(CultureInfo.InvariantCulture);
            return await AnswerAsync(context, task, isTimed);
        }

        public async Task<IResult> EffectAsync(HttpContext context)
        {
            if (ElevenLabsSimulator.Refuse(context, options) is { } refused)
            {
                return refused;
            }
            var body = await Reply.BodyAsync(context) ?? [];
            if (Fault(context, body, OfEffects) is { } fault)
            {
                return fault;
            }
            var seconds = (double?)body["duration_seconds"] ?? 5;
            if (string.IsNullOrEmpty(body["text"]?.ToString()) || seconds is < 0.5 or > 30)
            {
                return ElevenLabsSimulator.Shapeless(seconds is < 0.5 or > 30 ? "duration_seconds" : "text", "Input should be valid");
            }
            // $0.12 for up to five seconds, as many credits a second beyond.
            var task = ElevenLabsSimulator.Task(
                book,
                "eleven_text_to_sound_v2",
                new RenderSpec("sound", null, body["text"]!.ToString(), 0, 0, seconds),
                0.12m * (decimal)Math.Ceiling((seconds / 5) - 0.02));
            return await AnswerAsync(context, task, isTimed: false);
        }

        public async Task<IResult> ComposeAsync(HttpContext context)
        {
            if (ElevenLabsSimulator.Refuse(context, options) is { } refused)
            {
                return refused;
            }
            var body = await Reply.BodyAsync(context) ?? [];
            if (Fault(context, body, OfMusic) is { } fault)
            {
                return fault;
            }
            if ((body["prompt"] is null) == (body["composition_plan"] is null) || (body["prompt"] is not null && body["seed"] is not null))
            {
                return ElevenLabsSimulator.Error(400, "validation_error", "invalid_parameters",
                    body["seed"] is null ? "Provide either prompt or composition_plan" : "seed can't be used with prompt");
            }
            var length = (double?)body["music_length_ms"] ?? 30_000;
            var isLength = length is >= 3_000 and <= 600_000;
            if (!isLength || !Composers.Contains(body["model_id"]?.ToString() ?? "music_v2"))
            {
                return ElevenLabsSimulator.Shapeless(isLength ? "model_id" : "music_length_ms", "Input should be valid");
            }
            var task = ElevenLabsSimulator.Task(
                book,
                body["model_id"]?.ToString() ?? "music_v2",
                new RenderSpec("sound", null, body["prompt"]?.ToString() ?? "plan", 0, 0, length / 1000),
                (decimal)length / 1000 * 0.0125m);
            context.Response.Headers["song-id"] = "song" + task.Id;
            return await AnswerAsync(context, task, isTimed: false);
        }

        public async Task<IResult> ScoreAsync(HttpContext context)
        {
            if (ElevenLabsSimulator.Refuse(context, options) is { } refused)
            {
                return refused;
            }
            var form = await context.Request.ReadFormAsync();
            var fields = form.Keys.FirstOrDefault(k => !OfScores.Contains(k));
            var video = form.Files.GetFile("videos");
            if (fields is not null || video is null || form["description"].ToString().Length > 4_100)
            {
                return ElevenLabsSimulator.Shapeless(fields ?? (video is null ? "videos" : "description"), "Input should be valid");
            }
            await using var bytes = video.OpenReadStream();
            var (_, _, seconds) = await PictureSize.OfAsync(await renderer.KeepAsync(bytes, video.FileName));
            var task = ElevenLabsSimulator.Task(
                book,
                form["model_id"].ToString() is { Length: > 0 } model ? model : "music_v2",
                new RenderSpec("sound", null, form["description"].ToString(), 0, 0, seconds),
                (decimal)Math.Ceiling(seconds - 0.02) * 0.0125m);
            return await AnswerAsync(context, task, isTimed: false);
        }

        public IResult History(HttpContext context)
        {
            if (ElevenLabsSimulator.Refuse(context, options) is { } refused)
            {
                return refused;
            }
            var query = context.Request.Query;
            var since = long.TryParse(query["date_after_unix"], CultureInfo.InvariantCulture, out var after) ? after : 0;
            var last = query["start_after_history_item_id"].ToString();
            var size = int.TryParse(query["page_size"], CultureInfo.InvariantCulture, out var asked) ? asked : 100;
            var all = Spoken()
                .Where(t => t.SubmittedAt.ToUnixTimeSeconds() >= since)
                .Where(t => query["voice_id"].ToString() is var voice && (voice.Length == 0 || voice == t.Notes["voice"]))
                .Where(t => query["model_id"].ToString() is var model && (model.Length == 0 || model == t.Model))
                .OrderByDescending(t => t.SubmittedAt)
                .ToList();
            var rest = last.Length == 0 ? all : [.. all.SkipWhile(t => t.Notes["history"] != last).Skip(1)];
            var page = rest.Take(size).ToList();
            return Reply.Json(new JsonObject
            {
                ["history"] = new JsonArray([.. page.Select(t => (JsonNode)Item(t))]),
                ["last_history_item_id"] = page.LastOrDefault()?.Notes["history"],
                ["has_more"] = rest.Count > page.Count,
            });
        }

        public IResult One(HttpContext context, string id) => ElevenLabsSimulator.Refuse(context, options)
            ?? (Kept(id) is { } task
                ? Reply.Json(Item(task))
                : ElevenLabsSimulator.Error(404, "not_found", "history_item_not_found", "No such history item"));

        public SimTask? Kept(string id) => Spoken().FirstOrDefault(t => t.Notes["history"] == id);

        private IEnumerable<SimTask> Spoken() => book.All.Where(t => t.Notes.ContainsKey("history")
            && t.At(TimeProvider.System.GetUtcNow()) == SimState.Done);

        private JsonObject Item(SimTask task) => new()
        {
            ["history_item_id"] = task.Notes["history"],
            ["request_id"] = task.Id,
            ["voice_id"] = task.Notes["voice"],
            ["model_id"] = task.Model,
            ["text"] = task.Notes["text"],
            ["date_unix"] = task.SubmittedAt.ToUnixTimeSeconds(),
            ["character_count_change_from"] = 0,
            ["character_count_change_to"] = task.Notes["text"].Length,
            ["content_type"] = "audio/mpeg",
            ["state"] = "created",
            ["source"] = "TTS",
            ["alignments"] = new JsonObject
            {
                ["alignment"] = Alignment(task.Notes["text"], Length(task)),
                ["normalized_alignment"] = Alignment(task.Notes["text"], Length(task)),
            },
        };

        private double Length(SimTask task) =>
            options.LongestSeconds > 0 ? Math.Min(options.LongestSeconds, task.Spec.Seconds) : task.Spec.Seconds;

        private static IResult? Fault(HttpContext context, JsonObject body, string[] known)
        {
            var format = context.Request.Query["output_format"].ToString();
            return format.Length > 0 && !Formats.Contains(format)
                ? ElevenLabsSimulator.Error(400, "validation_error", "invalid_output_format", $"{format} is not a valid output format")
                : body.Select(m => m.Key).FirstOrDefault(k => !known.Contains(k)) is { } unknown
                    ? ElevenLabsSimulator.Shapeless(unknown, "Extra inputs are not permitted")
                    : null;
        }

        private async Task<IResult> AnswerAsync(HttpContext context, SimTask task, bool isTimed)
        {
            if (task.Fate == "refuse")
            {
                return ElevenLabsSimulator.Error(400, "invalid_request", "content_not_allowed", "This is against the terms of service.");
            }
            var spec = task.Fate == "wrong_kind" ? task.Spec with { Kind = "still", Width = 64, Height = 64 } : task.Spec;
            var path = await renderer.MakeAsync(spec);
            var left = task.DoneAt - TimeProvider.System.GetUtcNow();
            await Task.Delay(left > TimeSpan.Zero ? left : TimeSpan.Zero);
            if (task.Fate == "fail")
            {
                return ElevenLabsSimulator.Error(500, "internal_error", "internal_error", "Something went wrong.");
            }
            book.Settle();
            context.Response.Headers["request-id"] = task.Id;
            context.Response.Headers["current-concurrent-requests"] = "1";
            context.Response.Headers["maximum-concurrent-requests"] = "10";
            var bytes = task.Fate == "empty" ? [] : await File.ReadAllBytesAsync(path);
            if (!isTimed)
            {
                return Microsoft.AspNetCore.Http.Results.Bytes(bytes, "audio/mpeg");
            }
            var alignment = Alignment(task.Notes["text"], Length(task));
            return Reply.Json(new JsonObject
            {
                ["audio_base64"] = (task.Fate == "bad_base64" ? "%%" : "") + Convert.ToBase64String(bytes),
                ["alignment"] = alignment,
                ["normalized_alignment"] = alignment.DeepClone(),
            });
        }
    }
}
