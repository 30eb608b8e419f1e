namespace LLMoin.Inference.Templates;

/// <summary>The texts of a model's control tokens, from its vocabulary.</summary>
/// <param name="Bos">Begin of sequence; empty where the model has none.</param>
/// <param name="Eos">End of sequence.</param>
/// <param name="All">Every text that the tokeniser reads as a control token, these two included.</param>
internal sealed record SpecialTexts(string Bos, string Eos, IReadOnlyList<string> All);
