using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.DependencyInjection;

namespace McpI2V.Hosting;

/// <summary>A service that is made when it is first used; one that can't be made is tried again by the next use.</summary>
internal sealed class LateService<
    [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicParameterlessConstructor)] T>(IServiceProvider services)
    : Lazy<T>(services.GetRequiredService<T>, LazyThreadSafetyMode.PublicationOnly)
    where T : notnull;
