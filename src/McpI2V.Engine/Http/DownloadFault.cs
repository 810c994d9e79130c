namespace McpI2V.Engine.Http;

/// <summary>Why a download was given up.</summary>
public enum DownloadFault
{
    /// <summary>Nothing has come for as long as nothing may come.</summary>
    StoodStill,

    /// <summary>Fewer bytes came than were promised, or the connection broke.</summary>
    CutShort,

    /// <summary>More bytes were promised, or came, than are taken.</summary>
    TooLarge,

    /// <summary>It was sent on more often than is followed.</summary>
    TooManyRedirects,

    /// <summary>It was sent on to what is no address.</summary>
    NoAddress,
}
