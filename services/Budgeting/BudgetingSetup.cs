using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace LLMoin.Budgeting;

public static class BudgetingSetup
{
    /// <summary>The <see cref="BudgetBook"/>, kept up to date over the broker's <see cref="Messaging.Streams.Broadcasts"/>, which the process has.</summary>
    public static void AddBudgeting(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<BudgetBook>();
        builder.Services.AddHostedService<BudgetListener>();
    }
}
