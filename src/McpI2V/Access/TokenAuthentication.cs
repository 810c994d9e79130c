using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.DependencyInjection;

namespace McpI2V.Access;

/// <summary>Who may call: every address asks for a token unless it allows anonymous callers.</summary>
internal static class TokenAuthentication
{
    private static readonly AuthorizationPolicy AnyCaller = new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build();

    /// <summary>Adds tokens and the policy that asks for them.</summary>
    public static IServiceCollection AddTokens(this IServiceCollection services)
    {
        // AddAuthentication brings data protection too, which writes keys into the user's home.
        services
            .AddAuthenticationCore(options => options.DefaultScheme = TokenAuthenticationHandler.Bearer)
            .AddWebEncoders()
            .AddSingleton<OpenRequests>()
            .AddHostedService<RevocationWatch>()
            .AddAuthorizationBuilder()
            .SetFallbackPolicy(AnyCaller);
        new AuthenticationBuilder(services).AddScheme<AuthenticationSchemeOptions, TokenAuthenticationHandler>(
            TokenAuthenticationHandler.Bearer,
            configureOptions: null);
        return services;
    }
}
