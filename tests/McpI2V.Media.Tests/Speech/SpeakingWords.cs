using McpI2V.Media.Ffmpeg;
using McpI2V.Media.Formats;
using McpI2V.Media.Probing;
using McpI2V.Media.Processes;
using McpI2V.Media.Speech;

namespace McpI2V.Media.Tests.Speech;

/// <summary>Words spoken on this machine, and which voices it has.</summary>
public sealed class SpeakingWords : IDisposable
{
    private readonly Workshop shop = new();

    public void Dispose() => shop.Dispose();

    [Fact]
    public async Task Words_are_spoken_whatever_a_filter_graph_or_a_command_line_would_make_of_them()
    {
        var programs = new FfmpegPrograms { Espeak = shop.Work.At("not-installed") };
        var voice = (await VoicesOf(programs).AllAsync(CancellationToken.None))[0];

        var plain = await SpokenAsync(programs, voice, "One first sip", 1);
        var hostile = await SpokenAsync(programs, voice, "One first sip', volume=0 [x]; \"$(reboot)\"\\ -y : %{n}\n-f null", 1);
        var slow = await SpokenAsync(programs, voice, "One first sip", 0.5);

        Assert.Equal((SpeechEngine.Flite, "slt"), (voice.Engine, voice.Name));
        Assert.InRange(plain, 0.5, 3);
        Assert.True(hostile > plain, $"all of it is spoken: {hostile} s");
        Assert.InRange(slow / plain, 1.8, 2.2);
    }

    [Fact]
    public async Task Other_languages_are_spoken_where_espeak_ng_is_installed_and_get_the_words_in_a_file()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }
        var programs = new FfmpegPrograms { Espeak = Installed() };

        var voices = await VoicesOf(programs).AllAsync(CancellationToken.None);
        var seconds = await SpokenAsync(programs, voices.Single(v => v.Name == "es"), "¡Hola! -v en", 1);

        Assert.Equal(["slt", "rms", "awb", "kal16", "kal", "es", "ja"], voices.Select(v => v.Name));
        Assert.Equal(2, seconds, 1);
        Assert.Equal("¡Hola! -v en", await File.ReadAllTextAsync(shop.Work.At("words.txt")));
    }

    [Theory]
    [InlineData("", "")]
    [InlineData("Pty Language Age/Gender VoiceName File\n 5  -w  --/M  Evil  x\n 5  de  --/M  German gmw/de\n 5  de  --/F  Other x", "de")]
    [InlineData("error: no data\n 5", "")]
    public void A_list_of_voices_is_read_for_codes_of_languages_alone(string report, string names) =>
        Assert.Equal(names, string.Join(',', LocalVoices.Read(report).Select(v => v.Name)));

    private LocalVoices VoicesOf(FfmpegPrograms programs) =>
        new(new FfmpegFilters(shop.Ffmpeg, programs), programs, new ProcessPlaces());

    private async Task<double> SpokenAsync(FfmpegPrograms programs, LocalVoice voice, string text, double speed)
    {
        var path = shop.Work.At("voice.wav");
        await new Speaker(shop.Ffmpeg, programs, new ProcessPlaces())
            .SpeakAsync(text, voice, speed, path, shop.Work, CancellationToken.None);
        return (await new MediaProbe(shop.Ffmpeg).ClipAsync(path, MediaFormat.Wav, CancellationToken.None)).Duration.TotalSeconds;
    }

    // A program that is asked as espeak-ng is, and hums for two seconds.
    private string Installed()
    {
        var path = shop.Work.At("espeak-ng");
        File.WriteAllText(path, """
            #!/bin/sh
            if [ "$1" = --voices ]; then
              printf 'Pty Language Age/Gender VoiceName File\n 5  es  --/M  Spanish  roa/es\n 5  ja  --/M  Japanese  jpx/ja\n'
              exit 0
            fi
            [ "$*" = "-b 1 -v es -f words.txt -w spoken.wav" ] || exit 3
            exec ffmpeg -v error -f lavfi -i sine=d=2 spoken.wav

            """);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
        return path;
    }
}
