using LLMoin.ServiceDefaults.Database;
using LLMoin.ServiceDefaults.InternalIdentity;

namespace LLMoin.Chat.Assistants;

/// <summary>The assistants that one may use; row-level security says which those are, and who changes them.</summary>
internal sealed class AssistantStore(TenantDatabase database)
{
    public async Task<Assistant?> FindAsync(Caller caller, Guid id, CancellationToken cancellation)
    {
        await using var transaction = await database.BeginAsync(caller, cancellation);
        return await transaction.SingleAsync<Assistant>($"select {Assistant.Columns} from assistants where id = @id", new { id }, cancellation);
    }

    /// <summary>By name.</summary>
    public async Task<IReadOnlyList<Assistant>> ListAsync(Caller caller, int limit, Guid? after, CancellationToken cancellation)
    {
        await using var transaction = await database.BeginAsync(caller, cancellation);
        return await transaction.QueryAsync<Assistant>(
            $"""
             select {Assistant.Columns} from assistants
             where @after::uuid is null or (lower(name), id) > (select lower(name), id from assistants where id = @after)
             order by lower(name), id limit @limit
             """, new { limit, after }, cancellation);
    }

    /// <returns>Null where the person has <paramref name="most"/> already.</returns>
    /// <exception cref="Npgsql.PostgresException">The audience is none that the caller may share with.</exception>
    public async Task<Assistant?> AddAsync(Caller caller, AssistantInput input, int most, CancellationToken cancellation)
    {
        await using var transaction = await database.BeginAsync(caller, cancellation);
        if (await transaction.SingleAsync<long>("select count(*) from assistants where owner = @UserId", new { caller.UserId }, cancellation) >= most)
            return null;
        var added = await transaction.SingleAsync<Assistant>(
            $"""
             insert into assistants (id, tenant, owner, audience, name, description, instruction, function, collection_ids, model, temperature, max_tokens)
             values (@id, @tenant, @owner, @audience, @name, @description, @instruction, @function, @collectionIds, @Model, @Temperature, @MaxTokens)
             returning {Assistant.Columns}
             """, input.Row(Guid.CreateVersion7(), caller.Tenant, caller.UserId), cancellation);
        await transaction.CommitAsync(cancellation);
        return added;
    }

    /// <param name="caller">Who changes it.</param>
    /// <param name="was">As read; of two who change the same version one comes too late.</param>
    /// <param name="input">As it becomes.</param>
    /// <param name="cancellation">Ends the request.</param>
    /// <returns>Null where there is another version meanwhile.</returns>
    /// <exception cref="Npgsql.PostgresException">The audience is none that the caller may share with.</exception>
    public async Task<Assistant?> ReplaceAsync(Caller caller, Assistant was, AssistantInput input, CancellationToken cancellation)
    {
        await using var transaction = await database.BeginAsync(caller, cancellation);
        var replaced = await transaction.SingleAsync<Assistant>(
            $"""
             update assistants set audience = @audience, name = @name, description = @description, instruction = @instruction, function = @function,
               collection_ids = @collectionIds, model = @Model, temperature = @Temperature, max_tokens = @MaxTokens, version = version + 1, updated_at = now()
             where id = @id and version = {was.Version} returning {Assistant.Columns}
             """, input.Row(was.Id, caller.Tenant, was.Owner), cancellation);
        await transaction.CommitAsync(cancellation);
        return replaced;
    }

    public async Task<bool> DeleteAsync(Caller caller, Guid id, CancellationToken cancellation)
    {
        await using var transaction = await database.BeginAsync(caller, cancellation);
        var deleted = await transaction.ExecuteAsync("delete from assistants where id = @id", new { id }, cancellation);
        await transaction.CommitAsync(cancellation);
        return deleted == 1;
    }
}
