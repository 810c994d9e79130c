namespace McpI2V.Engine;

/// <summary>The codes of the public face; spelt in snake_case in <c>structuredContent.error.code</c>.</summary>
public enum ErrorCode
{
    InvalidArgument,
    NotFound,
    UnsupportedByModel,
    OverBudget,
    ApprovalRequired,
    ProviderAuth,
    ProviderRefused,
    ProviderRateLimited,
    ProviderFailed,
    Unconfirmed,
    MediaUnreadable,
    InputForbidden,
    StorageFull,
    Canceled,
}
