using LLMoin.Messaging.Streams;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace LLMoin.Messaging.Broker;

public static class BrokerSetup
{
    /// <summary>The raw client: work queues, frames and broadcasts. For events see <c>AddEvents</c>.</summary>
    public static void AddBroker(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<BrokerConnection>();
        builder.Services.AddSingleton<WorkQueue>();
        builder.Services.AddSingleton<Broadcasts>();
        builder.Services.AddHealthChecks().AddCheck<BrokerHealth>("broker");
    }
}
