namespace LLMoin.Contracts;

/// <summary>
/// Names a message on the wire: published to the topic exchange <c>llmoin.{publisher}</c> with <paramref name="name"/> as its
/// routing key. A message is changed only by adding to it; what would break a reader gets the next version.
/// </summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class MessageAttribute(string publisher, string name) : Attribute
{
    public string Publisher { get; } = publisher;

    public string Name { get; } = name;
}
