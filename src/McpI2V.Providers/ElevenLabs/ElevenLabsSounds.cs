using System.Globalization;
using System.Text.Json.Nodes;
using McpI2V.Engine;
using McpI2V.Engine.Catalogue;
using McpI2V.Engine.Providers;
using McpI2V.Media;
using McpI2V.Media.Formats;
using McpI2V.Providers.Contract;
using McpI2V.Providers.Http;

namespace McpI2V.Providers.ElevenLabs;

/// <summary>
/// Speech, music, effects and transcripts: the answer is what is made, so it is written down whole before it is read. Speech comes as
/// JSON that also says when each letter is spoken, and is found again in the account's history for free; of the others a lost answer
/// stays lost.
/// </summary>
internal sealed class ElevenLabsSounds(ProviderHttp http, ElevenLabsErrors errors, ElevenLabsVoices voices)
{
    private const string Mp3 = "output_format=mp3_44100_128";
    private const string Audio = "/audio";
    private const int MostPages = 5;

    // Music answers only when it is done (others' adapters wait as long, 2026-07 to 2026-10).
    private static readonly TimeSpan Timeout = TimeSpan.FromMinutes(15);
    private static readonly TimeSpan Before = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan After = TimeSpan.FromMinutes(10);
    private static readonly string[] VoiceSettings = ["stability", "similarity_boost", "style", "use_speaker_boost", "speed"];

    /// <summary>The account's voices.</summary>
    public ElevenLabsVoices Voices => voices;

    /// <summary>The request.</summary>
    public async Task<ElevenLabsRequest> PrepareAsync(GenerationOrder order, CancellationToken jobCancelled)
    {
        AnswerFiles.Reserve(order);
        var path = JsonWire.PathOf(order);
        var body = JsonWire.Body(order, _ => throw new NotSupportedException("words alone go in"));
        if (IsSpeech(order))
        {
            path += $"/{Uri.EscapeDataString(await voices.IdOfAsync(order, jobCancelled))}/with-timestamps";
            Shape(body);
        }
        return new ElevenLabsRequest(
            order,
            http.At(IsHearing(order) ? path : $"{path}?{Mp3}"),
            () => order.Clip is { } clip ? Form(body, clip, "videos")
                : order.Audio is { } heard ? Form(body, heard, "file")
                : JsonRequest.Content(body),
            IsSpeech(order) ? body : null);
    }

    /// <summary>Sends it once.</summary>
    public async Task<Submission> SubmitAsync(GenerationOrder order, Func<HttpRequestMessage> request, CancellationToken finishing)
    {
        var answer = await http.SendOnceAsync(request, errors.JudgeStatus, Timeout, order.AnswerFile, finishing);
        var taken = await ReadAsync(order)
            ?? throw new ProviderException(
                ErrorCode.ProviderFailed,
                $"elevenlabs answered with something that is no {(IsHearing(order) ? "transcript" : "sound")}",
                Acceptance.Unknown);
        return answer.Header("request-id") is { Length: > 0 } id ? taken with { Task = new RemoteTask(id) } : taken;
    }

    /// <summary>Reads the answer that was written down; null if there is none, or it holds no sound.</summary>
    public async Task<Submission?> ReadAsync(GenerationOrder order)
    {
        if (order.AnswerFile is not { } file || !File.Exists(file))
        {
            return null;
        }
        var hasSound = IsHearing(order) ? (await LenientJson.ReadAsync(file))?["words"] is JsonArray
            : IsSpeech(order) ? await LenientJson.ReadAsync(file) is not null
            : await IsSoundAsync(file);
        return hasSound
            ? new Submission(new RemoteTask(order.Key), new RemoteStatus
            {
                State = RemoteState.Done,
                Outputs = [new RemoteOutput(MediaKind.Audio, null, file)],
            })
            : null;
    }

    /// <summary>How it stands: it is here, or lies in the history under the task's path.</summary>
    public async Task<RemoteStatus> GetStatusAsync(RemoteTask task, GenerationOrder order, CancellationToken jobCancelled)
    {
        if (task.Path is not { } path)
        {
            return (await ReadAsync(order))?.Finished ?? RemoteStatus.Gone;
        }
        return await http.GetStatusAsync(() => Get(http.At(path)), errors.Judge, jobCancelled) is null
            ? RemoteStatus.Gone
            : new RemoteStatus { State = RemoteState.Done, Outputs = [new RemoteOutput(MediaKind.Audio, http.At(path + Audio))] };
    }

    /// <summary>Writes a sound to a file.</summary>
    public async Task FetchAsync(RemoteOutput output, string path, CancellationToken jobCancelled)
    {
        if (output.File is not { } file)
        {
            await http.DownloadAsync(output.Address!, path, withKey: true, jobCancelled);
            var item = await http.AskAsync(() => Get(ItemOf(output.Address!)), errors.Judge, jobCancelled);
            await WriteWordsAsync(SpokenText.Of(item.Json?["alignments"]?["alignment"]), path, jobCancelled);
        }
        else if (await IsSoundAsync(file))
        {
            File.Copy(file, path, overwrite: true);
        }
        else
        {
            var answer = await LenientJson.ReadAsync(file, jobCancelled);
            if (answer?["words"] is JsonArray heard)
            {
                await WriteWordsAsync(SpokenText.OfHeard(heard), path, jobCancelled);
                return;
            }
            await AnswerFiles.SaveBase64Async("elevenlabs", answer?["audio_base64"]?.ToString(), path, jobCancelled);
            await WriteWordsAsync(SpokenText.Of(answer?["alignment"]), path, jobCancelled);
        }
    }

    /// <summary>
    /// Finds speech in the account's history, by its text, voice and model at the time; null if it is not there, or it was no speech.
    /// </summary>
    public async Task<RemoteTask?> FindAsync(LostRequest lost, CancellationToken jobCancelled)
    {
        if (!IsSpeech(lost.Order) || (lost.Body?["text"] ?? lost.Order.Prompt)?.ToString() is not { Length: > 0 } text)
        {
            return null;
        }
        var voice = await voices.IdOfAsync(lost.Order, jobCancelled);
        var asked = string.Create(CultureInfo.InvariantCulture, $"v1/history?source=TTS&page_size=100" +
            $"&voice_id={Uri.EscapeDataString(voice)}&model_id={Uri.EscapeDataString(lost.Order.VendorModel)}" +
            $"&date_after_unix={(lost.SentAt - Before).ToUnixTimeSeconds()}");
        List<(RemoteTask Task, TimeSpan Off)> found = [];
        string? after = null;
        for (var page = 0; page < MostPages; page++)
        {
            var answer = await http.AskAsync(
                () => Get(http.At(after is null ? asked : $"{asked}&start_after_history_item_id={Uri.EscapeDataString(after)}")),
                errors.Judge,
                jobCancelled);
            found.AddRange((answer.Json?["history"] as JsonArray ?? []).OfType<JsonObject>()
                .Where(i => i["text"]?.ToString() == text && i["voice_id"]?.ToString() == voice)
                .Select(i => Found(i, lost))
                .OfType<(RemoteTask, TimeSpan)>());
            after = answer.Json?["last_history_item_id"]?.ToString();
            if (after is null || answer.Json?["has_more"]?.ToString() != "true")
            {
                break;
            }
        }
        return found.OrderBy(f => f.Off.Duration()).Select(f => f.Task).FirstOrDefault();
    }

    private static (RemoteTask, TimeSpan)? Found(JsonObject item, LostRequest lost)
    {
        var id = item["history_item_id"]?.ToString();
        var task = item["request_id"]?.ToString() is { Length: > 0 } request ? request : id;
        return id is { Length: > 0 }
            && !lost.IsTaken(task!)
            && long.TryParse(item["date_unix"]?.ToString(), CultureInfo.InvariantCulture, out var seconds)
            && DateTimeOffset.FromUnixTimeSeconds(Math.Clamp(seconds, 0, 253_402_300_799)) - lost.SentAt is var off
            && off >= -Before
            && off <= After
            ? (new RemoteTask(task!, "v1/history/" + Uri.EscapeDataString(id)), off)
            : null;
    }

    /// <summary>What takes a file is asked for by a form.</summary>
    public static MultipartFormDataContent Form(JsonObject body, OrderInput input, string part)
    {
        var form = new MultipartFormDataContent { { OrderInputs.ContentOf(input), part, input.Handle + input.Format.Extension } };
        foreach (var (name, value) in body)
        {
            form.Add(new StringContent(value?.ToString() ?? ""), name);
        }
        return form;
    }

    private static Uri ItemOf(Uri audio) => new(audio.AbsoluteUri[..^Audio.Length]);

    private static async Task WriteWordsAsync(string? subtitles, string path, CancellationToken cancellationToken)
    {
        if (subtitles is { } words)
        {
            await File.WriteAllTextAsync(RemoteOutput.WordsBeside(path), words, cancellationToken);
        }
    }

    private static bool IsSpeech(GenerationOrder order) => order.Capability == Capability.TextToSpeech;

    private static bool IsHearing(GenerationOrder order) => order.Capability == Capability.SpeechToText;

    // How a voice speaks is an object of its own; a voice's name is part of the address.
    private static void Shape(JsonObject body)
    {
        body.Remove("voice");
        JsonObject settings = [];
        foreach (var name in VoiceSettings.Where(body.ContainsKey))
        {
            settings[name] = body[name]?.DeepClone();
            body.Remove(name);
        }
        if (settings.Count > 0)
        {
            body["voice_settings"] = settings;
        }
        if (body["seed"] is JsonValue seed && seed.TryGetValue<long>(out var number))
        {
            body["seed"] = number & uint.MaxValue;
        }
    }

    private static async Task<bool> IsSoundAsync(string path)
    {
        var head = await FormatSniffer.HeadOfAsync(path, CancellationToken.None);
        try
        {
            return FormatSniffer.Sniff(head).Kind == MediaKind.Audio;
        }
        catch (MediaException)
        {
            return false;
        }
    }

    private HttpRequestMessage Get(Uri address) => http.Request(HttpMethod.Get, address);
}
