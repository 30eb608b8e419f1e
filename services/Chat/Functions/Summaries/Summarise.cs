using LLMoin.Chat.Functions.Citing;
using LLMoin.Chat.Functions.Documents;
using LLMoin.Chat.Functions.Review;
using LLMoin.Chat.Functions.Runs;
using LLMoin.Chat.Sources;
using LLMoin.Chat.Sources.Evidence;
using LLMoin.Contracts.Inference;

namespace LLMoin.Chat.Functions.Summaries;

/// <summary>Summarises documents whole, statement by statement with its page; see <see cref="SummaryPlan"/> for how.</summary>
internal sealed class Summarise(DocumentReader reader) : IRunFunction
{
    /// <summary>Parts of one summary that are asked at once, so that a worker's batch is used and others still get slots.</summary>
    private const int PartsAtOnce = 4;

    /// <summary>German words run to about this many tokens of usual vocabularies, marks and numbers included.</summary>
    private const double TokensPerWord = 3;

    public const string FunctionName = "summarise";

    public string Name => FunctionName;

    public async Task<RunResult> RunAsync(RunContext context, CancellationToken cancellation)
    {
        var order = context.Run.Order<SummaryOrder>();
        var documents = await ReadAsync(context, order, cancellation);
        List<Portion> portions = [.. documents.SelectMany(Portion.Of)];
        if (portions.Count == 0)
            throw new RunFailedException("nothing-to-read", "There is no text in it.", "Darin steht kein Text.");

        var plan = SummaryPlan.For(portions, order.Length ?? SummaryLength.HalfAPage, context.ContextTokens);
        var work = new Work(context, order, portions, plan);
        List<CitedText> sections = [];
        for (var section = 0; section < plan.Sections.Count; section++)
            sections.Add(await work.SectionAsync(section, cancellation));
        return Result(documents, portions, work, sections);
    }

    private async Task<IReadOnlyList<WholeDocument>> ReadAsync(RunContext context, SummaryOrder order, CancellationToken cancellation)
    {
        List<WholeDocument> documents = [];
        var ids = (order.DocumentIds ?? []).Distinct().ToList();
        foreach (var (index, id) in ids.Index())
        {
            await context.ReportAsync("reading", index, ids.Count, cancellation);
            documents.Add(await context.OnceAsync($"document {id}", () => reader.ReadAsync(context.Run, id, cancellation), cancellation));
        }
        if (!string.IsNullOrWhiteSpace(order.Text))
            documents.Add(new WholeDocument(Guid.Empty, order.Language == "en" ? "Pasted text" : "Eingefügter Text", order.Text, [], []));
        return documents;
    }

    private static RunResult Result(IReadOnlyList<WholeDocument> documents, List<Portion> portions, Work work, List<CitedText> sections)
    {
        var joined = SectionJoin.Of(sections, [.. work.Plan.Sections.Select(section => section.SelectMany(part => part).Select(portion => portions[portion]).ToList())], work.Order.Language);
        var cited = joined.Citations.Select(citation => (citation.DocumentId, citation.Start)).ToHashSet();
        var coverage = documents.Select(document => Coverage.Of(
            document, [.. portions.Where(portion => portion.Document == document)], portions.Where(portion => cited.Contains((portion.Document.Id, portion.Start)) && portion.Document == document)));
        return new RunResult(joined.Text, new Facts(joined.Citations, joined.Quotes, joined.Doubts, [.. coverage], work.Plan.Parts, work.Prompts, DecisionSigns.In(joined.Text)));
    }

    /// <summary>One summary under way.</summary>
    private sealed class Work(RunContext context, SummaryOrder order, List<Portion> portions, SummaryPlan plan)
    {
        private readonly SortedSet<string> _prompts = new(StringComparer.Ordinal);
        private readonly List<FoundPassage> _passages = [.. portions.Select(portion => portion.Found)];
        private int _partsDone;

        public SummaryPlan Plan => plan;

        public SummaryOrder Order => order;

        /// <summary>Names and versions of the prompts that were used.</summary>
        public IReadOnlyList<string> Prompts => [.. _prompts];

        public async Task<CitedText> SectionAsync(int section, CancellationToken cancellation)
        {
            var parts = plan.Sections[section];
            if (parts.Count == 1)
                return await WriteAsync(section, [.. parts[0].Select(portion => new Source(portion, portions[portion].Text.Trim()))], cancellation);

            var statements = new IReadOnlyList<Statement>[parts.Count];
            await context.ReportAsync("summarising", _partsDone, plan.Parts, cancellation);
            await Parallel.ForAsync(0, parts.Count, new ParallelOptions { MaxDegreeOfParallelism = PartsAtOnce, CancellationToken = cancellation }, async (part, token) =>
            {
                List<Source> sources = [.. parts[part].Select(portion => new Source(portion, portions[portion].Text.Trim()))];
                statements[part] = await PartAsync($"part {section}.{part}", "summarise-part", sources, plan.WordsOfPart(parts.Count), token);
                await context.ReportAsync("summarising", Interlocked.Increment(ref _partsDone), plan.Parts, token);
            });
            return await WriteAsync(section, await CondenseAsync(section, [.. statements.SelectMany(part => part)], cancellation), cancellation);
        }

        /// <summary>Until what was said of all parts fits into one question.</summary>
        private async Task<IReadOnlyList<Source>> CondenseAsync(int section, IReadOnlyList<Statement> statements, CancellationToken cancellation)
        {
            for (var level = 0; ; level++)
            {
                var sources = Source.Of(statements);
                var length = sources.Sum(source => source.Text.Length);
                if (length <= plan.Budget || level == 8)
                    return sources;
                var groups = Source.Groups(sources, plan.Budget);
                // Each time to about half: a single leap loses too much.
                var words = Math.Max(plan.WordsOfPart(groups.Count), length / 2 / 7 / groups.Count);
                List<Statement> condensed = [];
                foreach (var (index, group) in groups.Index())
                {
                    await context.ReportAsync("condensing", index, groups.Count, cancellation);
                    condensed.AddRange(await PartAsync($"condensed {section}.{level}.{index}", "condense", group, words, cancellation));
                }
                statements = condensed;
            }
        }

        private async Task<CitedText> WriteAsync(int section, IReadOnlyList<Source> sources, CancellationToken cancellation)
        {
            await context.ReportAsync("writing", section, plan.Sections.Count, cancellation);
            var answer = await AskAsync($"section {section}", "summarise", sources, plan.Words, plan.Length, isShown: true, cancellation);
            return CitedText.Of(answer, Source.Given(sources), _passages, order.Focus ?? "");
        }

        private async Task<IReadOnlyList<Statement>> PartAsync(string key, string prompt, IReadOnlyList<Source> sources, int words, CancellationToken cancellation)
            => Statement.In(await AskAsync(key, prompt, sources, words, $"{words} Wörtern", isShown: false, cancellation), Source.Given(sources), _passages);

        private async Task<string> AskAsync(string key, string prompt, IReadOnlyList<Source> sources, int words, string length, bool isShown, CancellationToken cancellation)
        {
            var filled = PromptFile.Named(prompt).Fill(
                ("length", length),
                ("style", PromptFile.Named("style-" + order.Style.ToString().ToLowerInvariant()).Fill().System),
                ("language", PromptFile.Named("language-" + order.Language).Fill().System),
                ("focus", string.IsNullOrWhiteSpace(order.Focus) ? "" : "Im Mittelpunkt steht: " + order.Focus.ReplaceLineEndings(" ").Trim()));
            lock (_prompts)
                _prompts.Add(filled.Version);
            IReadOnlyList<Passage> passages = [.. sources.Select((source, index) => new Passage(index + 1, portions[source.Passage].Document.Title, PageName(portions[source.Passage]), source.Text))];
            return (await context.AskAsync(key, new Ask(filled, passages, (int)(words * TokensPerWord) + 100, 0.2f, isShown), cancellation)).Text;
        }

        private string? PageName(Portion portion) => portion.Page is { } page ? (order.Language == "en" ? "page " : "Seite ") + page : null;
    }

    /// <summary>What the run says about its text.</summary>
    /// <param name="Coverage">Document by document, what went in.</param>
    /// <param name="Parts">In how many parts it was read.</param>
    /// <param name="Prompts">Prompts used, with their versions.</param>
    /// <param name="Review">Why a person must look at it before it is used; see <see cref="DecisionSigns"/>.</param>
    private sealed record Facts(
        IReadOnlyList<Citation> Citations, IReadOnlyList<string> Quotes, IReadOnlyList<Doubt> Doubts, IReadOnlyList<Coverage> Coverage, int Parts, IReadOnlyList<string> Prompts,
        IReadOnlyList<string> Review);
}
