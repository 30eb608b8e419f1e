using System.Text;
using LLMoin.Chat.Functions.Citing;
using LLMoin.Chat.Functions.Documents;
using LLMoin.Chat.Functions.Review;
using LLMoin.Chat.Functions.Runs;
using LLMoin.Chat.Sources;
using LLMoin.Chat.Sources.Evidence;
using LLMoin.Contracts.Inference;

namespace LLMoin.Chat.Functions.Research;

/// <summary>
/// Answers a question from the agency's sources in rounds: it is taken apart, each part is searched and answered from what was found alone, what
/// was not found is searched again in other words, and from the partial answers a report is written. What stays unfound is said.
/// </summary>
internal sealed class Research(RunSearch search) : IRunFunction
{
    private const int PassagesQuick = 8;
    private const int PassagesThorough = 12;
    private const int FindingTokens = 500;
    private const int ReportTokens = 2_500;

    public const string FunctionName = "research";

    public string Name => FunctionName;

    public async Task<RunResult> RunAsync(RunContext context, CancellationToken cancellation)
    {
        var work = new Work(context, search, context.Run.Order<ResearchOrder>());
        var questions = await work.QuestionsAsync(cancellation);
        List<Finding> findings = [];
        foreach (var (index, question) in questions.Index())
        {
            await context.ReportAsync("searching", index, questions.Count, cancellation);
            findings.Add(await work.FindAsync($"finding {index}", question, cancellation));
        }
        return await work.ReportAsync(findings, cancellation);
    }

    private sealed class Work(RunContext context, RunSearch search, ResearchOrder order)
    {
        private readonly Findings _findings = new();
        private readonly SortedSet<string> _prompts = new(StringComparer.Ordinal);

        private bool IsThorough => order.Depth == ResearchDepth.Thorough;

        /// <summary>The engine without weights quotes; it cannot take questions apart or find other words.</summary>
        private bool CanWrite => context.Run.Model != LLMoin.Extractive.ExtractiveAnswer.ModelName;

        private bool IsEnglish => order.Language == "en";

        /// <summary>The question first, then its parts.</summary>
        public async Task<IReadOnlyList<string>> QuestionsAsync(CancellationToken cancellation)
        {
            var asked = SubQuestions.Asked(order.Question);
            if (!IsThorough || !CanWrite)
                return asked;
            await context.ReportAsync("planning", null, null, cancellation);
            var answer = await AskAsync("questions", "research-questions", [], 300, isShown: false, cancellation, ("question", order.Question));
            return [.. asked.Concat(SubQuestions.Lines(answer)).Distinct(StringComparer.OrdinalIgnoreCase).Take(asked.Count + 4)];
        }

        public async Task<Finding> FindAsync(string key, string question, CancellationToken cancellation)
        {
            List<string> searched = [question];
            var statements = await AnswerAsync(key, question, await SearchAsync(key, question, cancellation), cancellation);
            if (statements.Count > 0 || !IsThorough || !CanWrite)
                return new Finding(question, statements, searched);

            var other = SubQuestions.Lines(await AskAsync(key + " reworded", "research-reword", [], 150, isShown: false, cancellation, ("question", question)));
            List<int> found = [];
            foreach (var words in other.Take(3))
            {
                searched.Add(words);
                found.AddRange(await SearchAsync($"{key} {words}", words, cancellation));
            }
            return new Finding(question, await AnswerAsync(key + " again", question, [.. found.Distinct().Take(PassagesThorough)], cancellation), searched);
        }

        public async Task<RunResult> ReportAsync(IReadOnlyList<Finding> findings, CancellationToken cancellation)
        {
            List<Finding> found = [.. findings.Where(finding => finding.IsFound)];
            if (found.Count == 0)
                return Result(new CitedText(IsEnglish ? "Nothing about this was found in the chosen sources." : "In den gewählten Quellen wurde dazu nichts gefunden.", [], [], []), findings);
            await context.ReportAsync("writing", null, null, cancellation);
            var sources = Source.Of([.. found.SelectMany(finding => finding.Statements)]);
            // A single question to an engine that quotes is answered by its quotes; there is nothing to join.
            var answer = CanWrite || found.Count > 1 ? await WriteAsync(found, sources, cancellation) : Quoted(found[0], sources);
            return Result(CitedText.Of(answer, Source.Given(sources), _findings.Passages, order.Question), findings);
        }

        private async Task<string> WriteAsync(IReadOnlyList<Finding> found, IReadOnlyList<Source> sources, CancellationToken cancellation)
        {
            if (CanWrite)
                return await AskAsync("report", "research-report", sources, ReportTokens, isShown: true, cancellation, ("question", order.Question), ("parts", string.Join('\n', found.Select(finding => "- " + finding.Question))));
            var output = new StringBuilder();
            foreach (var finding in found)
                output.Append("## ").Append(finding.Question).Append("\n\n").Append(Quoted(finding, sources)).Append("\n\n");
            return output.ToString().TrimEnd();
        }

        private static string Quoted(Finding finding, IReadOnlyList<Source> sources)
        {
            var numbers = sources.Index().ToDictionary(pair => pair.Item.Passage, pair => pair.Index + 1);
            return string.Join("\n\n", finding.Statements.Select(statement => $"{statement.Text} [{numbers[statement.Sources[0]]}]"));
        }

        private async Task<IReadOnlyList<int>> SearchAsync(string key, string query, CancellationToken cancellation)
            => _findings.Add((await context.OnceAsync($"search {key}", async () => new Searched(
                await search.FindAsync(context.Run, query, IsThorough ? PassagesThorough : PassagesQuick, order.DocumentIds, order.CollectionIds, cancellation)), cancellation)).Passages);

        private async Task<IReadOnlyList<Statement>> AnswerAsync(string key, string question, IReadOnlyList<int> places, CancellationToken cancellation)
        {
            if (places.Count == 0)
                return [];
            List<Source> sources = [.. places.Select(place => new Source(place, _findings.Passages[place].Text))];
            var answer = await AskAsync(key, "research-finding", sources, FindingTokens, isShown: false, cancellation, ("question", question));
            // What cites nothing is not found: "Dazu steht hier nichts" among it.
            return [.. Statement.In(answer, Source.Given(sources), _findings.Passages).Where(statement => statement.Sources.Count > 0)];
        }

        private async Task<string> AskAsync(
            string key, string prompt, IReadOnlyList<Source> sources, int tokens, bool isShown, CancellationToken cancellation, params (string Place, string? Value)[] values)
        {
            var filled = PromptFile.Named(prompt).Fill([.. values, ("language", PromptFile.Named("language-" + order.Language).Fill().System)]);
            _prompts.Add(filled.Version);
            List<Passage> passages = [.. sources.Index().Select(pair =>
                _findings.Passages[pair.Item.Passage].Numbered(pair.Index + 1) with { Text = pair.Item.Text })];
            return (await context.AskAsync(key, new Ask(filled, Fitting(passages), tokens, 0.2f, isShown), cancellation)).Text;
        }

        /// <summary>As many as fit beside the answer; the first are the best.</summary>
        private IReadOnlyList<Passage> Fitting(IReadOnlyList<Passage> passages)
        {
            const double CharactersPerToken = 2.5;
            var budget = context.ContextTokens / 2 * CharactersPerToken;
            return [.. passages.TakeWhile(passage => (budget -= passage.Text.Length) > 0 || passage.Number == 1)];
        }

        private RunResult Result(CitedText text, IReadOnlyList<Finding> findings)
        {
            IReadOnlyList<Part> parts = [.. findings.Select(finding => new Part(finding.Question, finding.IsFound, finding.Searched))];
            return new RunResult(text.Text, new Facts(
                text.Citations, text.Quotes, text.Doubts, parts, [.. findings.Where(finding => !finding.IsFound).Select(finding => finding.Question)],
                Confidence.Of(findings, text), _findings.Passages.Count, [.. _prompts], DecisionSigns.In(text.Text)));
        }
    }

    private sealed record Searched(IReadOnlyList<FoundPassage> Passages);

    /// <param name="Searched">The words that were searched for.</param>
    private sealed record Part(string Question, bool IsFound, IReadOnlyList<string> Searched);

    /// <summary>What the run says about its text.</summary>
    /// <param name="NotFound">Parts of the question to which the sources say nothing.</param>
    /// <param name="Confidence"><c>high</c>, <c>medium</c> or <c>low</c>; counted, see the class of that name.</param>
    /// <param name="PassagesRead">How many passages were looked at.</param>
    private sealed record Facts(
        IReadOnlyList<Citation> Citations, IReadOnlyList<string> Quotes, IReadOnlyList<Doubt> Doubts, IReadOnlyList<Part> Parts, IReadOnlyList<string> NotFound, string Confidence,
        int PassagesRead, IReadOnlyList<string> Prompts, IReadOnlyList<string> Review);
}
