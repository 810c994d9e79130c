using McpI2V.Engine;
using McpI2V.Engine.Providers;
using McpI2V.Sending;

namespace McpI2V.Tests.Sending;

/// <summary>What went wrong at the process that sends, as the server reads it.</summary>
public sealed class TellingTheServer
{
    [Fact]
    public void What_ails_a_whole_provider_and_the_task_that_it_named_get_across()
    {
        var fault = new ProviderException(ErrorCode.ProviderFailed, "vendor could not be reached", Acceptance.No)
        {
            IsPassing = true,
            IsUnreachable = true,
            RetryAfter = TimeSpan.FromSeconds(3),
            Named = new RemoteTask("task-1"),
        };

        var told = Assert.IsType<ProviderException>(SenderLine.Refused(1, fault).ToException());

        Assert.True(told.IsOfTheWholeProvider && told.IsPassing && told.MayFallBack);
        Assert.Equal((fault.Message, Acceptance.No, fault.RetryAfter), (told.Message, told.Acceptance, told.RetryAfter));
        Assert.Equal("task-1", told.Named?.Id);
    }
}
