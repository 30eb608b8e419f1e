using System.Collections.Concurrent;
using LLMoin.ServiceDefaults.Database;
using LLMoin.ServiceDefaults.InternalIdentity;

namespace LLMoin.Retrieval.Sources.Mirroring;

/// <summary>
/// Keeps readers and groups in step while nothing else changes. In each interval all groups are asked for their members, and the items
/// for their readers: at once those below a folder whose readers have changed, then as many others as the source bears.
/// </summary>
internal sealed class ReaderRefresh(SourceScope scope, ISourceConnector connector, ItemStore items, SourceOptions options, TimeProvider clock)
{
    private const int AtOnce = 200;

    private readonly HashSet<string> _asked = new(StringComparer.Ordinal);
    private DateTime? _last;

    private Source Source => scope.Source;

    private string GroupPrefix => Principals.Group(Source.Id, "");

    private DateTime Now => clock.GetUtcNow().UtcDateTime;

    /// <summary>Asks for everything where the interval is over.</summary>
    public async Task IfTimeAsync(CancellationToken cancellation)
    {
        if (!connector.HasReaders || Now - _last < options.Interval)
            return;
        _last = Now;
        _asked.Clear();
        await GroupsAsync(cancellation);
        await CheckAsync(await DueAsync("readers_read_at <= @before", Now - options.Interval, options.ReaderChecks, cancellation), cancellation);
        await DoubtedAsync(cancellation);
        await GroupsAsync(cancellation);
    }

    /// <summary>Asks for what the page just read has put in doubt or named for the first time.</summary>
    public async Task AfterPageAsync(CancellationToken cancellation)
    {
        if (!connector.HasReaders)
            return;
        await DoubtedAsync(cancellation);
        await GroupsAsync(cancellation);
    }

    private async Task DoubtedAsync(CancellationToken cancellation)
    {
        while (await DueAsync("readers_read_at is null", Now, AtOnce, cancellation) is { Count: > 0 } doubted)
            await CheckAsync(doubted, cancellation);
    }

    private async Task<IReadOnlyList<MirroredItem>> DueAsync(string condition, DateTime before, int limit, CancellationToken cancellation)
    {
        await using var transaction = await scope.BeginAsync(cancellation);
        return await transaction.QueryAsync<MirroredItem>(
            $"""
             select {MirroredItem.Columns} from source_items where source_id = @Id and (is_folder or document_id is not null) and {condition}
             order by readers_read_at nulls first, is_folder desc limit @limit
             """, new { Source.Id, before, limit }, cancellation);
    }

    /// <summary>
    /// Folders before files: what a folder puts in doubt is asked for after it, never at the same moment, when the answer might still be
    /// that of before.
    /// </summary>
    private async Task CheckAsync(IReadOnlyList<MirroredItem> due, CancellationToken cancellation)
    {
        foreach (var batch in due.GroupBy(item => item.IsFolder).OrderByDescending(kind => kind.Key).SelectMany(kind => kind.Chunk(AtOnce)))
        {
            var answers = new ConcurrentBag<(MirroredItem Item, string[]? Readers)>();
            var parallel = new ParallelOptions { MaxDegreeOfParallelism = options.Parallelism, CancellationToken = cancellation };
            await Parallel.ForEachAsync(batch, parallel, async (item, token) => answers.Add((item, await NowAsync(item, token))));
            var changed = answers.Where(answer => answer.Readers is { } readers && !readers.SequenceEqual(answer.Item.Readers ?? [])).ToList();
            await AskedAsync([.. answers.Except(changed).Select(answer => answer.Item.ItemId)], cancellation);
            // One after the other: folders within each other put the same items in doubt, and would wait for each other.
            foreach (var (item, readers) in changed)
                await ChangeAsync(item, readers!, cancellation);
        }
    }

    private async Task AskedAsync(string[] ids, CancellationToken cancellation)
    {
        await using var transaction = await scope.BeginAsync(cancellation);
        await transaction.ExecuteAsync(
            "update source_items set readers_read_at = @Now where source_id = @Id and item_id = any (@ids)", new { Now, Source.Id, ids }, cancellation);
        await transaction.CommitAsync(cancellation);
    }

    /// <summary>Nobody where the source says lastingly no; null where it does not say, and is asked again next time.</summary>
    private async Task<string[]?> NowAsync(MirroredItem item, CancellationToken cancellation)
    {
        try
        {
            return await connector.ReadersAsync(Source, item.ItemId, cancellation);
        }
        catch (ItemException failure)
        {
            return failure.IsLasting ? [] : null;
        }
    }

    private async Task ChangeAsync(MirroredItem item, string[] readers, CancellationToken cancellation)
    {
        await using var transaction = await scope.BeginAsync(cancellation);
        await transaction.ExecuteAsync(
            "update source_items set readers = @readers, readers_read_at = @Now where source_id = @Id and item_id = @ItemId",
            new { readers, Now, Source.Id, item.ItemId }, cancellation);
        if (item.DocumentId is { } document)
            await DocumentMirror.StampAsync(transaction, document, readers, cancellation);
        if (item.IsFolder)
            await items.DoubtBelowAsync(transaction, item.ItemId, cancellation);
        await transaction.CommitAsync(cancellation);
    }

    /// <summary>Asks for the members of groups not asked for in this interval, and forgets groups that read nothing any more.</summary>
    private async Task GroupsAsync(CancellationToken cancellation)
    {
        IReadOnlyList<string> groups;
        await using (var transaction = await scope.BeginAsync(cancellation))
        {
            groups = await transaction.QueryAsync<string>(
                "select distinct reader from source_items, unnest(readers) as reader where source_id = @Id and starts_with(reader, @GroupPrefix)",
                new { Source.Id, GroupPrefix }, cancellation);
            await transaction.ExecuteAsync(
                "delete from group_members where tenant = @Tenant and principal like @GroupPrefix || '%' and not principal = any (@groups)",
                new { Source.Tenant, GroupPrefix, groups = groups.ToArray() }, cancellation);
            await transaction.CommitAsync(cancellation);
        }

        // Whose members were forgotten is asked for them again, should it read something later in this interval.
        _asked.IntersectWith(groups);
        foreach (var group in groups.Where(_asked.Add))
        {
            var members = await connector.MembersAsync(Source, group[GroupPrefix.Length..], cancellation);
            await using var transaction = await scope.BeginAsync(cancellation);
            await SetMembersAsync(transaction, group, members, cancellation);
            await transaction.CommitAsync(cancellation);
        }
    }

    private async Task SetMembersAsync(TenantTransaction transaction, string group, string[] members, CancellationToken cancellation)
    {
        await transaction.ExecuteAsync(
            "delete from group_members where tenant = @Tenant and principal = @group and not member = any (@members)",
            new { Source.Tenant, group, members }, cancellation);
        await transaction.ExecuteAsync(
            """
            insert into group_members (tenant, member, principal) select distinct @Tenant, member, @group from unnest(@members) as member
            on conflict do nothing
            """, new { Source.Tenant, group, members }, cancellation);
    }
}
