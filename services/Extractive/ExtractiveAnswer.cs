using LLMoin.Extractive.Answers;
using LLMoin.Extractive.Questions;
using LLMoin.Extractive.Summaries;
using LLMoin.Extractive.Text;

namespace LLMoin.Extractive;

/// <summary>
/// The answer of the extractive engine: quoted sentences with their sources, or a plain statement of what the engine can do. The same
/// request always gives the same text, so a worker that continues another's answer skips what was emitted.
/// </summary>
public sealed record ExtractiveAnswer(ExtractiveTask Task, string Text, IReadOnlyList<Citation> Citations)
{
    /// <summary>The name under which the engine appears among the models.</summary>
    public const string ModelName = "extractive";

    /// <summary>Numbers of the passages quoted, in the order of first mention.</summary>
    public IReadOnlyList<int> CitedPassages => [.. Citations.Select(citation => citation.PassageNumber).Distinct()];

    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static ExtractiveAnswer To(ExtractiveRequest request, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        var reading = TaskReading.Of(request.Instruction, request.Passages.Count > 0);
        var phrases = Language.IsEnglish(reading.Instruction) ? Phrases.English : Phrases.German;
        return reading.Task switch
        {
            ExtractiveTask.Summarize => Summarize(request, reading, phrases, cancellation),
            ExtractiveTask.Answer => Answer(request, phrases),
            _ => new ExtractiveAnswer(ExtractiveTask.Explain, phrases.Ability, []),
        };
    }

    /// <summary>
    /// The text in pieces of a word and the white space before it, ready to stream; together they are <see cref="Text"/>.
    /// </summary>
    /// <param name="emitted">Characters already sent to the reader, which are left out.</param>
    public IEnumerable<string> Pieces(int emitted = 0)
    {
        for (var start = Math.Clamp(emitted, 0, Text.Length); start < Text.Length;)
        {
            var end = start;
            while (end < Text.Length && char.IsWhiteSpace(Text[end])) end++;
            while (end < Text.Length && !char.IsWhiteSpace(Text[end])) end++;
            yield return Text[start..end];
            start = end;
        }
    }

    /// <summary>Tokens for metering, counted alike for input and output; see <see cref="TokenEstimate"/>.</summary>
    public static int CountTokens(string text) => TokenEstimate.Count(text);

    private static ExtractiveAnswer Answer(ExtractiveRequest request, Phrases phrases)
    {
        var earlier = request.Earlier?.LastOrDefault(message => message.Speaker == Speaker.User)?.Text;
        var ranked = SentenceRanker.Rank(Question.Read(request.Instruction, earlier), request.Passages);
        if (ranked.Count == 0) return new ExtractiveAnswer(ExtractiveTask.Explain, phrases.NoEvidence + " " + phrases.Ability, []);
        var text = new AnswerText(phrases, request.Passages, request.Bare);
        return new ExtractiveAnswer(ExtractiveTask.Answer, text.Answer(ranked), text.Citations);
    }

    private static ExtractiveAnswer Summarize(ExtractiveRequest request, TaskReading reading, Phrases phrases, CancellationToken cancellation)
    {
        var inline = reading.InlineText ?? (request.Passages.Count == 0 ? LongMessage(request.Earlier) : null);
        var texts = inline is null ? request.Passages.Select(passage => passage.Text).ToList() : [inline];
        var sentences = Summarizer.Summarize(texts, SummaryLength.Read(reading.Instruction), cancellation);
        if (sentences.Count == 0) return new ExtractiveAnswer(ExtractiveTask.Explain, phrases.NothingToSummarize + " " + phrases.Ability, []);
        var text = new AnswerText(phrases, request.Passages, request.Bare);
        return new ExtractiveAnswer(ExtractiveTask.Summarize, text.Summary(sentences, fromPassages: inline is null), text.Citations);
    }

    /// <summary>"Fasse das zusammen" after a long message means that message.</summary>
    private static string? LongMessage(IReadOnlyList<EarlierMessage>? earlier)
        => earlier?.LastOrDefault(message => message.Text.Length > 400)?.Text;
}
