using System.Globalization;
using LLMoin.Messaging.Outbox;
using LLMoin.ServiceDefaults.Database;
using LLMoin.ServiceDefaults.InternalIdentity;
using LLMoin.ServiceDefaults.Problems;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace LLMoin.Identity.Tenants.Settings;

/// <summary>The caller's tenant's settings: read by everybody in it, written by its administrators.</summary>
internal static class SettingsEndpoints
{
    /// <summary>The logo in base64 and all texts at their longest.</summary>
    private const int MaxBodyBytes = 512 * 1024;

    public static void MapTenantSettings(this RouteGroupBuilder api)
    {
        api.MapGet("/tenants/current/settings", GetAsync).WithSummary("The own tenant's settings; the ETag names their version");
        api.MapPut("/tenants/current/settings", PutAsync).WithSummary("Replaces them; If-Match names the version that the change is based on")
            .RequireAuthorization(policy => policy.RequireRole(Roles.TenantAdmin))
            .WithMetadata(new RequestSizeLimitAttribute(MaxBodyBytes));
    }

    private static async Task<Ok<TenantSettings>> GetAsync(Caller caller, HttpResponse response, TenantDatabase database, CancellationToken cancellation)
    {
        await using var transaction = await database.BeginAsync(caller, cancellation);
        var (version, settings) = await transaction.FindSettingsAsync(caller.Tenant, cancellation);
        response.Headers.ETag = ETag(version);
        return TypedResults.Ok(settings);
    }

    private static async Task<Results<Ok<TenantSettings>, ProblemResult>> PutAsync(
        TenantSettings asked, Caller caller, HttpContext context, TenantDatabase database, OutboxSignal outbox, CancellationToken cancellation)
    {
        if (asked.Check() is { } problem)
            return problem;
        if (context.Request.Headers.IfMatch is not [{ } expected])
            return new ProblemResult(ProblemType.VersionRequired, "Send the ETag of the version you changed as If-Match.", "If-Match",
                "Bitte das ETag der geänderten Fassung als If-Match senden.");
        await using var transaction = await database.BeginAsync(caller, cancellation);
        var (version, _) = await transaction.FindSettingsAsync(caller.Tenant, cancellation);
        if (expected != ETag(version) || !await transaction.SaveSettingsAsync(caller.Tenant, asked, version, cancellation))
            return new ProblemResult(ProblemType.StaleVersion, "Read the settings again and apply your change to them.", "If-Match",
                "Bitte die Einstellungen neu laden und die Änderung dort vornehmen.");
        await transaction.CommitAsync(cancellation);
        outbox.Committed();
        context.Response.Headers.ETag = ETag(version + 1);
        return TypedResults.Ok(asked);
    }

    private static string ETag(int version) => string.Create(CultureInfo.InvariantCulture, $"\"{version}\"");
}
