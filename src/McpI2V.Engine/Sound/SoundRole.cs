namespace McpI2V.Engine.Sound;

/// <summary>What a given sound is to a clip that is made of a still.</summary>
public enum SoundRole
{
    /// <summary>The person in the picture says it.</summary>
    Speak,

    /// <summary>The person in the picture sings it.</summary>
    Sing,

    /// <summary>It is laid under the clip; nobody opens their mouth.</summary>
    Under,
}
