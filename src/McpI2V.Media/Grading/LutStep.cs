using McpI2V.Media.Formats;
using McpI2V.Media.Grading.Light;
using McpI2V.Media.Grading.Tables;

namespace McpI2V.Media.Grading;

/// <summary>Colours by a table that somebody else made.</summary>
/// <param name="Table">The still that a .cube file became; it is read when the picture is made.</param>
/// <param name="Strength">0 leaves everything, 1 is all of it.</param>
internal sealed record LutStep(StillSource Table, double Strength) : IColourStep
{
    public bool IsNeutral => Strength == 0;

    public int Points => Math.Max(ColourTable.UsualPoints, Table.Size.Height);

    public Func<Rgb, Rgb> Function()
    {
        var table = LutPicture.Read(Table.Path);
        return coded => coded.Towards(table.At(coded), Strength);
    }

    /// <summary>Refuses a still whose size says already that it is no table.</summary>
    /// <exception cref="MediaException">It is a picture; the message says what to give.</exception>
    public void RequireTable()
    {
        if (!LutPicture.CouldBe(Table.Size))
        {
            throw LutPicture.NoTable();
        }
    }
}
