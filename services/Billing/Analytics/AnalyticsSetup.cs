using LLMoin.Billing.Analytics.Costs;
using LLMoin.Billing.Analytics.Days;
using LLMoin.Billing.Analytics.Operators;
using LLMoin.Billing.Analytics.Ratings;
using LLMoin.Contracts.Chat;
using LLMoin.Messaging.Events;
using LLMoin.ServiceDefaults;
using LLMoin.ServiceDefaults.InternalIdentity;

namespace LLMoin.Billing.Analytics;

internal static class AnalyticsSetup
{
    public static void AddAnalytics(this IServiceCollection services)
    {
        services.AddValidatedOptions<AnalyticsOptions>("Billing:Analytics");
        services.AddHostedService<AnalyticsProjector>();
    }

    public static EventConsumers AddAnalytics(this EventConsumers consume) => consume.Add<AnswerRatedConsumer, AnswerRated>();

    public static void MapAnalytics(this RouteGroupBuilder billing)
    {
        var own = billing.MapGroup("/analytics").RequireAuthorization(policy => policy.RequireRole(Roles.TenantAdmin, Roles.Auditor));
        own.MapGet("/uses", AnalyticsApi.UsesAsync).WithSummary("The tenant's uses by function: how many, how long they took, how many failed; by day, week or month, without small groups (tenant-admin, auditor)");
        own.MapGet("/tokens", AnalyticsApi.TokensAsync).WithSummary("The tenant's tokens by model; by day, week or month, without small groups (tenant-admin, auditor)");
        own.MapGet("/feedback", AnalyticsApi.FeedbackAsync).WithSummary("What the tenant's people think of answers, by function; by day, week or month, without small groups (tenant-admin, auditor)");
        own.MapGet("/costs", CostsApi.ReadAsync).WithSummary("What the tenant's departments cost by month, as on the statements, without small departments (tenant-admin, auditor)");
        billing.MapGet("/analytics/tenants", OperatorApi.ReadAsync).RequireAuthorization(policy => policy.RequireRole(Roles.Operator))
            .WithSummary("Uses, times and errors of each tenant and of all together; by day, week or month, without small groups (operator)");
        own.MapGet("/people", AnalyticsApi.PeopleAsync).WithSummary("How many of the tenant's people were active; by day, week or month, in whole groups (tenant-admin, auditor)");
    }
}
