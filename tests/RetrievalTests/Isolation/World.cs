using LLMoin.ServiceDefaults.InternalIdentity;

namespace LLMoin.RetrievalTests.Isolation;

internal sealed record Member(string Tenant, string Name)
{
    public HashSet<string> Roles { get; set; } = ["user"];

    public HashSet<string> Departments { get; set; } = [];

    public HashSet<string> Groups { get; } = [];

    public bool IsManager => Roles.Contains("source-manager");

    public bool IsAdmin => Roles.Contains("tenant-admin");

    public Caller Caller => new(Tenant, Name, Name, Roles.ToHashSet(), null) { Departments = Departments.ToHashSet() };

    public override string ToString() => $"{Tenant}/{Name} ({string.Join(' ', Roles.Concat(Departments).Concat(Groups))})";
}

internal sealed record Shelf(Guid Id, string Tenant, string Owner)
{
    public HashSet<string> Readers { get; set; } = [];
}

internal sealed record Paper(Guid Id, string Tenant, string Owner, string Visibility, Shelf? Shelf, string Word)
{
    public HashSet<string>? OwnReaders { get; set; }

    public string Text => TextOf(Word);

    public static string TextOf(string word) => $"Das Bauvorhaben {word} ist beschlossen.";
}

/// <summary>
/// What should be so, told as plainly as can be: every question goes through everything, nothing is indexed, kept or inherited. It
/// repeats the rules of services/Retrieval/README.md and shares no code with the service.
/// </summary>
internal sealed class World
{
    public List<Member> Members { get; } = [];

    public List<Shelf> Shelves { get; } = [];

    public List<Paper> Papers { get; } = [];

    public static IEnumerable<string> Principals(Member member) =>
    [
        "tenant", "user:" + member.Name, .. member.Roles.Select(role => "role:" + role), .. member.Departments.Select(department => "department:" + department),
        .. member.Groups.Select(group => "group:" + group),
    ];

    public static HashSet<string> Readers(Paper paper)
        => paper.OwnReaders ?? paper.Shelf?.Readers ?? (paper.Visibility == "tenant" ? ["tenant"] : ["user:" + paper.Owner]);

    public static bool Reads(Member member, Paper paper) => member.Tenant == paper.Tenant && Principals(member).Any(Readers(paper).Contains);

    public IReadOnlyList<Paper> ReadableBy(Member member) => [.. Papers.Where(paper => Reads(member, paper))];

    public static bool Manages(Member member, string owner)
    {
        if (owner.StartsWith("user:", StringComparison.Ordinal))
            return owner == "user:" + member.Name;
        return member.IsAdmin || (member.IsManager && Principals(member).Contains(owner));
    }

    public static bool Manages(Member member, Shelf shelf) => member.Tenant == shelf.Tenant && Manages(member, shelf.Owner);

    public static bool Reads(Member member, Shelf shelf) => member.Tenant == shelf.Tenant && Principals(member).Any(shelf.Readers.Contains);

    public static bool Sees(Member member, Shelf shelf) => Reads(member, shelf) || Manages(member, shelf);

    public static bool MayShareWith(Member member, IEnumerable<string> added) => member.IsManager || member.IsAdmin
        || added.All(reader => reader.StartsWith("user:", StringComparison.Ordinal) || member.Departments.Any(department => reader == "department:" + department));

    public static bool MayDelete(Member member, Paper paper) => paper.Visibility switch
    {
        "collection" => Manages(member, paper.Shelf!),
        "tenant" => paper.Owner == member.Name || member.IsAdmin,
        _ => paper.Owner == member.Name,
    };
}
