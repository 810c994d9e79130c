using McpI2V.Media.Grading.Light;
using McpI2V.Media.Grading.Tables;

namespace McpI2V.Media.Grading;

/// <summary>A function of colour alone: of the same colour it makes the same one, wherever and whenever that stands.</summary>
internal interface IColourStep
{
    /// <summary>True if it changes nothing.</summary>
    bool IsNeutral { get; }

    /// <summary>How fine a table it needs: points on each axis.</summary>
    int Points => ColourTable.UsualPoints;

    /// <summary>What becomes of colours; called once a table, so that what all colours share is worked out once.</summary>
    Func<Rgb, Rgb> Function();
}
