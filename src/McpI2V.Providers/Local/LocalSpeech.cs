using McpI2V.Engine;
using McpI2V.Engine.Generation;
using McpI2V.Engine.Jobs;
using McpI2V.Engine.Library;
using McpI2V.Media;
using McpI2V.Media.Formats;
using McpI2V.Media.Probing;
using McpI2V.Media.Speech;

namespace McpI2V.Providers.Local;

/// <summary>Words spoken by a robotic voice of this machine.</summary>
public sealed class LocalSpeech(MediaLibrary library, LocalVoices voices, Speaker speaker, MediaProbe probe)
{
    /// <summary>Checks a request before it is written down.</summary>
    /// <exception cref="I2VException">It can't be spoken here.</exception>
    public async Task<IReadOnlyList<string>> ReviewAsync(AudioRequest request, CancellationToken callCancelled)
    {
        Speed(request);
        await VoiceAsync(request, callCancelled);
        return request.Seed is null ? [] : ["local:voice takes no seed: it speaks the same words the same way."];
    }

    /// <summary>Speaks it.</summary>
    public async Task<IReadOnlyList<ProducedFile>> PerformAsync(
        Job job,
        AudioRequest request,
        MediaWork work,
        CancellationToken jobCancelled)
    {
        var path = work.At("voice.wav");
        var voice = await VoiceAsync(request, jobCancelled);
        await speaker.SpeakAsync(request.Text, voice, Speed(request), path, work, jobCancelled);
        var facts = await probe.ClipAsync(path, MediaFormat.Wav, jobCancelled);
        return
        [
            new ProducedFile
            {
                Path = path,
                Format = MediaFormat.Wav,
                Size = default,
                Duration = facts.Duration,
                Title = job.Title,
                Operation = "speak",
                Prompt = request.Text,
                HasAudio = true,
            },
        ];
    }

    private double Speed(AudioRequest request) =>
        LocalOptions.Read(request.Options, library, library, reader => reader.Number("speed", 0.5, 2) ?? 1);

    private async Task<LocalVoice> VoiceAsync(AudioRequest request, CancellationToken cancellationToken) =>
        (await voices.AllAsync(cancellationToken)).FirstOrDefault(v => v.Name == request.Voice)
            ?? throw new I2VException(
                ErrorCode.UnsupportedByModel,
                $"The voice {ForeignText.Quote(request.Voice ?? "", 40)} is not on this machine. Ask anew without voice; nothing was " +
                    "spent.",
                "voice");
}
