using McpI2V.Engine;
using McpI2V.Engine.Providers;
using Microsoft.Win32.SafeHandles;

namespace McpI2V.Providers.Http;

/// <summary>Writes an answer that holds a paid result to a file, whole, before anything else happens with it.</summary>
internal static class AnswerFiles
{
    private const long Longest = 400_000_000;
    private const long LeastPixels = 1_100_000;
    private static readonly TimeSpan WaitForRoom = TimeSpan.FromSeconds(1);
    private const int MostWaits = 300;

    /// <summary>Sets the space aside that an answer with pictures or a sound may need, before anything is paid.</summary>
    /// <exception cref="ProviderException">The disk has no room for it: nothing may be sent.</exception>
    public static void Reserve(GenerationOrder order)
    {
        // Pictures come as base64 of files that are seldom larger than their bare pixels.
        var pixels = Math.Max((long)order.Settings.Size.Width * order.Settings.Size.Height, LeastPixels);
        var bytes = Math.Min(Longest, (pixels * 4 * Math.Max(1, order.Settings.Count)) + 65_536);
        try
        {
            using var file = new FileStream(
                Part(order.AnswerFile!),
                new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write, PreallocationSize = bytes });
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            var why = I2VException.FromDisk(e)?.Message ?? $"The library folder can't be written ({e.GetType().Name}).";
            throw new ProviderException(
                ErrorCode.StorageFull,
                $"The answer would hold what is made, and there is no room for it: {why.TrimEnd('.')}",
                Acceptance.No,
                e) { MayFallBack = false };
        }
    }

    /// <summary>Sends a request, once, whose answer is the result: it is in its file before it is read.</summary>
    /// <param name="http">The way.</param>
    /// <param name="order">The order, which names the file.</param>
    /// <param name="request">The request.</param>
    /// <param name="judge">What an answer that is a refusal means; null for one that is none.</param>
    /// <param name="timeout">How long it may take in all.</param>
    /// <param name="read">Reads the file; null if it holds no answer.</param>
    /// <param name="finishing">Ends it when the process must end.</param>
    /// <exception cref="ProviderException">It was refused or lost, or the answer is no JSON.</exception>
    public static async Task<Submission> SubmitAsync(
        ProviderHttp http,
        GenerationOrder order,
        Func<HttpRequestMessage> request,
        Func<ProviderAnswer, ProviderException?> judge,
        TimeSpan timeout,
        Func<GenerationOrder, Task<Submission?>> read,
        CancellationToken finishing)
    {
        await http.SendOnceAsync(request, judge, timeout, order.AnswerFile, finishing);
        return await read(order)
            ?? throw new ProviderException(
                ErrorCode.ProviderFailed,
                $"{order.Model.Provider} answered with something that is no JSON",
                Acceptance.Unknown);
    }

    /// <summary>
    /// Streams a body to a file that appears only when it is whole and on the disk. A full disk is waited for: the answer comes once.
    /// </summary>
    public static async Task WriteAsync(HttpResponseMessage response, string path, TimeProvider time, CancellationToken cancellationToken)
    {
        var promised = response.Content.Headers.ContentLength;
        var part = Part(path);
        using (var file = File.OpenHandle(part, FileMode.OpenOrCreate, FileAccess.Write, FileShare.None, FileOptions.Asynchronous))
        {
            await using var body = await response.Content.ReadAsStreamAsync(cancellationToken);
            var buffer = new byte[81_920];
            long length = 0;
            int read;
            while ((read = await body.ReadAsync(buffer, cancellationToken)) > 0)
            {
                if (length + read > Longest)
                {
                    throw new IOException("the answer is larger than any result can be");
                }
                await WhenThereIsRoomAsync(
                    () => RandomAccess.WriteAsync(file, buffer.AsMemory(0, read), length, cancellationToken),
                    time,
                    cancellationToken);
                length += read;
            }
            if (promised is { } whole && length != whole)
            {
                throw new IOException("the answer was cut short");
            }
            await WhenThereIsRoomAsync(() => Finish(file, length), time, cancellationToken);
        }
        File.Move(part, path, overwrite: true);
    }

    /// <summary>Writes a result that came as base64 inside an answer.</summary>
    /// <exception cref="ProviderException">It is not there, or is no base64.</exception>
    public static async Task SaveBase64Async(string provider, string? data, string path, CancellationToken cancellationToken)
    {
        if (data is null)
        {
            throw new ProviderException(
                ErrorCode.ProviderFailed,
                $"what {provider} sent is not on this machine any more",
                Acceptance.Yes) { IsGone = true, IsFinal = true };
        }
        try
        {
            await File.WriteAllBytesAsync(path, Convert.FromBase64String(data), cancellationToken);
        }
        catch (FormatException e)
        {
            throw new ProviderException(
                ErrorCode.ProviderFailed,
                $"{provider} answered with a result that can't be decoded",
                Acceptance.Yes,
                e) { IsFinal = true };
        }
    }

    private static string Part(string path) => path + ".part";

    private static ValueTask Finish(SafeFileHandle file, long length)
    {
        RandomAccess.SetLength(file, length);
        RandomAccess.FlushToDisk(file);
        return ValueTask.CompletedTask;
    }

    private static async Task WhenThereIsRoomAsync(Func<ValueTask> write, TimeProvider time, CancellationToken cancellationToken)
    {
        for (var wait = 0; ; wait++)
        {
            try
            {
                await write();
                return;
            }
            catch (IOException e) when (wait < MostWaits && I2VException.FromDisk(e) is not null)
            {
                await Task.Delay(WaitForRoom, time, cancellationToken);
            }
        }
    }
}
