using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using LLMoin.Budgeting;
using LLMoin.Chat.Answers;
using LLMoin.Chat.Answers.Following;
using LLMoin.Chat.Assistants;
using LLMoin.Chat.Budgets;
using LLMoin.Chat.Conversations;
using LLMoin.Chat.Models;
using LLMoin.Chat.Sources;
using LLMoin.Chat.TenantSettings;
using LLMoin.Contracts.Inference;
using LLMoin.ServiceDefaults.InternalIdentity;
using LLMoin.ServiceDefaults.Problems;

namespace LLMoin.Chat.Completions;

/// <summary><c>POST /v1/chat/completions</c>: checks the request, finds its sources, stores the question and relays the answer.</summary>
internal sealed class CompletionsApi(
    ModelCatalog models, PassageSearch search, ConversationDrafts drafts, AssistantStore assistants, AnswerStore answers, OpenAnswers open,
    TenantSettingsStore settings, BudgetGate budgets)
{
    public static void Map(IEndpointRouteBuilder routes)
        => routes.MapPost("/v1/chat/completions", (CompletionsApi api, HttpContext context, Caller caller) => api.CompleteAsync(context, caller))
            .Accepts<CompletionRequest>("application/json")
            .WithTags("OpenAI").WithSummary("Answers a conversation, as one JSON object or as a stream of server-sent events")
            .WithDescription("For every signed-in user, machine client and API key.");

    private async Task<IResult> CompleteAsync(HttpContext context, Caller caller)
    {
        var (cancellation, orderedAt) = (context.RequestAborted, DateTimeOffset.UtcNow);
        var asked = await context.Request.ReadBodyAsync<CompletionRequest>(CompletionRequest.Json);
        if (CompletionValidation.Check(asked) is { } wrong)
            return wrong;
        var assistant = asked.AssistantId is { } id ? await assistants.FindAsync(caller, id, cancellation) : null;
        if (asked.AssistantId is not null && assistant is null)
            return AssistantProblems.NotThere("assistant_id");
        var request = AssistedRequest.Of(asked, assistant);
        if (models.Find(caller.Tenant, request.Model, ModelKind.Chat) is not { } model)
            return new ProblemResult(CompletionValidation.ModelNotFound, $"'{request.Model}' is not among your models; GET /v1/models lists them.", "model",
                $"„{request.Model}“ ist keines Ihrer Modelle; GET /v1/models nennt sie.");
        if (CompletionValidation.CheckAbility(request, model) is { } impossible)
            return impossible;

        var key = context.Request.Headers["Idempotency-Key"].ToString();
        if (key.Length > 255)
            return new ProblemResult(ProblemType.InvalidRequest, "At most 255 characters.", "Idempotency-Key", "Höchstens 255 Zeichen.");

        var (conversation, misplaced) = await drafts.DraftAsync(caller, request, context.Request.Headers["X-OpenWebUI-Chat-Id"].ToString(), cancellation);
        if (misplaced is not null)
            return misplaced;

        var question = await AskAsync(asked, assistant, model, caller, conversation, key, cancellation) with { OrderedAt = orderedAt };
        var (hold, refusal) = budgets.Hold(question);
        // What was answered already costs nothing.
        if (hold is null)
            return key.Length > 0 && await answers.FindEarlierAsync(caller, key, cancellation) is { } earlier
                ? await RepeatAsync(context, asked, question, earlier)
                : refusal!.Problem;

        var begun = await HeldAsync(hold, () => answers.BeginAsync(question, conversation, cancellation), begun => begun.Earlier is null);
        return begun.Earlier is { } stored
            ? await RepeatAsync(context, asked, question, stored)
            : await AnswerRelay.RelayAsync(context, asked, open.Open(question with { ParentMessageId = begun.ParentId }, hold, asked.IsResumable));
    }

    private async Task<Question> AskAsync(
        CompletionRequest asked, Assistant? assistant, ServedModel model, Caller caller, ConversationDraft? conversation, string key, CancellationToken cancellation)
    {
        var request = AssistedRequest.Of(asked, assistant);
        var messages = PromptMessages.Of(request);
        var sources = SourceSelection.Of(request.Sources, conversation?.DocumentIds ?? [], assistant);
        var passages = sources.Search
            ? await search.FindAsync(messages.Last(message => message.Role == "user").Content, sources.DocumentIds, sources.CollectionIds, cancellation)
            : [];
        return new Question
        {
            AnswerId = Guid.CreateVersion7(),
            Tenant = caller.Tenant,
            UserId = caller.UserId,
            ApiKeyId = caller.ApiKeyId,
            Department = caller.FirstDepartment,
            ConversationId = conversation?.Id,
            AssistantId = assistant?.Id,
            Model = request.Model,
            Purpose = CompletionValidation.Purpose(request, assistant?.Function ?? "chat"),
            Messages = await settings.WithPolicyAsync(caller.Tenant, messages, cancellation),
            Passages = passages ?? [],
            SourcesUnavailable = passages is null,
            Sampling = SamplingParameters.Of(request),
            ResponseFormat = AnswerFormat.Of(request),
            Tools = model.Tools ? OfferedTools.Of(request) : [],
            ToolChoice = model.Tools ? OfferedTools.Choice(request) : null,
            IdempotencyKey = key.Length > 0 ? key : null,
            RequestHash = Hash(asked),
        };
    }

    private static string Hash(CompletionRequest request)
        => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(JsonSerializer.Serialize(request, CompletionRequest.Json))));

    /// <summary>The same idempotency key again: the answer of the first request, once it is there, and never a second bill.</summary>
    private async Task<IResult> RepeatAsync(HttpContext context, CompletionRequest request, Question question, StoredAnswer stored)
    {
        if (stored.RequestHash != question.RequestHash)
            return Final(context, new ProblemResult(ProblemType.Conflict, "The key was used for another request.", "Idempotency-Key",
                "Der Schlüssel gehört zu einer anderen Anfrage."));

        while (stored.Status == AnswerStatus.Running)
        {
            await Task.Delay(200, context.RequestAborted);
            stored = await answers.FindAsync(new Caller(question.Tenant, question.UserId, "", new HashSet<string>(), null), stored.Id, context.RequestAborted)
                     ?? throw new InvalidOperationException("A running answer vanished.");
        }
        if (stored.Status == AnswerStatus.Interrupted)
        {
            var again = question with { AnswerId = stored.Id, ConversationId = stored.ConversationId, ParentMessageId = stored.ParentId };
            var (hold, refusal) = budgets.Hold(again);
            if (hold is null)
                return refusal!.Problem;
            return await HeldAsync(hold, () => answers.TakeOverAsync(again, context.RequestAborted), isMine => isMine)
                ? await AnswerRelay.RelayAsync(context, request, open.Open(again, hold, request.IsResumable))
                : await RepeatAsync(context, request, question, stored with { Status = AnswerStatus.Running });
        }
        if (stored.ConversationId is null)
            return Final(context, new ProblemResult(ProblemType.Conflict, "The answer was given and, as asked, not kept.", "Idempotency-Key",
                "Die Antwort wurde gegeben und, wie gewünscht, nicht aufbewahrt."));
        return await AnswerRelay.ReplayAsync(context, request, stored);
    }

    /// <summary>Ends the hold where nothing is written under it.</summary>
    private static async Task<T> HeldAsync<T>(BudgetHold hold, Func<Task<T>> begin, Func<T, bool> isBegun)
    {
        var isKept = false;
        try
        {
            var begun = await begin();
            isKept = isBegun(begun);
            return begun;
        }
        finally
        {
            if (!isKept)
                hold.Dispose();
        }
    }

    /// <summary>Sending it again cannot help, which OpenAI's clients believe when told.</summary>
    private static ProblemResult Final(HttpContext context, ProblemResult problem)
    {
        context.Response.Headers["x-should-retry"] = "false";
        return problem;
    }
}
