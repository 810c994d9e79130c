namespace McpI2V.Media.Sound.Music.Writing;

/// <summary>The styles of all moods.</summary>
internal static class Styles
{
    private const string InMajor = "5add9 7sus4 0add9";
    private const string InMinor = "8maj7 7sus4 0madd9";

    public static Style Of(Mood mood) => All[mood];

    private static readonly Dictionary<Mood, Style> All = new()
    {
        [Mood.Upbeat] = new Style
        {
            Tempo = (112, 122),
            Rounds = ["0add9 7maj 9min7 5maj7", "0maj 9min7 5add9 7sus4", "9min7 5maj7 0add9 7maj"],
            Cadence = InMajor,
            Keys = "piano",
            Strikes = [0, 3, 6, 10, 12],
            Arpeggio = "pluck",
            Melody = "bell",
            BassSteps = [0, 3, 6, 8, 11, 14],
            Drums = new Dictionary<Part, string>
            {
                [Part.Kick] = "X...x...X...x...",
                [Part.Clap] = "....X.......X...",
                [Part.OpenHat] = "..x...x...x...x.",
                [Part.Shaker] = "xoxoxoxoxoxoxoxo",
            },
            PumpDb = 4,
        },
        [Mood.Warm] = new Style
        {
            Tempo = (84, 94),
            Rounds = ["0maj9 5maj7 9min7 5maj9", "0add9 4min7 5maj9 7sus4", "9min9 5maj7 0maj9 7sus4"],
            Cadence = "5maj9 7sus4 0add9",
            Keys = "piano",
            Strikes = [0, 6, 10],
            Arpeggio = "pluck",
            Melody = "piano",
            Pad = "strings",
            Drums = new Dictionary<Part, string>
            {
                [Part.Kick] = "x.......o.......",
                [Part.Rim] = "....o.......o...",
                [Part.Shaker] = "o.x.o.x.o.x.o.x.",
            },
            Room = 0.3,
        },
        [Mood.Calm] = new Style
        {
            Tempo = (66, 74),
            Rounds = ["0maj9 5maj9 0maj9 9min9", "5maj9 0add9 9min7 5maj9", "0add9 2min9 5maj9 0maj9"],
            Cadence = "5maj9 7sus2 0maj9",
            Keys = "electric piano",
            Strikes = [0, 8],
            Arpeggio = "bell",
            ArpeggioStep = 4,
            Melody = "piano",
            Room = 0.42,
            PumpDb = 0,
        },
        [Mood.Energetic] = new Style
        {
            Tempo = (124, 130),
            IsMinor = true,
            Rounds = ["0min 8maj 3maj 10maj", "8maj 10maj 0min7 3maj", "0min7 3maj 10maj 8maj7"],
            Cadence = InMinor,
            Keys = "stab",
            Strikes = [0, 3, 6, 11, 14],
            Arpeggio = "pluck",
            ArpeggioStep = 1,
            Melody = "bell",
            Bass = "synth bass",
            BassSteps = [2, 4, 6, 10, 12, 14],
            Drums = new Dictionary<Part, string>
            {
                [Part.Kick] = "X...X...X...X...",
                [Part.Clap] = "....X.......X...",
                [Part.Hat] = "x.o.x.o.x.o.x.oo",
                [Part.OpenHat] = "..x...x...x...x.",
            },
            PumpDb = 7,
            Room = 0.18,
        },
        [Mood.Cinematic] = new Style
        {
            Tempo = (88, 98),
            IsMinor = true,
            Rounds = ["0madd9 8maj7 3maj 10maj", "0min 5min7 8maj7 7sus4", "0min 10maj 8maj7 3add9"],
            Cadence = InMinor,
            Keys = "piano",
            Strikes = [0, 8],
            Arpeggio = "spiccato",
            Melody = "strings",
            Bass = "synth bass",
            BassSteps = [0, 6, 12],
            Pad = "strings",
            Drums = new Dictionary<Part, string>
            {
                [Part.Taiko] = "X..o..x.X..ox.x.",
                [Part.Hat] = "o.o.o.o.o.o.o.o.",
            },
            Room = 0.4,
        },
        [Mood.Dark] = new Style
        {
            Tempo = (70, 80),
            IsMinor = true,
            Rounds = ["0min9 8maj7 0min9 5min9", "0madd9 3maj7 8maj7 7min7", "0min 0min7 8maj7 5min7"],
            Cadence = "5min7 7sus4 0madd9",
            Keys = "electric piano",
            Strikes = [0, 11],
            Arpeggio = "bell",
            ArpeggioStep = 3,
            Melody = "bell",
            Bass = "synth bass",
            Drums = new Dictionary<Part, string>
            {
                [Part.Kick] = "X.........x.....",
                [Part.Snare] = "........x.......",
                [Part.Hat] = "x.o.x.oox.o.xoo.",
            },
            Room = 0.38,
            PumpDb = 4,
        },
        [Mood.Playful] = new Style
        {
            Tempo = (104, 114),
            Rounds = ["0maj 9min7 2min7 7dom7", "0maj 5maj 0maj 7dom7", "0maj 4min7 5maj7 7dom7"],
            Cadence = "2min7 7dom7 0maj",
            Keys = "pluck",
            Strikes = [2, 6, 10, 14],
            Arpeggio = "marimba",
            Melody = "marimba",
            BassSteps = [0, 8, 12],
            Drums = new Dictionary<Part, string>
            {
                [Part.Kick] = "x.......x.......",
                [Part.Rim] = "....x.......x..o",
                [Part.Shaker] = "x.xox.xox.xox.xo",
            },
            Swing = 0.12,
        },
        [Mood.Elegant] = new Style
        {
            Tempo = (96, 104),
            Rounds = ["0maj9 9min9 2min9 7sus4", "2min9 7dom7 0maj9 5maj9", "5maj9 4min7 2min9 0maj9"],
            Cadence = "2min9 7sus4 0maj9",
            Keys = "electric piano",
            Strikes = [0, 3, 10],
            Arpeggio = "pluck",
            Melody = "bell",
            BassSteps = [0, 7, 10],
            Drums = new Dictionary<Part, string>
            {
                [Part.Kick] = "X......x..x.....",
                [Part.Rim] = "....x.......x...",
                [Part.Hat] = "x.xox.xox.xox.xo",
                [Part.Shaker] = "o.o.o.o.o.o.o.o.",
            },
            Swing = 0.08,
            PumpDb = 4,
        },
        [Mood.Lofi] = new Style
        {
            Tempo = (74, 84),
            Rounds = ["2min9 7dom7 0maj9 9min9", "5maj9 4min7 2min9 0maj9", "0maj9 9min9 2min9 7dom7"],
            Cadence = "2min9 7dom7 0maj9",
            Keys = "electric piano",
            Strikes = [0, 5, 11],
            Melody = "pluck",
            BassSteps = [0, 5, 10],
            Drums = new Dictionary<Part, string>
            {
                [Part.Kick] = "X......x..x.....",
                [Part.Snare] = "....x.......x...",
                [Part.Hat] = "x.x.x.x.x.x.x.xo",
            },
            Swing = 0.26,
            PumpDb = 4,
        },
    };
}
