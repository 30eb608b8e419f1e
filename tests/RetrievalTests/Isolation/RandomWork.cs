using System.Net;
using System.Text;
using LLMoin.ServiceBed;

namespace LLMoin.RetrievalTests.Isolation;

/// <summary>People at random do things at random, allowed and not, on a replica at random; the world says what must come of it.</summary>
internal sealed class RandomWork(World world, Random random, RawDatabase database, ServiceProcess[] replicas)
{
    private const int MostPapers = 36;

    private static readonly string[] Departments = ["bau", "sport"];
    private static readonly string[] Groups = ["wiki/rat", "wiki/amt"];
    private static readonly string[] Roles = ["source-manager", "tenant-admin", "prompt-editor"];

    /// <summary>What was last tried.</summary>
    public string Doing { get; private set; } = "";

    public void Populate(params string[] tenants)
    {
        foreach (var tenant in tenants)
        {
            // The same names in each tenant: nothing may depend on their being different.
            foreach (var name in new[] { "anna", "berta", "cora", "dora" })
            {
                var member = new Member(tenant, name);
                Reassign(member);
                world.Members.Add(member);
            }
        }
    }

    /// <summary>Goes on until there is a collection and a document, whoever may make one.</summary>
    public async Task BeginAsync()
    {
        while (world.Shelves.Count == 0)
            await CreateShelfAsync();
        while (world.Papers.Count == 0)
            await UploadAsync();
    }

    public Task StepAsync() => random.Next(20) switch
    {
        < 7 => world.Papers.Count < MostPapers ? UploadAsync() : DeletePaperAsync(),
        < 9 => CreateShelfAsync(),
        < 13 => ShareAsync(),
        < 14 => DeletePaperAsync(),
        < 15 => DeleteShelfAsync(),
        < 17 => MirrorReadersAsync(),
        < 18 => MirrorGroupAsync(),
        _ => ReassignAsync(),
    };

    private async Task UploadAsync()
    {
        var (member, shelf) = (Pick(world.Members), random.Next(2) == 0 && world.Shelves.Count > 0 ? Pick(world.Shelves) : null);
        var visibility = shelf is not null ? "collection" : random.Next(3) == 0 ? "tenant" : "private";
        Doing = $"{member} uploads ({visibility} {shelf?.Id})";
        var expected = visibility switch
        {
            "collection" => !World.Sees(member, shelf!) ? HttpStatusCode.NotFound
                : World.Manages(member, shelf!) && World.Reads(member, shelf!) ? HttpStatusCode.Created : HttpStatusCode.Forbidden,
            "tenant" => member.IsManager || member.IsAdmin ? HttpStatusCode.Created : HttpStatusCode.Forbidden,
            _ => HttpStatusCode.Created,
        };
        var word = "wort" + string.Concat(Enumerable.Range(0, 10).Select(_ => (char)('a' + random.Next(26))));
        using var client = Client(member);
        var text = Encoding.UTF8.GetBytes(Paper.TextOf(word));
        var answer = await client.UploadAsync(text, visibility: shelf is null ? visibility : null, collection: shelf?.Id).OkAsync(expected);
        if (expected != HttpStatusCode.Created)
            return;
        Assert.Equal("ready", (string?)answer["status"]);
        world.Papers.Add(new Paper((Guid)answer["id"]!, member.Tenant, member.Name, visibility, shelf, word));
    }

    private async Task CreateShelfAsync()
    {
        var member = Pick(world.Members);
        var owner = Pick(["user:" + member.Name, "tenant", "department:" + Pick(Departments), "user:" + Pick(world.Members).Name]);
        HashSet<string> readers = random.Next(3) == 0 ? [] : SomeReaders();
        var complete = Complete(owner, readers.Count == 0 ? [owner] : readers);
        Doing = $"{member} creates a collection of {owner} for {string.Join(' ', readers)}";
        var expected = owner.StartsWith("user:", StringComparison.Ordinal) && owner != "user:" + member.Name ? HttpStatusCode.BadRequest
            : World.Manages(member, owner) && World.MayShareWith(member, complete) ? HttpStatusCode.Created : HttpStatusCode.Forbidden;
        using var client = Client(member);
        var answer = await client.CreateCollectionAsync("Wissen", owner, [.. readers]).OkAsync(expected);
        if (expected == HttpStatusCode.Created)
            world.Shelves.Add(new Shelf((Guid)answer["id"]!, member.Tenant, owner) { Readers = complete });
    }

    private async Task ShareAsync()
    {
        if (world.Shelves.Count == 0)
            return;
        var (member, shelf, readers) = (Pick(world.Members), Pick(world.Shelves), SomeReaders());
        // Mostly somebody who may.
        if (random.Next(3) > 0)
            member = world.Members.FirstOrDefault(someone => World.Manages(someone, shelf)) ?? member;
        var complete = Complete(shelf.Owner, readers);
        Doing = $"{member} shares {shelf.Id} of {shelf.Owner} with {string.Join(' ', readers)}";
        var expected = !World.Sees(member, shelf) ? HttpStatusCode.NotFound
            : World.Manages(member, shelf) && World.MayShareWith(member, complete.Except(shelf.Readers)) ? HttpStatusCode.OK : HttpStatusCode.Forbidden;
        using var client = Client(member);
        await client.ShareAsync(shelf.Id, [.. readers]).OkAsync(expected);
        if (expected == HttpStatusCode.OK)
            shelf.Readers = complete;
    }

    private async Task DeletePaperAsync()
    {
        if (world.Papers.Count == 0)
            return;
        var (member, paper) = (Pick(world.Members), Pick(world.Papers));
        Doing = $"{member} deletes document {paper.Id}";
        var expected = !World.Reads(member, paper) ? HttpStatusCode.NotFound : World.MayDelete(member, paper) ? HttpStatusCode.NoContent : HttpStatusCode.Forbidden;
        using var client = Client(member);
        Assert.Equal(expected, (await client.DeleteAsync($"{RetrievalClient.Documents}/{paper.Id}")).StatusCode);
        if (expected == HttpStatusCode.NoContent)
            world.Papers.Remove(paper);
    }

    private async Task DeleteShelfAsync()
    {
        if (world.Shelves.Count == 0)
            return;
        var (member, shelf) = (Pick(world.Members), Pick(world.Shelves));
        Doing = $"{member} deletes collection {shelf.Id}";
        var expected = !World.Sees(member, shelf) ? HttpStatusCode.NotFound : World.Manages(member, shelf) ? HttpStatusCode.NoContent : HttpStatusCode.Forbidden;
        using var client = Client(member);
        Assert.Equal(expected, (await client.DeleteAsync($"{RetrievalClient.Collections}/{shelf.Id}")).StatusCode);
        if (expected != HttpStatusCode.NoContent)
            return;
        world.Shelves.Remove(shelf);
        world.Papers.RemoveAll(paper => paper.Shelf == shelf);
    }

    /// <summary>A source says who may read a document, or no longer says it.</summary>
    private async Task MirrorReadersAsync()
    {
        if (world.Papers.Count == 0)
            return;
        var paper = Pick(world.Papers);
        HashSet<string>? readers = random.Next(3) == 0 ? null : [.. SomeReaders(), "group:" + Pick(Groups)];
        Doing = $"a source gives {paper.Id} to {string.Join(' ', readers ?? ["its collection's readers"])}";
        await database.MirrorAsync(paper.Tenant, "update documents set own_readers = $2 where id = $1", paper.Id, readers?.ToArray() ?? (object)DBNull.Value);
        paper.OwnReaders = readers;
    }

    private async Task MirrorGroupAsync()
    {
        var (member, group) = (Pick(world.Members), Pick(Groups));
        Doing = $"a source changes whether {member} is in {group}";
        var sql = member.Groups.Remove(group) ? "delete from group_members where tenant = $1 and member = $2 and principal = $3"
            : member.Groups.Add(group) ? "insert into group_members (tenant, member, principal) values ($1, $2, $3)" : "";
        await database.MirrorAsync(member.Tenant, sql, member.Tenant, "user:" + member.Name, "group:" + group);
    }

    private Task ReassignAsync()
    {
        var member = Pick(world.Members);
        Doing = $"{member} gets other roles and departments";
        Reassign(member);
        return Task.CompletedTask;
    }

    private void Reassign(Member member)
    {
        member.Roles = ["user", .. Roles.Where(_ => random.Next(3) == 0)];
        member.Departments = [.. Departments.Where(_ => random.Next(2) == 0)];
    }

    private HashSet<string> SomeReaders()
    {
        string[] all =
        [
            "tenant", "role:prompt-editor", "role:source-manager", "department:bau", "department:sport", "user:anna", "user:berta", "user:cora", "user:nobody",
        ];
        return [.. Enumerable.Range(0, 1 + random.Next(3)).Select(_ => Pick(all))];
    }

    private static HashSet<string> Complete(string owner, HashSet<string> readers)
        => owner.StartsWith("user:", StringComparison.Ordinal) ? [owner, .. readers] : readers;

    private HttpClient Client(Member member) => Pick(replicas).ClientFor(member.Caller);

    private T Pick<T>(IReadOnlyList<T> from) => from[random.Next(from.Count)];
}
