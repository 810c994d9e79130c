using McpI2V.Engine.Jobs;
using McpI2V.Engine.Jobs.States;

namespace McpI2V.Engine.Tests.Jobs;

public sealed class AJobsStates
{
    [Fact]
    public void Nothing_follows_an_end()
    {
        foreach (var end in new[] { JobState.Succeeded, JobState.Failed, JobState.Canceled })
        {
            Assert.True(JobTransitions.IsTerminal(end));
            Assert.DoesNotContain(Enum.GetValues<JobState>(), to => JobTransitions.CanFollow(end, to));
        }
    }

    [Fact]
    public void A_job_is_written_as_submitting_before_it_runs_and_fetched_before_it_succeeds()
    {
        Assert.False(JobTransitions.CanFollow(JobState.Queued, JobState.Running));
        Assert.False(JobTransitions.CanFollow(JobState.Running, JobState.Succeeded));
        Assert.True(JobTransitions.CanFollow(JobState.Fetching, JobState.Succeeded));
    }

    [Fact]
    public void An_unconfirmed_job_is_not_over_and_never_succeeds_by_itself()
    {
        Assert.False(JobTransitions.IsTerminal(JobState.Unconfirmed));
        Assert.False(JobTransitions.CanFollow(JobState.Unconfirmed, JobState.Succeeded));
    }

    [Theory]
    [InlineData("job-4", 4)]
    [InlineData(" JOB-12 ", 12)]
    [InlineData("i2v://jobs/job-7", 7)]
    public void A_jobs_name_is_read(string text, long id)
    {
        Assert.True(Job.TryParse(text, out var read));
        Assert.Equal(id, read);
    }

    [Theory]
    [InlineData("job-0")]
    [InlineData("job--1")]
    [InlineData("job-1x")]
    [InlineData("batch-1")]
    [InlineData("")]
    public void What_is_no_jobs_name_is_refused(string text) => Assert.False(Job.TryParse(text, out _));
}
