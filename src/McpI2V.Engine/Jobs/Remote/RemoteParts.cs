using McpI2V.Engine.Generation;
using McpI2V.Engine.Library;
using McpI2V.Engine.Providers;
using McpI2V.Engine.Storage.LocalFiles;

namespace McpI2V.Engine.Jobs.Remote;

/// <summary>What the steps of a job at a vendor share.</summary>
internal sealed record RemoteParts(OrderReader Orders, JobPublisher Publisher, WorkFolders Work, JobSignal Signal, PausePoints Pauses, LibraryOptions Library)
{
    /// <summary>Where an answer that holds the result itself is kept until the result is in the library: it was paid, and can't be asked for again.</summary>
    public string AnswerOf(string key)
    {
        Directory.CreateDirectory(Folder);
        return Path.Combine(Folder, key + ".json");
    }

    /// <summary>Removes what processes left that died after the result was in the library.</summary>
    public void Sweep(IReadOnlySet<string> needed)
    {
        foreach (var file in Directory.Exists(Folder) ? Directory.EnumerateFiles(Folder) : [])
        {
            if (!needed.Contains(Path.GetFileName(file).Split('.')[0]))
            {
                File.Delete(file);
            }
        }
    }

    private string Folder => Path.Combine(Library.Home, ".answers");

    /// <summary>Removes what was kept.</summary>
    public void Forget(GenerationOrder order)
    {
        var answer = AnswerOf(order.Key);
        foreach (var file in Directory.EnumerateFiles(Path.GetDirectoryName(answer)!, order.Key + ".*"))
        {
            File.Delete(file);
        }
    }
}
