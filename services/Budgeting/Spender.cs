using LLMoin.Contracts.Billing;
using LLMoin.ServiceDefaults.InternalIdentity;

namespace LLMoin.Budgeting;

/// <summary>On whose budgets something goes.</summary>
/// <param name="Tenant">The tenant.</param>
/// <param name="UserId">The person; for an API key its owner.</param>
/// <param name="Department">The one department that bears it, as usage is recorded; null where none is known.</param>
/// <param name="ApiKeyId">The API key used, where one was.</param>
public sealed record Spender(string Tenant, string UserId, string? Department, Guid? ApiKeyId)
{
    public static Spender Of(Caller caller) => new(caller.Tenant, caller.UserId, caller.FirstDepartment, caller.ApiKeyId);

    /// <summary>The subject under which the budget counts this, or null where it does not bind it.</summary>
    public string? SubjectIn(BudgetState budget) => budget.Scope switch
    {
        BudgetScope.Tenant => "",
        BudgetScope.Department => Department is { Length: > 0 } department && department == budget.Subject ? department : null,
        BudgetScope.User => UserId == budget.Subject ? UserId : null,
        BudgetScope.EachUser => UserId,
        BudgetScope.ApiKey => ApiKeyId?.ToString() is { } key && key == budget.Subject ? key : null,
        _ => null,
    };
}
