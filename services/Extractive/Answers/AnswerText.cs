using System.Text;
using LLMoin.Extractive.Questions;
using LLMoin.Extractive.Sentences;
using LLMoin.Extractive.Summaries;

namespace LLMoin.Extractive.Answers;

/// <summary>Puts an answer's text together and keeps what it cites; bare, it has no words around the quotes.</summary>
internal sealed class AnswerText(Phrases phrases, IReadOnlyList<Passage> passages, bool bare)
{
    private const int MostItems = 12;
    private readonly StringBuilder _text = new();
    private readonly List<Citation> _citations = [];

    public IReadOnlyList<Citation> Citations => _citations;

    public string Answer(IReadOnlyList<RankedSentence> sentences)
    {
        Open(phrases.AnswerLead);
        var quoted = new HashSet<(int, int)>();
        foreach (var sentence in sentences)
        {
            if (!quoted.Add((sentence.PassageIndex, sentence.Span.Start))) continue;
            var source = passages[sentence.PassageIndex].Text;
            if (sentence.Lead is { } lead && quoted.Add((sentence.PassageIndex, lead.Start)))
            {
                AppendQuote(sentence.PassageIndex, lead, lead.In(source), null);
                StartItem();
            }

            AppendQuote(sentence.PassageIndex, sentence.Span, sentence.Text, sentence.TableHeader);
            foreach (var item in sentence.Items.Take(MostItems).Where(item => quoted.Add((sentence.PassageIndex, item.Start))))
            {
                StartItem();
                AppendQuote(sentence.PassageIndex, item, item.In(source), null);
            }
        }

        return Closed();
    }

    public string Summary(IReadOnlyList<SummarySentence> sentences, bool fromPassages)
    {
        Open(phrases.SummaryLead);
        foreach (var sentence in sentences)
        {
            if (fromPassages) AppendQuote(sentence.TextIndex, sentence.Span, sentence.Text, null);
            else _text.Append(Quote.Of(sentence.Text)).Append("\n\n");
        }

        return Closed();
    }

    private void AppendQuote(int passage, Sentence span, string source, string? tableHeader)
    {
        _text.Append(Quote.Of(source));
        if (tableHeader is not null) _text.Append(" (").Append(phrases.TableColumns).Append(": ").Append(Quote.Of(tableHeader)).Append(')');
        _text.Append(" [").Append(passages[passage].Number).Append("]\n\n");
        _citations.Add(new Citation(passages[passage].Number, span.Start, span.Length));
    }

    /// <summary>Items of a list follow the sentence that opens it without an empty line between.</summary>
    private void StartItem()
    {
        _text.Length--;
        _text.Append("- ");
    }

    private void Open(string lead)
    {
        if (!bare) _text.Append(lead).Append("\n\n");
    }

    private string Closed()
    {
        if (bare) return _text.ToString().TrimEnd();
        if (_citations.Count > 0)
        {
            _text.Append(phrases.Sources).Append('\n');
            foreach (var passage in passages.Where(passage => _citations.Exists(citation => citation.PassageNumber == passage.Number)))
            {
                _text.Append('[').Append(passage.Number).Append("] ").Append(passage.Title);
                if (!string.IsNullOrWhiteSpace(passage.HeadingPath)) _text.Append(", ").Append(phrases.Section).Append(" »").Append(passage.HeadingPath).Append('«');
                _text.Append('\n');
            }

            _text.Append('\n');
        }

        return _text.Append(phrases.Notice).ToString();
    }
}
