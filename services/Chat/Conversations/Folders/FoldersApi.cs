using LLMoin.ServiceDefaults;
using LLMoin.ServiceDefaults.Database;
using LLMoin.ServiceDefaults.InternalIdentity;
using LLMoin.ServiceDefaults.Problems;
using Microsoft.AspNetCore.Http.HttpResults;
using Npgsql;

namespace LLMoin.Chat.Conversations.Folders;

/// <summary><c>/api/chat/folders</c>: one's own, for one's own conversations.</summary>
internal static class FoldersApi
{
    private const int LongestName = 100;
    private const int Most = 200;

    private static readonly ProblemType Taken = new("name-taken", 409, "The name is taken", "Der Name ist vergeben");
    private static readonly ProblemType Full = new("folder-limit", 409, "There are as many folders as there may be", "Die Höchstzahl an Ordnern ist erreicht");

    public static void MapFolders(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/chat/folders").WithTags("Conversations");
        group.MapGet("/", ListAsync).WithSummary("Own folders by name, with the number of conversations in each");
        group.MapPost("/", CreateAsync).WithSummary("A new folder");
        group.MapPatch("/{id:guid}", RenameAsync).WithSummary("Gives it another name");
        group.MapDelete("/{id:guid}", DeleteAsync).WithSummary("Deletes it; the conversations stay");
    }

    public static ProblemResult NotThere(string? field = null) => new(ProblemType.NotFound, "The folder is not there.", field, "Den Ordner gibt es nicht.");

    private static async Task<Ok<Page<Folder>>> ListAsync(Caller caller, TenantDatabase database, CancellationToken cancellation)
    {
        await using var transaction = await database.BeginAsync(caller, cancellation);
        return TypedResults.Ok(new Page<Folder>(await transaction.QueryAsync<Folder>(
            """
            select f.id, f.name, count(c.id) as conversations, f.created_at
            from folders f left join conversations c on c.folder_id = f.id group by f.id order by lower(f.name)
            """, null, cancellation), null));
    }

    private static async Task<Results<Created<Folder>, ProblemResult>> CreateAsync(FolderName name, Caller caller, TenantDatabase database, CancellationToken cancellation)
    {
        if (!IsName(name))
            return WrongName();
        await using var transaction = await database.BeginAsync(caller, cancellation);
        try
        {
            var folder = await transaction.SingleAsync<Folder>(
                """
                insert into folders (id, tenant, user_id, name) select @id, @Tenant, @UserId, @name where (select count(*) from folders) < @Most
                returning id, name, 0::bigint as conversations, created_at
                """, new { id = Guid.CreateVersion7(), caller.Tenant, caller.UserId, name = name.Name.Trim(), Most }, cancellation);
            await transaction.CommitAsync(cancellation);
            return folder is null ? new ProblemResult(Full, $"The limit is {Most}.", null, $"Die Höchstzahl ist {Most}.") : TypedResults.Created($"/api/chat/folders/{folder.Id}", folder);
        }
        catch (PostgresException taken) when (taken.SqlState == PostgresErrorCodes.UniqueViolation)
        {
            return NameTaken();
        }
    }

    private static async Task<Results<NoContent, ProblemResult>> RenameAsync(
        Guid id, FolderName name, Caller caller, TenantDatabase database, CancellationToken cancellation)
    {
        if (!IsName(name))
            return WrongName();
        await using var transaction = await database.BeginAsync(caller, cancellation);
        try
        {
            var renamed = await transaction.ExecuteAsync("update folders set name = @name where id = @id", new { id, name = name.Name.Trim() }, cancellation);
            await transaction.CommitAsync(cancellation);
            return renamed == 1 ? TypedResults.NoContent() : NotThere();
        }
        catch (PostgresException taken) when (taken.SqlState == PostgresErrorCodes.UniqueViolation)
        {
            return NameTaken();
        }
    }

    private static async Task<Results<NoContent, ProblemResult>> DeleteAsync(Guid id, Caller caller, TenantDatabase database, CancellationToken cancellation)
    {
        await using var transaction = await database.BeginAsync(caller, cancellation);
        var deleted = await transaction.ExecuteAsync("delete from folders where id = @id", new { id }, cancellation);
        await transaction.CommitAsync(cancellation);
        return deleted == 1 ? TypedResults.NoContent() : NotThere();
    }

    private static bool IsName(FolderName name) => name.Name.Trim().Length is > 0 and <= LongestName && !name.Name.Any(char.IsControl);

    private static ProblemResult WrongName() => new(ProblemType.InvalidRequest, $"A name has 1 to {LongestName} characters on one line.", "name",
        $"Ein Name hat 1 bis {LongestName} Zeichen in einer Zeile.");

    private static ProblemResult NameTaken() => new(Taken, "Another of your folders has this name.", "name", "Ein anderer Ihrer Ordner heißt schon so.");

    internal sealed record FolderName(string Name);

    internal sealed record Folder(Guid Id, string Name, long Conversations, DateTime CreatedAt);
}
