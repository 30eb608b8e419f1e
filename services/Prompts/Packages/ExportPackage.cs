using LLMoin.Contracts;
using LLMoin.Prompts.Templates;
using LLMoin.Prompts.Tenancy;
using LLMoin.ServiceDefaults.InternalIdentity;
using LLMoin.ServiceDefaults.Problems;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;

namespace LLMoin.Prompts.Packages;

/// <summary>What goes into a package: all published templates of the tenant, or those named, or of a category, or with a tag.</summary>
internal sealed record ExportRequest(IReadOnlyList<Guid>? Ids, string? Category, string? Tag);

/// <summary>Who we are to others who shall trust our packages.</summary>
/// <param name="PublicKey">base64 of the SubjectPublicKeyInfo: their <c>Prompts:TrustedPublishers:&lt;name&gt;</c>.</param>
internal sealed record Publisher(string Name, string PublicKey);

/// <summary>Approved versions only, and the tenant's own: nobody signs what others are responsible for.</summary>
internal static class ExportPackage
{
    public static async Task<Results<JsonHttpResult<PromptPackage>, ProblemResult>> HandleAsync(
        ExportRequest request, Caller caller, PromptsDatabase database, IOptions<PromptsOptions> options, TimeProvider clock, CancellationToken cancellation)
    {
        if (!caller.Is(Roles.PromptEditor) && !caller.Is(Roles.PromptApprover) && !caller.Is(Roles.TenantAdmin) && !caller.Is(Roles.Operator))
            return PackageProblems.MayNot("prompt-editor, prompt-approver, tenant-admin, operator");
        if (options.Value.SigningKey is not { } key)
            return PackageProblems.NoSigningKey;
        if (request.Ids?.Count > PromptPackage.MostTemplates)
            return Fields.Wrong("ids", $"at most {PromptPackage.MostTemplates}", $"höchstens {PromptPackage.MostTemplates}");

        await using var transaction = await database.BeginAsync(caller, cancellation);
        var rows = await transaction.QueryAsync<TemplateRow>(
            $"""
             select {TemplateRow.Columns} from {TemplateRow.Joins}
             where v.version = t.published_version and t.tenant = @Tenant and t.scope in ('tenant', 'land', 'all') and t.deprecated_at is null
               and (@ids::uuid[] is null or t.id = any (@ids)) and (@Category::text is null or v.category = @Category) and (@Tag::text is null or @Tag = any (v.tags))
             order by t.name limit @most
             """, new { caller.Tenant, ids = request.Ids?.ToArray(), request.Category, request.Tag, most = PromptPackage.MostTemplates }, cancellation);
        for (var i = 0; i < (request.Ids?.Count ?? 0); i++)
        {
            if (rows.All(row => row.Id != request.Ids![i]))
                return PackageProblems.NotExportable(i);
        }

        var package = new PromptPackage(PromptPackage.Version1, options.Value.Publisher!, clock.GetUtcNow().UtcDateTime, [.. rows.Select(PackagedTemplate.Of)]);
        // Written by the same rules as what was signed.
        return TypedResults.Json(package.Signed(key), ContractJson.Web);
    }

    public static Results<Ok<Publisher>, ProblemResult> Publisher(IOptions<PromptsOptions> options)
        => options.Value is { SigningKey: { } key, Publisher: { } name } ? TypedResults.Ok(new Publisher(name, PackageSignature.PublicKey(key))) : PackageProblems.NoSigningKey;
}
