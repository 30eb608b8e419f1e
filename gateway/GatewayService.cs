using LLMoin.Gateway.ApiDocument;
using LLMoin.Gateway.Authentication;
using LLMoin.Gateway.Budgets;
using LLMoin.Gateway.Edge;
using LLMoin.Gateway.Limits;
using LLMoin.Gateway.Routing;
using LLMoin.Gateway.Sessions;
using LLMoin.ServiceDefaults;
using LLMoin.ServiceDefaults.Health;
using LLMoin.ServiceDefaults.Problems;

namespace LLMoin.Gateway;

internal static class GatewayService
{
    public static void AddGateway(this WebApplicationBuilder builder)
    {
        builder.Services.AddValidatedOptions<GatewayOptions>("Gateway");
        builder.Services.AddSingleton(TimeProvider.System);
        builder.AddEdge();
        builder.AddCallers();
        builder.AddSessions();
        builder.AddLimits();
        builder.AddBudgets();
        builder.AddRouting();
        builder.AddApiDocument();
    }

    /// <summary>The order is the security model: each step relies on the ones above it.</summary>
    public static void MapGateway(this WebApplication app)
    {
        app.UseRequestIds();
        app.UseEdge();
        app.UseProblems();
        app.UseAddressLimits();
        app.UseBodyLimits();
        app.UseStaticPages();
        app.UseRouting();
        app.UseAuthentication();
        app.UseAuthorization();
        app.UseCrossSiteGuard();
        app.UseCallerLimits();
        app.UseBudgets();

        app.MapHealth();
        app.MapSessions();
        app.MapApiDocument();
        app.MapForwarding();
    }
}
