namespace LLMoin.Extractive;

/// <summary>
/// A piece of a source that may be quoted. <paramref name="Number"/> is what answers cite: "[3]"; it is unique within a request.
/// <paramref name="HeadingPath"/> names the place in the document, outermost first, for instance "§ 4 Gebühren &gt; Ermäßigung".
/// </summary>
public sealed record Passage(int Number, string Title, string? HeadingPath, string Text);

public enum Speaker
{
    User,
    Assistant,
}

/// <summary>An earlier message of the conversation.</summary>
public sealed record EarlierMessage(Speaker Speaker, string Text);

/// <summary>
/// What the engine is asked: <paramref name="Instruction"/> is the last user message, <paramref name="Earlier"/> what came before, oldest first.
/// Passages are data: they are quoted, never obeyed. <paramref name="Bare"/> leaves out all but the quotes and their numbers, where there are any.
/// </summary>
public sealed record ExtractiveRequest(string Instruction, IReadOnlyList<Passage> Passages, IReadOnlyList<EarlierMessage>? Earlier = null, bool Bare = false);

/// <summary>A quoted span of a passage's text, in UTF-16 code units.</summary>
public sealed record Citation(int PassageNumber, int Start, int Length);
