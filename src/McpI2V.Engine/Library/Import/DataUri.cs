namespace McpI2V.Engine.Library.Import;

/// <summary>Reads the bytes of a base64 data URI. Its media type is not believed; the bytes tell.</summary>
internal static class DataUri
{
    /// <exception cref="I2VException">It is no base64, or too large.</exception>
    public static byte[] Read(string uri, string argument, long maxBytes)
    {
        var comma = uri.IndexOf(',');
        if (comma < 0 || !uri[..comma].EndsWith(";base64", StringComparison.OrdinalIgnoreCase))
        {
            throw I2VException.Invalid(argument, $"{argument}: the data URI has no \";base64,\" before its data, and only base64 is " +
                "read. Give that, a path or an https URL. Nothing was spent.");
        }
        if ((uri.Length - comma) / 4 * 3L > maxBytes)
        {
            throw new I2VException(
                ErrorCode.MediaUnreadable,
                $"{argument}: the data is larger than {maxBytes / 1_000_000} MB; give a path or an https URL instead.",
                argument);
        }
        try
        {
            return Convert.FromBase64String(uri[(comma + 1)..]);
        }
        catch (FormatException)
        {
            throw new I2VException(
                ErrorCode.MediaUnreadable,
                $"{argument}: the data URI's base64 is damaged, probably cut short on its way; give a path or an https URL instead. " +
                    "Nothing was spent.",
                argument);
        }
    }
}
