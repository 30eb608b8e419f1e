using LLMoin.Chat.Functions.Review;
using LLMoin.Chat.Functions.Runs;
using LLMoin.Extractive;

namespace LLMoin.Chat.Functions.Drafts;

/// <summary>Writes a text from keywords and fields. Letters are kept in the fields of DIN 5008, from which the export lays them out.</summary>
internal sealed class Draft : IRunFunction
{
    private const double TokensPerWord = 3;

    public const string FunctionName = "draft";

    public string Name => FunctionName;

    public async Task<RunResult> RunAsync(RunContext context, CancellationToken cancellation)
    {
        var order = context.Run.Order<DraftOrder>();
        await context.ReportAsync("writing", null, null, cancellation);
        var words = order.Length switch { DraftLength.Short => 120, DraftLength.Long => 700, _ => 300 };
        var filled = Filled(order, words);
        // Without a language model nothing can be formulated: what can be done is the form, with the keywords in it as they are.
        var isSkeleton = context.Run.Model == ExtractiveAnswer.ModelName;
        var skeleton = isSkeleton ? Skeleton(order) : null;
        var text = skeleton?.User
            ?? (await context.AskAsync("draft", new Ask(filled, [], (int)(words * TokensPerWord) + 200, 0.4f, IsShown: true), cancellation)).Text;
        var check = DraftCheck.Of(text, order);
        return new RunResult(check.Text, new Facts(
            order.Kind, isSkeleton, LetterFields.Of(order), check.Invented, check.Missing, check.Placeholders, [(skeleton ?? filled).Version], DecisionSigns.In(check.Text)));
    }

    private static FilledPrompt Filled(DraftOrder order, int words)
    {
        var register = order.Register ?? (order.Kind is DraftKind.Letter or DraftKind.Email or DraftKind.Invitation or DraftKind.PressNote ? DraftRegister.Citizen : DraftRegister.Technical);
        return PromptFile.Named("draft").Fill(
        [
            ("kind", PromptFile.Named("draft-" + FileName(order.Kind)).Fill().System),
            ("style", PromptFile.Named("style-" + register.ToString().ToLowerInvariant()).Fill().System),
            ("language", PromptFile.Named("language-" + order.Language).Fill().System),
            ("words", words.ToString(System.Globalization.CultureInfo.InvariantCulture)),
            .. Values(order),
        ]);
    }

    private static FilledPrompt Skeleton(DraftOrder order) => PromptFile.Named($"skeleton-{FileName(order.Kind)}").Fill(Values(order));

    private static (string, string?)[] Values(DraftOrder order) =>
    [
        ("keywords", order.Keywords.Trim()),
        ("points", string.Join('\n', (order.MustHave ?? []).Select(point => "- " + point.ReplaceLineEndings(" ").Trim()))),
        ("subject", order.Subject ?? "[Betreff]"),
        ("recipient", order.Recipient is { Count: > 0 } recipient ? string.Join(", ", recipient) : "[Empfänger]"),
        ("sender", order.Sender is { Count: > 0 } sender ? string.Join(", ", sender) : "[Absender]"),
        ("reference", order.Reference ?? "[Aktenzeichen]"),
        ("date", order.Date?.ToString("d. MMMM yyyy", System.Globalization.CultureInfo.GetCultureInfo("de")) ?? "[Datum]"),
    ];

    private static string FileName(DraftKind kind) => kind switch { DraftKind.DecisionPaper => "decision-paper", DraftKind.PressNote => "press-note", _ => kind.ToString().ToLowerInvariant() };

    /// <summary>What the run says about its text.</summary>
    /// <param name="IsSkeleton">No language model was there: it is the form with the keywords in it.</param>
    /// <param name="Letter">Fields of a letter's page around the text; null for other kinds.</param>
    /// <param name="Invented">Figures, dates and references that are not from the order; in the text they are marked.</param>
    /// <param name="Missing">Required points that do not seem to be in it.</param>
    /// <param name="Placeholders">What is still to be filled in.</param>
    private sealed record Facts(
        DraftKind Kind, bool IsSkeleton, LetterFields? Letter, IReadOnlyList<string> Invented, IReadOnlyList<string> Missing, IReadOnlyList<string> Placeholders, IReadOnlyList<string> Prompts,
        IReadOnlyList<string> Review);
}
