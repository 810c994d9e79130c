using McpI2V.Engine.Tests.Generation;
using McpI2V.Media.Camera;

namespace McpI2V.Engine.Tests.Motion;

/// <summary>What a generative model is told of a shot.</summary>
public sealed class WordsOfAShot
{
    public static TheoryData<CameraMove> Moves => [.. Enum.GetValues<CameraMove>()];

    [Theory]
    [MemberData(nameof(Moves))]
    public void Every_move_that_was_asked_for_is_said(CameraMove move)
    {
        var shot = GenerationBench.ShotOf("steam rises.", move, 0.5, isMoveWanted: true);

        Assert.StartsWith("steam rises. ", shot, StringComparison.Ordinal);
        Assert.Contains("camera", shot, StringComparison.OrdinalIgnoreCase);
        Assert.EndsWith(".", shot, StringComparison.Ordinal);
        Assert.DoesNotContain("..", shot, StringComparison.Ordinal);
    }

    [Fact]
    public void No_two_moves_are_said_alike() => Assert.Distinct(
        Enum.GetValues<CameraMove>().Select(m => GenerationBench.ShotOf("", m, 0.5, isMoveWanted: true)));

    [Theory]
    [InlineData(CameraMove.PushIn, 0.2, "slowly and smoothly")]
    [InlineData(CameraMove.PushIn, 0.5, ", smoothly")]
    [InlineData(CameraMove.PushIn, 0.9, ", fast")]
    public void Its_strength_is_said_as_a_pace(CameraMove move, double strength, string pace) =>
        Assert.Contains(pace, GenerationBench.ShotOf("steam rises", move, strength, isMoveWanted: true), StringComparison.Ordinal);

    [Theory]
    [InlineData(CameraMove.LockedOff)]
    [InlineData(CameraMove.Handheld)]
    public void What_goes_nowhere_has_no_pace(CameraMove move) =>
        Assert.DoesNotContain("fast", GenerationBench.ShotOf("steam rises", move, 1, isMoveWanted: true), StringComparison.Ordinal);

    [Fact]
    public void A_move_that_was_only_chosen_for_want_of_words_is_said_where_there_are_none()
    {
        Assert.Equal("steam rises", GenerationBench.ShotOf(" steam rises ", CameraMove.PushIn, 0.5, isMoveWanted: false));
        Assert.Contains("pushes in", GenerationBench.ShotOf("  ", CameraMove.PushIn, 0.5, isMoveWanted: false), StringComparison.Ordinal);
    }
}
