namespace LLMoin.RetrievalTests.Sources;

internal enum GrantKind
{
    PersonByMail,
    PersonByClaim,
    PersonByLink,
    Group,
    GroupByClaim,
    EverybodyByLink,
    LinkWithPassword,
    Expired,
    SiteGroup,
    App,
}

/// <param name="To">An address or a group's id; of no meaning where everybody or nobody is meant.</param>
internal sealed record Grant(GrantKind Kind, string To);

/// <param name="Own">What is granted on it alone; null: as on the folder that it is in.</param>
/// <param name="Content">Counts its contents.</param>
internal sealed record Entry(string Id, string? Parent, bool IsFolder, string Name, int Content, IReadOnlyList<Grant>? Own)
{
    /// <summary>Words that no other content has.</summary>
    public string Text => $"Der Vorgang {Word} ist erledigt. Stand {Content}.";

    public string Word => "vorgang" + string.Concat(Id.Skip(1).Select(digit => (char)('a' + digit - '0')));
}

/// <summary>
/// A document library with its directory of people and groups, and the plain truth about who may read what: every question goes
/// through everything, and nothing is shared with the service.
/// </summary>
internal sealed class Library(Random random)
{
    public const string Root = "root";

    private int _next;

    public Lock Gate { get; } = new();

    public SortedDictionary<string, Entry> Entries { get; } = new(StringComparer.Ordinal) { [Root] = new(Root, null, true, "root", 0, []) };

    /// <summary>Ids of what has changed, oldest first.</summary>
    public List<string> Changes { get; } = [];

    /// <summary>Groups with their members: addresses, and other groups as <c>#id</c>.</summary>
    public Dictionary<string, HashSet<string>> Groups { get; } = [];

    public IReadOnlyList<string> People { get; } = [.. Enumerable.Range(0, 12).Select(i => $"Person{i}@amt.example")];

    public IReadOnlyList<Entry> Files => [.. Entries.Values.Where(entry => !entry.IsFolder)];

    private IReadOnlyList<Entry> Folders => [.. Entries.Values.Where(entry => entry.IsFolder)];

    public bool Reads(string person, Entry entry) => Effective(entry).Any(grant => grant.Kind switch
    {
        GrantKind.PersonByMail or GrantKind.PersonByClaim or GrantKind.PersonByLink => grant.To == person,
        GrantKind.Group or GrantKind.GroupByClaim => MembersOf(grant.To).Contains(person),
        GrantKind.EverybodyByLink => true,
        _ => false,
    });

    public IReadOnlyList<Grant> Effective(Entry entry) => entry.Own ?? (entry.Parent is null ? [] : Effective(Entries[entry.Parent]));

    public HashSet<string> MembersOf(string group)
    {
        var (seen, open, people) = (new HashSet<string>(), new Stack<string>([group]), new HashSet<string>());
        while (open.TryPop(out var next))
        {
            if (!seen.Add(next) || !Groups.TryGetValue(next, out var members))
                continue;
            people.UnionWith(members.Where(member => member[0] != '#'));
            foreach (var inner in members.Where(member => member[0] == '#'))
                open.Push(inner[1..]);
        }

        return people;
    }

    public void Populate(int files)
    {
        for (var i = 0; i < 10; i++)
            Groups[Guid.NewGuid().ToString()] = [];
        foreach (var group in Groups.Keys.ToList())
            ChangeGroup(group, times: 4);
        for (var i = 0; i < Math.Max(4, files / 50); i++)
            Add(isFolder: true);
        for (var i = 0; i < files; i++)
            Add(isFolder: false);
    }

    /// <summary>Somebody does something in SharePoint.</summary>
    public void Change()
    {
        var file = Pick(Files);
        switch (random.Next(12))
        {
            case 0 or 1 or 2:
                Put(file with { Own = random.Next(4) == 0 ? null : SomeGrants() });
                break;
            case 3:
                var folder = Pick(Folders);
                Put(folder with { Own = folder.Parent is not null && random.Next(4) == 0 ? null : SomeGrants() });
                break;
            case 4 or 5:
                ChangeGroup(Pick([.. Groups.Keys]), times: 1);
                break;
            case 6:
                Add(isFolder: false);
                break;
            case 7:
                Remove(file);
                break;
            case 8:
                Put(file with { Content = file.Content + 1 });
                break;
            case 9:
                Put(file with { Parent = Pick(Folders).Id });
                break;
            case 10:
                Put(file with { Name = "neu-" + file.Id + ".txt" });
                break;
            default:
                if (random.Next(5) == 0 && Pick(Folders) is { Parent: not null } gone)
                    Remove(gone);
                break;
        }
    }

    public Entry Add(bool isFolder, string? parent = null, IReadOnlyList<Grant>? own = null)
    {
        var id = $"i{_next++:d6}";
        var entry = new Entry(id, parent ?? Pick(Folders).Id, isFolder, isFolder ? id : id + ".txt", 1, own ?? (random.Next(3) == 0 ? SomeGrants() : null));
        Put(entry);
        return entry;
    }

    public void Put(Entry entry, bool isTold = true)
    {
        Entries[entry.Id] = entry;
        if (isTold)
            Changes.Add(entry.Id);
    }

    /// <summary>What is in a folder goes with it, and only the folder is told of.</summary>
    public void Remove(Entry entry)
    {
        Entries.Remove(entry.Id);
        Changes.Add(entry.Id);
        while (Entries.Values.FirstOrDefault(inner => inner.Parent is { } parent && !Entries.ContainsKey(parent)) is { } orphan)
            Entries.Remove(orphan.Id);
    }

    private void ChangeGroup(string group, int times)
    {
        for (var i = 0; i < times; i++)
        {
            var member = random.Next(4) == 0 ? "#" + Pick([.. Groups.Keys]) : Pick(People);
            if (!Groups[group].Remove(member))
                Groups[group].Add(member);
        }
    }

    private List<Grant> SomeGrants() => [.. Enumerable.Range(0, random.Next(4)).Select(_ => SomeGrant())];

    private Grant SomeGrant()
    {
        var kind = random.Next(8) == 0 ? GrantKind.EverybodyByLink : Pick(Enum.GetValues<GrantKind>().Where(kind => kind != GrantKind.EverybodyByLink).ToArray());
        return new Grant(kind, kind is GrantKind.Group or GrantKind.GroupByClaim ? Pick([.. Groups.Keys]) : Pick(People));
    }

    private T Pick<T>(IReadOnlyList<T> from) => from[random.Next(from.Count)];
}
