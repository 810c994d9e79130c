using McpI2V.Engine.Generation;
using McpI2V.Engine.Library;

namespace McpI2V.Engine.Jobs;

/// <summary>A job's request as it is done: with what the job before it has made.</summary>
public static class JobRequests
{
    /// <summary>Reads it.</summary>
    /// <exception cref="I2VException">It is damaged, or what was made before it is gone.</exception>
    public static GenerationRequest Of(Job job, MediaLibrary library) => GenerationRequest.FromJson(job.Request) switch
    {
        AnimateRequest { IsExtendedBefore: true } shot => shot.With(MadeBefore(job, library)),
        StillRequest { IsOfBefore: true } still => still.With(MadeBefore(job, library)),
        var whole => whole,
    };

    private static Asset MadeBefore(Job job, MediaLibrary library) => library.Assets.OfJob(job.After ?? 0) is [var made, ..]
        ? made
        : throw new I2VException(ErrorCode.NotFound,
            $"The still that {Job.NameOf(job.After ?? 0)} made for this is not there any more. Make the same call again.");
}
