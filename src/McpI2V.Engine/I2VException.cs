using McpI2V.Media;

namespace McpI2V.Engine;

/// <summary>
/// A request that can't be done. The message is read by the assistant and the person: what happened, which argument with
/// its value and what is allowed, what to do next. It never holds a secret, a stack trace or a signed address.
/// </summary>
public class I2VException(ErrorCode code, string message, string? argument = null, Exception? inner = null)
    : Exception(message, inner)
{
    /// <summary>The code of the public face.</summary>
    public ErrorCode Code { get; } = code;

    /// <summary>The argument that is at fault; null when none is.</summary>
    public string? Argument { get; } = argument;

    /// <summary>True where others held the database for too long: nothing was changed, and asking again may do.</summary>
    public bool IsLocked { get; init; }

    /// <summary>The file that could not be read here, where it is one that the caller could send; null otherwise.</summary>
    public MissingInput? Missing { get; init; }

    /// <summary>An argument is wrong.</summary>
    public static I2VException Invalid(string argument, string message) => new(ErrorCode.InvalidArgument, message, argument);

    /// <summary>What a media failure means to the one who asked.</summary>
    public static I2VException From(MediaException e, string? argument = null) => new(
        e.Fault switch
        {
            MediaFault.Unreadable => ErrorCode.MediaUnreadable,
            MediaFault.OutOfRange => ErrorCode.InvalidArgument,
            MediaFault.StorageFull => ErrorCode.StorageFull,
            _ => ErrorCode.ProviderFailed,
        },
        e.Message,
        argument,
        e);

    /// <summary>What a media failure means to the one who gave an input.</summary>
    /// <param name="e">The failure.</param>
    /// <param name="argument">The input's argument.</param>
    /// <param name="what">How the message begins, before a colon.</param>
    public static I2VException AboutInput(MediaException e, string argument, string what) =>
        From(new MediaException(e.Fault, $"{what}: {e.Message.TrimEnd('.')}. Nothing was spent.", e), argument);

    /// <summary>What a failing disk means to the one who asked; null if it is not the disk.</summary>
    public static I2VException? FromDisk(Exception e) => e switch
    {
        UnauthorizedAccessException => new(
            ErrorCode.StorageFull,
            "The library folder can't be written. Make it writable, or set I2V_HOME to a folder that is. Nothing was lost.",
            null,
            e),
        // ENOSPC on Unix, ERROR_DISK_FULL and ERROR_HANDLE_DISK_FULL on Windows.
        IOException { HResult: 28 or unchecked((int)0x80070070) or unchecked((int)0x80070027) } => new(
            ErrorCode.StorageFull,
            "The disk is full. Free some space and ask again. Nothing was lost.",
            null,
            e),
        IOException { HResult: 30 } => new(
            ErrorCode.StorageFull,
            "The library folder is on a read-only file system. Set I2V_HOME to a folder that can be written. Nothing was lost.",
            null,
            e),
        _ => null,
    };
}
