using LLMoin.Billing.Months;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace LLMoin.Billing.Days;

internal static class DaysSetup
{
    public static void AddDays(this IServiceCollection services)
    {
        services.TryAddSingleton<BillingCalendar>();
        services.AddSingleton<DayProjector>();
        services.AddHostedService(provider => provider.GetRequiredService<DayProjector>());
    }
}
