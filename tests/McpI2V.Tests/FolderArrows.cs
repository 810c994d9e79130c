using Mono.Cecil;
using Mono.Cecil.Cil;

namespace McpI2V.Tests;

/// <summary>Which folders (namespaces) of an assembly use types of which others, read off the compiled code.</summary>
/// <param name="arrows">From, to, and one use as an example.</param>
internal sealed class FolderArrows(IEnumerable<(string From, string To, string Example)> arrows)
{
    private readonly ILookup<string, (string From, string To, string Example)> from = arrows
        .DistinctBy(a => (a.From, a.To))
        .ToLookup(a => a.From);

    /// <summary>How many there are.</summary>
    public int Count => from.Count;

    /// <summary>The arrows inside the assembly that a project was built to.</summary>
    public static FolderArrows Of(string project)
    {
        var file = Directory.EnumerateFiles(Path.Combine(project, "bin", "Release"), "*.dll", SearchOption.AllDirectories)
            .Where(f => Path.GetFileNameWithoutExtension(f) is var name
                && (name == Path.GetFileName(project) || (name == "mcp-i2v" && Path.GetFileName(project) == "McpI2V")))
            .Where(f => !f.Contains($"{Path.DirectorySeparatorChar}ref{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
            .MaxBy(File.GetLastWriteTimeUtc) ?? throw new FileNotFoundException($"{project} was not built.");
        using var assembly = AssemblyDefinition.ReadAssembly(file);
        var root = Path.GetFileName(project);
        return new FolderArrows([.. assembly.MainModule.GetTypes()
            .SelectMany(
                type => UsesOf(type).Select(used => (From: FolderOf(type), To: FolderOf(used), Example: $"{type.Name} uses {used.Name}")))
            .Where(a => a.From != a.To && IsOurs(a.From, root) && IsOurs(a.To, root))]);
    }

    /// <summary>The folders that can reach each other, circle by circle, each with the arrows that close it.</summary>
    public IEnumerable<IReadOnlyList<string>> Circles()
    {
        var folders = from.Select(g => g.Key).Order(StringComparer.Ordinal).ToList();
        var reach = folders.ToDictionary(f => f, Reach, StringComparer.Ordinal);
        HashSet<string> told = new(StringComparer.Ordinal);
        foreach (var folder in folders.Where(f => reach[f].Contains(f)))
        {
            if (told.Add(folder))
            {
                var circle = folders.Where(f => reach[folder].Contains(f) && reach[f].Contains(folder)).ToList();
                told.UnionWith(circle);
                yield return [.. circle.Select(f => f + Examples(f, circle))];
            }
        }
    }

    private string Examples(string folder, List<string> circle) =>
        string.Join(
            ", ",
            from[folder].Where(a => circle.Contains(a.To) && a.Example.Length > 0).Select(a => a.Example)) is { Length: > 0 } examples
            ? $" ({examples})"
            : "";

    private HashSet<string> Reach(string start)
    {
        HashSet<string> seen = new(StringComparer.Ordinal);
        Stack<string> open = new([start]);
        while (open.TryPop(out var folder))
        {
            foreach (var (_, to, _) in from[folder])
            {
                if (seen.Add(to))
                {
                    open.Push(to);
                }
            }
        }
        return seen;
    }

    private static bool IsOurs(string folder, string root) => folder == root || folder.StartsWith(root + ".", StringComparison.Ordinal);

    // A nested type, also one of the compiler's, is where its outermost type is.
    private static string FolderOf(TypeReference type)
    {
        while (type.DeclaringType is { } outer)
        {
            type = outer;
        }
        return type.Namespace;
    }

    private static IEnumerable<TypeReference> UsesOf(TypeDefinition type) => new[] { type.BaseType }
        .Concat(type.Interfaces.Select(i => i.InterfaceType))
        .Concat(type.CustomAttributes.Select(a => a.AttributeType))
        .Concat(type.Fields.Select(f => f.FieldType))
        .Concat(type.Methods.SelectMany(UsesOf))
        .SelectMany(Parts)
        .Where(t => t.Scope == type.Module);

    private static IEnumerable<TypeReference?> UsesOf(MethodDefinition method) => method.Parameters.Select(p => p.ParameterType)
        .Append(method.ReturnType)
        .Concat(method.HasBody
            ? method.Body.Variables.Select(v => v.VariableType).Concat(method.Body.Instructions.SelectMany(UsesOf))
            : []);

    private static IEnumerable<TypeReference?> UsesOf(Instruction instruction) => instruction.Operand switch
    {
        TypeReference type => [type],
        GenericInstanceMethod method => [method.DeclaringType, method.ReturnType, .. method.GenericArguments],
        MethodReference method => [method.DeclaringType, method.ReturnType],
        FieldReference field => [field.DeclaringType, field.FieldType],
        _ => [],
    };

    // Of a list of clips: the list, and the clip.
    private static IEnumerable<TypeReference> Parts(TypeReference? type) => type switch
    {
        null => [],
        GenericInstanceType generic => generic.GenericArguments.SelectMany(Parts).Concat(Parts(generic.ElementType)),
        TypeSpecification wrapped => Parts(wrapped.ElementType),
        _ => [type],
    };
}
