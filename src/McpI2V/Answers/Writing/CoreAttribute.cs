namespace McpI2V.Answers.Writing;

/// <summary>
/// Marks the members that every tool declares which answers with such a record; the others are declared where the record is the subject.
/// A record without such a member is always declared whole.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class CoreAttribute : Attribute;
