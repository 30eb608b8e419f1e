using LLMoin.Benchmarks.Retrieval.Sets;
using LLMoin.Retrieval.Index;
using Npgsql;

namespace LLMoin.Benchmarks.Retrieval.Contenders;

/// <summary>
/// PostgreSQL's full text search with its German configuration: a tsvector column with a GIN index, any word of the query, headings
/// above text by weight, a passage's length taken into account.
/// </summary>
internal sealed class PostgresFullText(NpgsqlDataSource database, string rank) : Contender($"PostgreSQL {rank}")
{
    private const int ByLogarithmOfLength = 1;

    private readonly string _table = $"passages_{rank}";

    public override bool IsInProcess => false;

    public override async Task BuildAsync(IReadOnlyList<IndexedDocument> documents)
    {
        await ExecuteAsync($"drop table if exists {_table}; create unlogged table {_table} (document int, passage int, words tsvector)");
        var rows = documents.SelectMany((document, number) => document.Passages.Select((passage, ordinal) => (number, ordinal, Headings: document.Title + "\n" + passage.HeadingPath, passage.Text)));
        foreach (var batch in rows.Chunk(2000))
        {
            await using var insert = database.CreateCommand(
                $"""
                insert into {_table}
                select d, p, setweight(to_tsvector('german', headings), 'B') || setweight(to_tsvector('german', text), 'D')
                from unnest($1, $2, $3, $4) as row (d, p, headings, text)
                """);
            insert.Parameters.AddWithValue(batch.Select(row => row.number).ToArray());
            insert.Parameters.AddWithValue(batch.Select(row => row.ordinal).ToArray());
            insert.Parameters.AddWithValue(batch.Select(row => row.Headings).ToArray());
            insert.Parameters.AddWithValue(batch.Select(row => row.Text).ToArray());
            await insert.ExecuteNonQueryAsync();
        }

        await ExecuteAsync($"create index on {_table} using gin (words); analyze {_table}");
    }

    public override async ValueTask<IReadOnlyList<Place>> SearchAsync(string query)
    {
        await using var command = database.CreateCommand(
            $"""
            with any_word as (select replace(plainto_tsquery('german', $1)::text, '&', '|')::tsquery as query)
            select document, passage from {_table}, any_word where words @@ query
            order by {rank}(words, query, {ByLogarithmOfLength}) desc, document, passage limit 10
            """);
        command.Parameters.AddWithValue(query);
        await using var reader = await command.ExecuteReaderAsync();
        var found = new List<Place>();
        while (await reader.ReadAsync())
            found.Add(new Place(reader.GetInt32(0), reader.GetInt32(1)));
        return found;
    }

    private async Task ExecuteAsync(string sql)
    {
        await using var command = database.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }
}
