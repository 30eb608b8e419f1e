using LLMoin.Budgeting;
using LLMoin.Messaging.Broker;
using LLMoin.Messaging.Streams;

namespace LLMoin.Gateway.Budgets;

/// <summary>Refuses what would cost where a hard budget of the caller's has nothing left, before it is forwarded.</summary>
internal static class BudgetSetup
{
    public static void AddBudgets(this WebApplicationBuilder builder)
    {
        // The gateway answers without a broker too: it is no part of its health.
        if (string.IsNullOrEmpty(builder.Configuration.GetConnectionString("messaging")))
        {
            builder.Services.AddSingleton<BudgetBook>();
            return;
        }
        builder.Services.AddSingleton<BrokerConnection>();
        builder.Services.AddSingleton<Broadcasts>();
        builder.AddBudgeting();
    }

    public static void UseBudgets(this WebApplication app)
    {
        var book = app.Services.GetRequiredService<BudgetBook>();
        app.Use((context, next) => CostlyRequest.SpenderOf(context) is { } spender && book.Spent(spender) is { } refusal
            ? refusal.Problem.ExecuteAsync(context)
            : next(context));
    }
}
