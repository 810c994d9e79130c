namespace McpI2V.Media;

/// <summary>Why a media operation could not be done.</summary>
public enum MediaFault
{
    /// <summary>The file is not what it claims to be, is cut short, or holds something this program does not decode.</summary>
    Unreadable,

    /// <summary>ffmpeg or ffprobe is not installed, or is too old.</summary>
    ToolMissing,

    /// <summary>ffmpeg ended with an error or was ended by somebody else. Running it again is free.</summary>
    ToolFailed,

    /// <summary>The disk is full or the folder can't be written.</summary>
    StorageFull,

    /// <summary>The request asks for something outside the limits of the engine.</summary>
    OutOfRange,
}
