using LLMoin.Budgeting;
using LLMoin.Chat.Answers;
using LLMoin.Contracts.Inference;

namespace LLMoin.Chat.Budgets;

/// <summary>What work may use, before anybody has counted its tokens; meant to be too high rather than too low.</summary>
internal static class TokenEstimate
{
    /// <summary>Characters of German per token of usual vocabularies, at the least.</summary>
    public const double CharactersPerToken = 2.5;

    /// <summary>What a template puts around a message or passage.</summary>
    private const int TokensAround = 8;

    /// <param name="question">With everything that stands in its prompt.</param>
    /// <param name="contextTokens">Most of prompt and answer together; 0 where not known.</param>
    /// <param name="expectedAnswer">Tokens of an answer without a limit.</param>
    public static TokenAmount Of(Question question, int contextTokens, int expectedAnswer)
    {
        var prompt = question.Messages.Sum(message => Text(message.Content) + message.ToolCalls.Sum(call => Text(call.Name) + Text(call.Arguments)))
            + question.Numbered.Sum(passage => Text(passage.Title) + Text(passage.HeadingPath) + Text(passage.Text))
            + question.Tools.Sum(tool => Text(tool.Name) + Text(tool.Description) + Text(tool.Parameters.ToString()));
        var answer = question.Sampling.MaxTokens ?? expectedAnswer;
        return contextTokens == 0 ? new(prompt, answer) : new(Math.Min(prompt, contextTokens), Math.Min(answer, contextTokens));
    }

    /// <summary>Reranking reads the query with every text.</summary>
    public static TokenAmount Of(EmbeddingRequest work)
        => new(work.Inputs.Sum(Text) + (work.Query is { } query ? Text(query) * work.Inputs.Count : 0), 0);

    public static long Text(string? text) => Tokens(text?.Length ?? 0) + TokensAround;

    public static long Tokens(double characters) => (long)Math.Ceiling(characters / CharactersPerToken);
}
