using System.Globalization;
using System.Text;
using McpI2V.Answers.Contents;
using McpI2V.Answers.Looks;
using McpI2V.Answers.Structured;
using McpI2V.Engine;
using McpI2V.Engine.Catalogue;
using McpI2V.Engine.Jobs;
using McpI2V.Engine.Jobs.Lanes;
using McpI2V.Engine.Jobs.States;
using McpI2V.Engine.Library;
using McpI2V.Engine.Library.Finding;
using McpI2V.Media;
using McpI2V.Media.Formats;

namespace McpI2V.Answers;

/// <summary>Composes answers about jobs and assets.</summary>
internal sealed class AnswerComposer(
    MediaLibrary library,
    Previews previews,
    LooksOfAssets looks,
    JobLanes lanes,
    SpokenTime times)
{
    private const int MostPictures = 4;
    private const int ListedInFull = 10;
    private const int LongestError = 4_000;

    /// <summary>How a job stands, with what it made.</summary>
    /// <param name="job">The job.</param>
    /// <param name="wasKnown">True if the same call had already asked for it.</param>
    /// <param name="warnings">Advice.</param>
    /// <param name="callCancelled">Ends the making of previews.</param>
    public async Task<Answer> OfJobAsync(Job job, bool wasKnown, IReadOnlyList<string> warnings, CancellationToken callCancelled)
    {
        var assets = job.State == JobState.Succeeded ? library.Assets.OfJob(job.Id) : [];
        var contents = Contents(assets, inFull: false);
        var next = NextSteps.After(job, assets);
        var pictures = await PicturesAsync(assets, callCancelled);
        var (shows, drifted) = await looks.OfAsync([.. assets.Take(MostPictures)], callCancelled);
        string[] foremost = [.. job.Foremost, .. drifted];
        // What was found in a generated asset stands first already.
        var rendered = assets.Where(a => !ModelEntry.IsGenerative(a.Model));
        warnings = [.. warnings, .. FoundLines(assets), .. rendered.SelectMany(Failed).Distinct()];
        var ended = job.State is JobState.Failed or JobState.Canceled or JobState.Unconfirmed;
        WorkAnswer structured = new()
        {
            Job = JobContent.FromJob(job, wasKnown),
            Assets = contents,
            Warnings = [.. foremost, .. warnings],
            Next = next,
            Error = ended && job.ErrorCode is { } code ? ErrorContent.Of(code, job.ErrorMessage ?? "", argument: null) : null,
        };
        var text = new StringBuilder(FirstLines.Above(Headline(job, assets, contents), foremost));
        foreach (var line in shows)
        {
            text.Append('\n').Append(line);
        }
        if (wasKnown)
        {
            text.Append("\nThe same call was made a moment ago, so this is its job: nothing was made or paid twice. " +
                "For another take say fresh: true or another seed.");
        }
        AppendLists(text, warnings, next);
        return new Answer(text.ToString(), structured)
        {
            Pictures = pictures,
            Links = contents,
            IsError = job.State is JobState.Failed or JobState.Unconfirmed,
        };
    }

    /// <summary>Assets that were found.</summary>
    public async Task<Answer> OfAssetsAsync(
        IReadOnlyList<Asset> assets,
        string headline,
        bool inFull,
        IReadOnlyList<string> next,
        CancellationToken callCancelled)
    {
        var contents = assets.Count <= ListedInFull
            ? Contents(assets, inFull)
            : [.. assets.Select(a => AssetContent.InBrief(a, library.PathOf(a)) with { Title = a.Title, Parent = a.Parent?.ToString() })];
        var text = new StringBuilder(headline);
        foreach (var (asset, content) in assets.Zip(contents))
        {
            text.Append('\n').Append(AssetLine.Of(asset, content.Path)).Append(" - \"").Append(asset.Title).Append("\", ").Append(
                times.Shown(asset.CreatedAt)).Append(AssetLine.Marks(asset, times));
            if (inFull)
            {
                text.Append(RecipeLines.Of(asset, library.Assets, inFull));
            }
        }
        foreach (var line in inFull ? (await looks.OfAsync(assets, callCancelled)).Shows : [])
        {
            text.Append('\n').Append(line);
        }
        AppendLists(text, inFull ? [.. assets.SelectMany(Faults).Distinct()] : [], next);
        List<Asset> shown = [];
        foreach (var asset in assets)
        {
            if (shown.Count < MostPictures && await library.HasFileAsync(asset, callCancelled))
            {
                shown.Add(asset);
            }
        }
        return new Answer(text.ToString(), new AssetsAnswer { Assets = contents, Next = next })
        {
            Pictures = await PicturesAsync(shown, callCancelled),
            Links = contents,
        };
    }

    /// <summary>A clip that was there already, where a call asks for nothing else.</summary>
    public async Task<Answer> OfKnownAsync(Asset clip, string headline, CancellationToken callCancelled)
    {
        var contents = Contents([clip], inFull: false);
        string[] next = [$"Go on from it: edit_clip {clip.Handle}."];
        var text = new StringBuilder($"{headline}\n{AssetLine.Of(clip, contents[0].Path)}");
        AppendLists(text, [], next);
        return new Answer(text.ToString(), new WorkAnswer { Assets = contents, Warnings = [], Next = next })
        {
            Pictures = await PicturesAsync([clip], callCancelled),
            Links = contents,
        };
    }

    /// <summary>A plan: what would be made and what it would cost.</summary>
    public static Answer OfPlan(NewJob job, IReadOnlyList<string> warnings, decimal? limit = null)
    {
        var what = job.EstimatedCostUsd > 0 ? NewJob.Bought([job]) : null;
        var cost = what is null ? Cost(job.EstimatedCostUsd) : $"{Cost(job.EstimatedCostUsd)} for {what}";
        var over = FirstLines.OverLimit(job.EstimatedCostUsd, limit);
        string[] next = over.Count > 0 ? [FirstLines.WithinLimit] : ["Call again without dry_run to make it."];
        List<string> foremost = [.. over, .. job.Foremost];
        WorkAnswer structured = new()
        {
            Job = JobContent.FromPlan(job),
            Assets = [],
            Warnings = [.. foremost, .. warnings],
            Next = next,
        };
        var plan = $"Plan: {ForeignText.Quote(job.Title)} with {job.Model}, {cost}. Nothing was made or spent.";
        var text = new StringBuilder(FirstLines.Above(plan, foremost));
        AppendLists(text, warnings, next);
        return new Answer(text.ToString(), structured);
    }

    /// <summary>Nothing of what was to be called off was open.</summary>
    public static Answer OfNothingToCancel(IReadOnlyList<Job> jobs)
    {
        var states = jobs.CountBy(j => j.State).Select(s => jobs.Count == 1 ? SnakeCase.From(s.Key) : $"{s.Value} {SnakeCase.From(s.Key)}");
        string[] next = ["check_job tells what it made; organize_assets with action delete puts that into the bin."];
        return new Answer(
            $"Nothing was canceled: nothing of it was open any more ({string.Join(", ", states)}).\nNext: {next[0]}",
            new WorkAnswer
            {
                Job = jobs.Count == 1 ? JobContent.FromJob(jobs[0], wasKnown: false) : null,
                Assets = [],
                Warnings = [],
                Next = next,
            });
    }

    /// <summary>An error.</summary>
    public static Answer OfError(I2VException e) => OfError(e.Code, ForeignText.Words(e.Message, LongestError), e.Argument);

    /// <summary>An error in words that are fit, such as those with an address of ours.</summary>
    public static Answer OfError(ErrorCode code, string words, string? argument) => new(
        $"{SnakeCase.From(code)}: {ForeignText.Answer(words, LongestError)}",
        new ErrorAnswer
        {
            Error = ErrorContent.Of(
                code,
                ForeignText.Answer(words, LongestError),
                argument is null ? null : ForeignText.Line(argument, 80)),
        })
    {
        IsError = true,
    };

    /// <summary>A price in words.</summary>
    public static string Cost(decimal usd) => usd == 0 ? "free" : string.Create(CultureInfo.InvariantCulture, $"${usd:0.00##}");

    /// <summary>Previews of at most a few assets, within the limit of an answer.</summary>
    public async Task<IReadOnlyList<byte[]>> PicturesAsync(IReadOnlyList<Asset> assets, CancellationToken callCancelled)
    {
        var shown = assets.Where(a => a.Handle.Kind != MediaKind.Audio).Take(MostPictures).ToList();
        List<byte[]> pictures = [];
        foreach (var asset in shown)
        {
            try
            {
                pictures.Add(await previews.OfAsync(asset, Previews.AnswerBytes / shown.Count, callCancelled));
            }
            catch (I2VException)
            {
                // The asset is there; only its picture could not be made (ffmpeg gone, disk full). The answer must not fail with it.
            }
        }
        return pictures;
    }

    /// <summary>Appends warnings and next steps.</summary>
    public static void AppendLists(StringBuilder text, IReadOnlyList<string> warnings, IReadOnlyList<string> next)
    {
        foreach (var warning in warnings)
        {
            // A choice that was made is no warning.
            text.Append(warning.StartsWith("Note: ", StringComparison.Ordinal) ? "\n" : "\nWarning: ").Append(warning);
        }
        foreach (var step in next)
        {
            text.Append("\nNext: ").Append(step);
        }
    }

    private static IEnumerable<string> Failed(Asset asset) =>
        asset.Checks.Where(c => c.Fault is not null).Select(c => $"{asset.Handle}: {c.Advice}.");

    // Where texts went and what became of a last frame, which nobody can have known before the render.
    private static IEnumerable<string> FoundLines(IReadOnlyList<Asset> assets) =>
    [
        .. assets.SelectMany(a => a.Checks.Where(c => c.Name is Check.TextMoved or Check.LastFrame)
            .Select(c => $"Note: {a.Handle}: {c.Advice}."))
            .Distinct(),
    ];

    // Why it looks as it does: what was measured of it, and of the still it was made from.
    private IEnumerable<string> Faults(Asset asset) =>
    [
        .. Failed(asset),
        .. asset is { Handle.Kind: MediaKind.Clip, Parent: { Kind: MediaKind.Still } still } && library.Assets.Find(still) is { } from
            ? StillAdvice.For(from, asset.Size, isWhole: true)
            : [],
    ];

    private string Headline(Job job, IReadOnlyList<Asset> assets, IReadOnlyList<AssetContent> contents)
    {
        var lines = string.Join('\n', assets.Zip(contents, (asset, content) =>
            AssetLine.Of(asset, content.Path) + RecipeLines.Of(asset, library.Assets, inFull: false)));
        return job.State switch
        {
            JobState.Succeeded => $"Done: \"{job.Title}\", {Cost(job.CostUsd)}{For(job)} ({job.Model}, {job.Name})." +
                $"{Tried(job.Attempts)}\n" +
                (assets.Count > 0 ? lines : "What it made is in the bin now; organize_assets with action restore brings it back."),
            JobState.Failed => $"{(job.ErrorCode is { } code ? SnakeCase.From(code) : "failed")}: {job.Name} (\"{job.Title}\") " +
                $"failed: {job.ErrorMessage}{Tried(job.Attempts.SkipLast(1))}",
            JobState.Canceled => $"{job.Name} (\"{job.Title}\") was canceled. {job.ErrorMessage}",
            JobState.Unconfirmed => $"unconfirmed: {job.ErrorMessage}",
            JobState.Queued => $"{job.Name} (\"{job.Title}\") waits for its turn with {job.Model}." +
                $"{Also(lanes.WhyWaits(job))}{Tried(job.Attempts)}",
            _ => string.Create(CultureInfo.InvariantCulture, $"{job.Name} (\"{job.Title}\") is at " +
                $"work: {SnakeCase.From(job.State)}, {job.Progress:P0}." +
                $"{Also(job.ErrorMessage)}{Also(lanes.WhyWaits(job))}{Tried(job.Attempts)}"),
        };
    }

    private static string For(Job job) => job is { CostUsd: > 0, Buys: { } what } ? $" for {what}" : "";

    private static string Also(string? more) => more is null ? "" : " " + more;

    // Which models were asked before the one that did it.
    private static string Tried(IEnumerable<Attempt> attempts)
    {
        var failed = attempts.Where(a => a.Outcome == "failed").ToList();
        return failed.Count == 0
            ? ""
            : $" Before it {string.Join(" and ", failed.Select(a => $"{a.Model} failed ({a.Error?.TrimEnd('.')})"))}; that cost nothing.";
    }

    // Where a file lies is asked once: every link on the way to it is looked at.
    private List<AssetContent> Contents(IReadOnlyList<Asset> assets, bool inFull) => [.. assets.Select(a =>
        inFull ? AssetContent.InFull(a, library.PathOf(a)) : AssetContent.FromAsset(a, library.PathOf(a)))];
}
