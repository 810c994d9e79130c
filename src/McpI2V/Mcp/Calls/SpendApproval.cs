using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using McpI2V.Access;
using McpI2V.Engine.Spending;
using McpI2V.Engine.Storage.Files;
using McpI2V.Tools.Calls;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace McpI2V.Mcp.Calls;

/// <summary>
/// Asks the user for a price through the client: by elicitation, or by the input-required result of protocol 2026-07-28. What
/// rides in the request's state is signed, bound to the caller, the call and the price, short-lived and used once: it comes back from
/// outside.
/// </summary>
internal sealed class SpendApproval(Lazy<ISharedDocuments> documents, Lazy<AgreementStore> used, TimeProvider time)
{
    private const string Question = "approval";
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(10);
    private readonly StateSigner signer = new(
        new(() => SigningKeys.Read(documents.Value, SigningKeys.OfAgreements), LazyThreadSafetyMode.PublicationOnly),
        "approval");

    /// <summary>What the user has said for this call, and how to ask.</summary>
    public SpendConsent ForCall(RequestContext<CallToolRequestParams> request)
    {
        var caller = CallerClaims.NameOf(request.User);
        var digest = DigestOf(request.Params, caller);
        Action<ApprovalRequiredException>? ask = request.Server.ClientCapabilities?.Elicitation is null
            ? null
            : required => throw Ask(required, digest);
        if (request.Params?.InputResponses is not { } responses || !responses.TryGetValue(Question, out var response))
        {
            return new SpendConsent(null, IsDeclined: false, ask);
        }
        var isYes = PriceQuestion.IsYes(response.RawValue);
        return Granted(request.Params.RequestState, digest, caller) is { } usd
            ? new SpendConsent(isYes ? usd : null, !isYes, null)
            : new SpendConsent(null, IsDeclined: false, ask);
    }

    private InputRequiredException Ask(ApprovalRequiredException required, string digest)
    {
        var nonce = Convert.ToHexString(RandomNumberGenerator.GetBytes(12));
        return new InputRequiredException(
            new Dictionary<string, InputRequest>(StringComparer.Ordinal) { [Question] = PriceQuestion.Ask(required.Price) },
            signer.Sign(
                string.Create(CultureInfo.InvariantCulture, $"{nonce}|{required.EstimateUsd}|{digest}"),
                time.GetUtcNow() + Lifetime));
    }

    // The price that was asked for, if the state is for this call, in time, and for the first time; one that we did not sign is refused.
    private decimal? Granted(string? state, string digest, string caller)
    {
        if (state is null)
        {
            return null;
        }
        if (signer.Read(state) is not { } signed)
        {
            throw new McpProtocolException(
                "requestState is not what this server gave out. Call again without it.",
                McpErrorCode.InvalidParams);
        }
        return signed.Value.Split('|') is [var nonce, var usd, var bound]
            && bound == digest
            && signed.Until >= time.GetUtcNow()
            && used.Value.TryUse(nonce, caller, signed.Until)
            ? decimal.Parse(usd, CultureInfo.InvariantCulture)
            : null;
    }

    // Large arguments are not copied for it.
    private static string DigestOf(CallToolRequestParams? call, string caller)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes($"{caller}\n{call?.Name}"));
        foreach (var (name, value) in (call?.Arguments ?? new Dictionary<string, JsonElement>()).OrderBy(
            a => a.Key,
            StringComparer.Ordinal))
        {
            hash.AppendData(Encoding.UTF8.GetBytes($"\n{JsonEncodedText.Encode(name)}="));
            hash.AppendData(JsonMarshal.GetRawUtf8Value(value));
        }
        return Convert.ToHexString(hash.GetHashAndReset());
    }
}
