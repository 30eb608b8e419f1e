using LLMoin.ServiceDefaults.InternalIdentity;
using LLMoin.ServiceBed;
using Npgsql;

namespace LLMoin.RetrievalTests;

/// <summary>Row-level security without the code above it.</summary>
public sealed class DatabaseRefusalTests(Servers servers)
{
    private readonly string _tenant = "t" + Guid.NewGuid().ToString("n")[..12];

    [Fact]
    public async Task The_database_alone_keeps_readers_and_writers_apart()
    {
        var service = await servers.ServiceAsync("Retrieval");
        await using var database = new RawDatabase(service);
        var (mona, anna, otto) = (Person("mona", ["source-manager"], "bau"), Person("anna", ["user"], "bau"), Person("otto", ["user", "tenant-admin"]));
        using var manager = service.ClientFor(mona);
        var collection = await manager.CollectionAsync("department:bau");
        await manager.ReadyInAsync(collection, "Nur für das Bauamt.");

        HashSet<string> misleading = ["b", "bau,department:bau", "x\",\"department:bau", "{bau}"];
        foreach (var table in new[] { "documents", "chunks", "document_files" })
        {
            Assert.Equal((1, 1, 0), (await database.CountAsync(table, mona), await database.CountAsync(table, anna), await database.CountAsync(table, otto)));
            Assert.Equal(0, await database.CountAsync(table, mona with { Tenant = _tenant + "x" }));
            // Names that contain others' do not stand for them.
            Assert.Equal(0, await database.CountAsync(table, otto with { Departments = misleading }));
        }

        // A reader changes and deletes nothing; a manager who does not read deletes no single document unseen.
        foreach (var (who, sql) in new[]
                 {
                     (anna, "update collections set readers = '{user:anna}'"), (anna, "delete from collections"), (anna, "delete from documents"),
                     (anna, "update documents set own_readers = '{user:anna}'"), (otto, "delete from documents"),
                     (otto with { Tenant = _tenant + "x" }, "delete from collections"),
                 })
            await database.ExecuteAsync(who, sql);
        Assert.Equal((1, 1), (await database.CountAllAsync("collections", _tenant), await database.CountAllAsync("documents", _tenant)));
        Assert.Equal(1, await database.CountAsync("documents", mona));

        await RefusedAsync(anna, Insert($"'{collection}'"), _tenant, "anna", "collection");
        await RefusedAsync(anna, Insert("null"), _tenant, "anna", "tenant");
        await RefusedAsync(anna, Insert("null"), _tenant, "mona", "private");
        await RefusedAsync(anna, Insert("null"), _tenant + "x", "anna", "private");
        await RefusedAsync(anna, "insert into group_members values ($1, $2, $3)", _tenant, "anna", "group:wiki/rat");
        const string others = "insert into collections (id, tenant, owner, name, readers) values (gen_random_uuid(), $1, $2, $3, '{tenant}')";
        await RefusedAsync(otto, others, _tenant, "user:anna", "x");
        Assert.Equal(1, await database.CountAsync("documents", mona));

        static string Insert(string collection) =>
            $"""
             insert into documents (id, tenant, owner, visibility, collection_id, title, own_title, file_name, media_type, content, content_hash, characters)
             values (gen_random_uuid(), $1, $2, $3, {collection}, 'x', true, 'x', 'text/plain', '', '\x00', 0)
             """;

        async Task RefusedAsync(Caller who, string sql, params object[] values)
        {
            var exception = await Assert.ThrowsAsync<PostgresException>(() => database.ExecuteAsync(who, sql, values));
            Assert.Contains(exception.SqlState, new[] { PostgresErrorCodes.InsufficientPrivilege, PostgresErrorCodes.NotNullViolation });
        }
    }

    private Caller Person(string user, string[] roles, params string[] departments)
        => new(_tenant, user, user, roles.ToHashSet(), null) { Departments = departments.ToHashSet() };
}
