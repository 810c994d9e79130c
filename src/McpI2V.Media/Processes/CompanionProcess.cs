using System.ComponentModel;
using System.Diagnostics;
using System.Text;

namespace McpI2V.Media.Processes;

/// <summary>
/// A process of this program's own that talks over its pipes and is not ended with this one: it sees its input end and decides
/// itself when it is done. It has our environment, keys included: it does our work.
/// </summary>
public sealed class CompanionProcess : IDisposable
{
    private readonly Process process;

    private CompanionProcess(Process process) => this.process = process;

    /// <summary>What it reads.</summary>
    public StreamWriter Input => process.StandardInput;

    /// <summary>What it says.</summary>
    public StreamReader Output => process.StandardOutput;

    /// <summary>Its warnings and faults.</summary>
    public StreamReader Errors => process.StandardError;

    /// <summary>Starts it.</summary>
    /// <param name="program">The program.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <exception cref="MediaException">It can't be started (<see cref="MediaFault.ToolMissing"/>).</exception>
    public static CompanionProcess Start(string program, IReadOnlyList<string> arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            CreateNoWindow = true,
            StandardInputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
        };
        try
        {
#pragma warning disable RS0030 // Processes start in this room.
            return new CompanionProcess(Process.Start(start)
                ?? throw new MediaException(MediaFault.ToolMissing, $"{program} did not start."));
#pragma warning restore RS0030
        }
        catch (Win32Exception e)
        {
            throw new MediaException(MediaFault.ToolMissing, $"{program} could not be started ({e.Message}).", e);
        }
    }

    /// <summary>Lets go of it: its input ends, and it goes on as long as it has to.</summary>
    public void Dispose()
    {
        try
        {
            process.StandardInput.Dispose();
        }
        catch (IOException)
        {
            // It is gone already.
        }
        process.Dispose();
    }
}
