namespace LLMoin.Budgeting;

/// <summary>Tokens read in and tokens generated, which are priced apart.</summary>
public readonly record struct TokenAmount(long Prompt, long Completion)
{
    public long Total => Prompt + Completion;

    public TokenAmount OrNothing => new(Math.Max(0, Prompt), Math.Max(0, Completion));

    public static TokenAmount operator +(TokenAmount left, TokenAmount right) => new(left.Prompt + right.Prompt, left.Completion + right.Completion);

    public static TokenAmount operator -(TokenAmount left, TokenAmount right) => new(left.Prompt - right.Prompt, left.Completion - right.Completion);
}
