using LLMoin.Contracts.Inference;
using LLMoin.Inference.Generation;
using LLMoin.Messaging.Streams;

namespace LLMoin.UnitTests.Inference;

internal static class Requests
{
    public static Run Run(
        string tenant = "hamburg", Priority priority = Priority.Interactive, Guid? answer = null, int attempt = 1, int promptTokens = 1, DateTimeOffset? deadline = null)
        => new(
            new GenerationRequest
            {
                AnswerId = answer ?? Guid.CreateVersion7(),
                Attempt = attempt,
                Tenant = tenant,
                Model = "replay",
                Priority = priority,
                Deadline = deadline ?? DateTimeOffset.MaxValue,
                Messages = [new PromptMessage("user", new string('x', (promptTokens - 1) * 4))],
            },
            new Delivery(null!, 0, "reply", false, default));
}
