using LLMoin.Prompts.Templates;
using LLMoin.ServiceDefaults.Problems;

namespace LLMoin.Prompts.Approvals;

/// <summary>A version that is to be published in a wider scope, and what became of it.</summary>
/// <param name="State"><c>pending</c>, <c>approved</c>, <c>rejected</c> or <c>withdrawn</c>.</param>
/// <param name="Reason">Why it was decided so.</param>
internal sealed record Submission(
    Guid Id, Guid TemplateId, int Version, string Tenant, string Scope, string Submitter, string Note, string State, string? Decider, string Reason,
    DateTime SubmittedAt, DateTime? DecidedAt);

/// <summary>A submission with what is submitted; without it once that is no longer the reader's to see.</summary>
internal sealed record SubmissionView(Submission Submission, Template? Template);

internal sealed record SubmissionRow(
    Guid Id, Guid TemplateId, int Version, string Tenant, string? Land, string Scope, string Author, string Submitter, string Note, string State,
    string? Decider, string Reason, DateTime SubmittedAt, DateTime? DecidedAt)
{
    public const string Columns = "id, template_id, version, tenant, land, scope, author, submitter, note, state, decider, reason, submitted_at, decided_at";

    public Submission ToSubmission() => new(Id, TemplateId, Version, Tenant, Scope, Submitter, Note, State, Decider, Reason, SubmittedAt, DecidedAt);
}

/// <summary>Expected failures of submitting and deciding.</summary>
internal static class ApprovalProblems
{
    private static readonly ProblemType Pending = new("submission-pending", 409, "A submission is waiting already", "Eine Einreichung wartet bereits");
    private static readonly ProblemType Decided = new("already-decided", 409, "This was decided already", "Darüber ist schon entschieden");
    private static readonly ProblemType Own = new("own-approval", 403, "Somebody else has to decide this", "Darüber muss jemand anderes entscheiden");

    public static ProblemResult NotFound => new(ProblemType.NotFound, "No submission with this id is visible to you.", "id",
        "Keine Einreichung mit dieser Kennung ist für Sie sichtbar.");

    public static ProblemResult IsPending => new(Pending, "One version at a time waits for its decision; withdraw that one first.", "id",
        "Es wartet immer nur eine Fassung auf die Freigabe; bitte erst jene zurückziehen.");

    public static ProblemResult IsDecided => new(Decided, null, "id");

    public static ProblemResult OwnDecision => new(Own, "Who wrote or submitted a version does not decide on it (four eyes).", "id",
        "Wer eine Fassung geschrieben oder eingereicht hat, entscheidet nicht darüber (Vier-Augen-Prinzip).");

    public static ProblemResult MayNotDecide => new(ProblemType.Forbidden,
        "For the tenant its prompt-approver decides, for the Land the Land's prompt-approver or an operator, for all an operator.", "id",
        "Für den Mandanten entscheidet dessen prompt-approver, für das Land dessen prompt-approver oder der Betrieb, für alle der Betrieb.");

    public static ProblemResult NoLand => new(ProblemType.Unavailable, "It is not known at present which Land the tenant belongs to.", "scope",
        "Derzeit ist nicht bekannt, zu welchem Land der Mandant gehört.");
}
