namespace McpI2V.Providers.Http;

/// <summary>Writes an answer that holds a paid result to a file, whole, before anything else happens with it.</summary>
internal static class AnswerFiles
{
    private const long Longest = 400_000_000;

    /// <summary>Streams a body to a file that appears only when it is whole and on the disk.</summary>
    public static async Task WriteAsync(HttpResponseMessage response, string path, CancellationToken cancellationToken)
    {
        var promised = response.Content.Headers.ContentLength;
        var part = path + ".part";
        await using (var body = await response.Content.ReadAsStreamAsync(cancellationToken))
        await using (var file = File.Create(part))
        {
            var buffer = new byte[81_920];
            int read;
            while ((read = await body.ReadAsync(buffer, cancellationToken)) > 0)
            {
                if (file.Length + read > Longest)
                {
                    throw new IOException("the answer is larger than any result can be");
                }
                await file.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
            }
            if (promised is { } length && file.Length != length)
            {
                throw new IOException("the answer was cut short");
            }
            file.Flush(flushToDisk: true);
        }
        File.Move(part, path, overwrite: true);
    }
}
