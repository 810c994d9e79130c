using System.Buffers.Binary;
using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace McpI2V.Fuzzing;

/// <summary>
/// Feeds a parser of foreign bytes with mutations of good ones. An input fails if the parser throws what it does not document,
/// takes long, or allocates out of proportion. Inputs with a new outcome join the corpus, so that it works its way inwards.
/// A quarter of a second each unless <c>I2V_FUZZ_SECONDS</c> says more; the first seed is always the same, those of a long run are new.
/// </summary>
public static partial class Fuzz
{
    private const int LargestInput = 64 << 10;
    private const int LargestCorpus = 400;
    private const int MostOutcomes = 10_000;
    private static readonly TimeSpan Slow = TimeSpan.FromSeconds(2);
    private static readonly uint[] Interesting =
    [
        0,
        1,
        2,
        7,
        8,
        0x7F,
        0x80,
        0xFF,
        0x100,
        0x7FFF,
        0x8000,
        0xFFFF,
        0x10000,
        0x7FFFFFFF,
        0x80000000,
        0xFFFFFFFF,
        0xFFFFFFF7,
    ];

    private static double Seconds =>
        double.TryParse(Environment.GetEnvironmentVariable("I2V_FUZZ_SECONDS"), CultureInfo.InvariantCulture, out var set) ? set : 0.25;

    /// <summary>Runs a parser.</summary>
    /// <param name="name">What is fuzzed, for the report.</param>
    /// <param name="seeds">Good inputs.</param>
    /// <param name="words">Pieces that its grammar knows; they are put in here and there.</param>
    /// <param name="parse">Parses, checks what must hold of the result, and returns the result in a word.</param>
    /// <param name="isDocumented">True for an exception that the parser promises.</param>
    /// <param name="bytesPerByte">How many bytes it may allocate for each of the input, beside 2 MB.</param>
    public static void Run(
        string name,
        IReadOnlyList<byte[]> seeds,
        IReadOnlyList<string> words,
        Func<byte[], string> parse,
        Func<Exception, bool> isDocumented,
        int bytesPerByte = 400)
    {
        var random = new Random(Seconds >= 1 ? Environment.TickCount : 1);
        List<byte[]> corpus = [.. seeds];
        HashSet<string> outcomes = [];
        var dictionary = words.Select(System.Text.Encoding.UTF8.GetBytes).ToList();
        foreach (var seed in seeds)
        {
            outcomes.Add(Try(name, seed, parse, isDocumented, bytesPerByte));
        }
        var inputs = 0L;
        for (var clock = Stopwatch.StartNew(); clock.Elapsed.TotalSeconds < Seconds; inputs++)
        {
            var input = Mutated(corpus, dictionary, random);
            var outcome = Try(name, input, parse, isDocumented, bytesPerByte);
            if (outcomes.Count < MostOutcomes && outcomes.Add(outcome))
            {
                if (corpus.Count < LargestCorpus)
                {
                    corpus.Add(input);
                }
                else
                {
                    corpus[random.Next(seeds.Count, LargestCorpus)] = input;
                }
            }
        }
        TestContext.Current.SendDiagnosticMessage($"fuzz {name}: {inputs} inputs, {outcomes.Count} outcomes");
        if (Environment.GetEnvironmentVariable("I2V_FUZZ_REPORT") is { Length: > 0 } report)
        {
            File.AppendAllText(report, $"{name}\t{inputs}\t{outcomes.Count}\n");
        }
    }

    private static string Try(string name, byte[] input, Func<byte[], string> parse, Func<Exception, bool> isDocumented, int bytesPerByte)
    {
        var (started, before) = (Stopwatch.GetTimestamp(), GC.GetAllocatedBytesForCurrentThread());
        string outcome;
        try
        {
            outcome = parse(input);
        }
        catch (Exception e) when (isDocumented(e))
        {
            outcome = e.GetType().Name + e.Message;
        }
        catch (Exception e)
        {
            throw new FuzzException(
                $"{name} threw {e.GetType().Name}: {e.Message}\ninput: {Convert.ToBase64String(input)}\n{e.StackTrace}",
                e);
        }
        var (took, allocated) = (Stopwatch.GetElapsedTime(started), GC.GetAllocatedBytesForCurrentThread() - before);
        if (took > Slow || allocated > 2_000_000 + ((long)bytesPerByte * input.Length))
        {
            throw new FuzzException(
                $"{name} took {took.TotalSeconds:0.0} s and {allocated} bytes for {input.Length}\ninput: {Convert.ToBase64String(input)}",
                null);
        }
        return Numbers().Replace(outcome.Length <= 200 ? outcome : outcome[..200], "#");
    }

    private static byte[] Mutated(List<byte[]> corpus, List<byte[]> words, Random random)
    {
        List<byte> bytes = [.. corpus[random.Next(corpus.Count)]];
        for (var changes = 1 + random.Next(6); changes > 0; changes--)
        {
            var at = random.Next(bytes.Count + 1);
            var length = random.Next(Math.Min(64, bytes.Count - at) + 1);
            switch (random.Next(9))
            {
                case 0 when at < bytes.Count:
                    bytes[at] ^= (byte)(1 << random.Next(8));
                    break;
                case 1 when at < bytes.Count:
                    bytes[at] = (byte)Interesting[random.Next(Interesting.Length)];
                    break;
                case 2:
                    bytes.RemoveRange(at, length);
                    break;
                case 3:
                    bytes.InsertRange(at, bytes.GetRange(at, length));
                    break;
                case 4:
                    bytes.RemoveRange(at, bytes.Count - at);
                    break;
                case 5:
                    Put(bytes, at, Interesting[random.Next(Interesting.Length)], random.Next(2) == 0);
                    break;
                case 6 when words.Count > 0:
                    bytes.InsertRange(at, words[random.Next(words.Count)]);
                    break;
                case 7:
                    var other = corpus[random.Next(corpus.Count)];
                    var from = random.Next(other.Length + 1);
                    bytes.InsertRange(at, other.AsSpan(from, random.Next(other.Length - from + 1)));
                    break;
                default:
                    bytes.Insert(at, (byte)random.Next(256));
                    break;
            }
        }
        return bytes.Count <= LargestInput ? [.. bytes] : [.. bytes.Take(LargestInput)];
    }

    private static void Put(List<byte> bytes, int at, uint number, bool isLittle)
    {
        Span<byte> four = stackalloc byte[4];
        if (isLittle)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(four, number);
        }
        else
        {
            BinaryPrimitives.WriteUInt32BigEndian(four, number);
        }
        for (var i = 0; i < 4 && at + i < bytes.Count; i++)
        {
            bytes[at + i] = four[i];
        }
    }

    [GeneratedRegex("[0-9]+")]
    private static partial Regex Numbers();
}
