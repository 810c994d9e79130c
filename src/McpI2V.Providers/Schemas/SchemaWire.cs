namespace McpI2V.Providers.Schemas;

/// <summary>What a row's wire says of a model whose provider tells its inputs when it is asked.</summary>
/// <remarks>Lists have a setter: the generated serializer would overwrite what is only initialised.</remarks>
internal sealed record SchemaWire
{
    /// <summary>True where inputs are found by their names in the schema that the model has when it is asked; so is a row without a wire.
    /// </summary>
    public bool ByNames { get; init; }

    /// <summary>Inputs that no argument of a tool stands for; `options` sets them.</summary>
    public string[] Others { get; set; } = [];

    /// <summary>Those of them without which the model does nothing.</summary>
    public string[] Needed { get; set; } = [];

    /// <summary>Dollars for a second of the machine, where the time that a run took is paid; the price is then an estimate.</summary>
    public decimal? SecondUsd { get; init; }

    /// <summary>True where the price is a guess: the provider's API tells none.</summary>
    public bool Guessed { get; init; }
}
