using LLMoin.Budgeting;
using LLMoin.Chat.Answers;
using LLMoin.Chat.Functions.Runs;
using LLMoin.Chat.Models;
using LLMoin.Contracts.Inference;
using LLMoin.ServiceDefaults.InternalIdentity;
using Microsoft.Extensions.Options;

namespace LLMoin.Chat.Budgets;

/// <summary>
/// Where everything that a model is asked passes: nothing is put to one without a hold on the budgets of whoever asked. What it returns is either
/// the hold, to be ended by the caller, or the refusal.
/// </summary>
internal sealed class BudgetGate(BudgetBook book, ModelCatalog models, IOptions<ChatOptions> options)
{
    /// <param name="question">What is asked.</param>
    /// <param name="whole">That of the longer work of which it is a step.</param>
    public (BudgetHold? Hold, BudgetRefusal? Refusal) Hold(Question question, BudgetHold? whole = null)
        => book.Hold(
            question.AnswerId, new Spender(question.Tenant, question.UserId, question.Department, question.ApiKeyId), PriceClass(question.Model),
            TokenEstimate.Of(question, models.Find(question.Tenant, question.Model, ModelKind.Chat)?.ContextTokens ?? 0, options.Value.ExpectedAnswer), whole);

    public (BudgetHold? Hold, BudgetRefusal? Refusal) Hold(Caller caller, EmbeddingRequest work)
        => book.Hold(work.RequestId, Spender.Of(caller), PriceClass(work.Model), TokenEstimate.Of(work));

    /// <summary>All that longer work is expected to use, for its steps to draw from.</summary>
    public (BudgetHold? Hold, BudgetRefusal? Refusal) Hold(Run run, TokenAmount estimate)
        => book.Hold(run.Id, new Spender(run.Tenant, run.UserId, run.Department, run.ApiKeyId), PriceClass(run.Model), estimate);

    private string PriceClass(string model) => models.PriceClassOf(model) ?? "";
}
