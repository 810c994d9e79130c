using McpI2V.Access;
using McpI2V.Engine;
using McpI2V.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace McpI2V.Commands;

/// <summary>Makes, lists and revokes tokens.</summary>
internal static class Tokens
{
    /// <summary>Makes one and shows it once.</summary>
    public static int Create(string name, string[] scopes, bool replacesRevoked) => With(store =>
    {
        Console.WriteLine(store.Create(name, scopes.Length == 0 ? [TokenScopes.Use, TokenScopes.Spend] : scopes, replacesRevoked));
        Console.Error.WriteLine("It is shown this once. Clients send it as: Authorization: Bearer ...");
        return 0;
    });

    /// <summary>Lists names and scopes.</summary>
    public static int List() => With(store =>
    {
        foreach (var token in store.All())
        {
            Console.WriteLine($"{token.Name,-24}  {string.Join(",", token.Scopes),-16}  {token.CreatedAt}");
        }
        return 0;
    });

    /// <summary>Makes one useless at once, in running servers too.</summary>
    public static int Revoke(string name) => With(store =>
    {
        var was = store.Revoke(name);
        Console.WriteLine(was ? $"{name} opens nothing any more." : $"There is no token {name}; ./i2v token list shows those that " +
            "there are.");
        return was ? 0 : 1;
    });

    private static int With(Func<TokenStore, int> work)
    {
        try
        {
            using var services = Composition.Build();
            return work(services.GetRequiredService<TokenStore>());
        }
        catch (Exception e) when (e is I2VException or IOException)
        {
            Console.Error.WriteLine(e.Message);
            return 1;
        }
    }
}
