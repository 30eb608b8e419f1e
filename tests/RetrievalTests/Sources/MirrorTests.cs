using System.Globalization;
using LLMoin.Retrieval.Sources;
using LLMoin.ServiceBed;

namespace LLMoin.RetrievalTests.Sources;

/// <summary>
/// A library changes at random and is throttled, cut off and made to start over; after each synchronisation the database shows each
/// person exactly what the library would. <c>LLMOIN_TEST_SEED</c> repeats a run, <c>LLMOIN_TEST_ITEMS</c> makes it larger.
/// </summary>
public sealed class MirrorTests(Servers servers)
{
    private const int UsualItems = 500;
    private const int Rounds = 6;

    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(2);

    [Fact]
    public async Task Everybody_reads_exactly_what_the_library_lets_them_whatever_happens_on_the_way()
    {
        var seed = Number("LLMOIN_TEST_SEED") ?? Random.Shared.Next();
        var count = Number("LLMOIN_TEST_ITEMS") ?? UsualItems;
        var library = new Library(new Random(seed));
        library.Populate(count);
        await using var graph = await FakeGraph.StartAsync(library);
        graph.ThrottleEvery = 97;
        // Far fewer than there are: changes must be noticed by being told of.
        await using var bed = await SyncBed.StartAsync(servers, graph, new SourceOptions { Interval = Interval, ReaderChecks = 50 });

        using (var crash = new CancellationTokenSource())
        {
            graph.OnRequest = number =>
            {
                if (number == count)
                    crash.Cancel();
            };
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => bed.TrySyncAsync(crash.Token));
        }

        Assert.InRange((await bed.AllAsync()).Count, 1, library.Files.Count - 1);
        // People go on working while it is down, and while it is catching up.
        Work(library, 20);
        graph.OnRequest = number =>
        {
            if (number % 50 == 0)
                Work(library, 1);
        };
        bed.Clock.Advance(Interval);
        await bed.SyncAsync();
        Assert.Equal(1, graph.ListsBegun);
        graph.OnRequest = _ => { };

        for (var round = 0; round < Rounds; round++)
        {
            Work(library, 40);
            if (round == 2)
                graph.LoseCursors();
            if (round == 3)
                graph.RevokeTokens();
            bed.Clock.Advance(Interval);
            await bed.SyncAsync();
            await CompareAsync(library, bed, $"seed {seed}, round {round}");
        }

        Assert.Equal(2, graph.ListsBegun);
        Assert.True(graph.Throttled > 10, $"Throttled only {graph.Throttled} times.");
        Assert.Empty(graph.Offences);
    }

    [Fact]
    public async Task What_is_unchanged_is_not_read_again_and_what_is_taken_back_without_a_word_is_gone_within_five_minutes()
    {
        var library = new Library(new Random(1));
        var person = library.People[0];
        var own = library.Add(false, Library.Root, [new Grant(GrantKind.PersonByMail, person)]);
        var group = Guid.NewGuid().ToString();
        library.Groups["inner"] = [person];
        library.Groups[group] = ["#inner"];
        var grouped = library.Add(false, Library.Root, [new Grant(GrantKind.Group, group)]);
        await using var graph = await FakeGraph.StartAsync(library);
        await using var bed = await SyncBed.StartAsync(servers, graph, new SourceOptions { Interval = Interval });
        await bed.SyncAsync();
        Assert.Equal(new[] { own.Name, grouped.Name }.Order(), (await bed.ReadableAsync(person.ToUpperInvariant())).Order());
        Assert.Equal(2, graph.Downloads);

        library.Put(own with { Own = [] }, isTold: false);
        library.Groups["inner"].Clear();
        bed.Clock.Advance(TimeSpan.FromMinutes(1));
        await bed.TrySyncAsync();
        Assert.Equal(2, (await bed.ReadableAsync(person)).Count);

        bed.Clock.Advance(TimeSpan.FromMinutes(1));
        await bed.SyncAsync();
        Assert.Empty(await bed.ReadableAsync(person));

        library.Put(own with { Own = [new Grant(GrantKind.EverybodyByLink, "")], Parent = Library.Root });
        bed.Clock.Advance(Interval);
        await bed.SyncAsync();
        Assert.Equal([own.Name], await bed.ReadableAsync("jemand@anderswo.example"));
        Assert.Equal(2, graph.Downloads);
        Assert.Equal(3, graph.SignIns);
    }

    [Fact]
    public async Task A_group_that_loses_its_last_document_and_gets_another_in_one_synchronisation_keeps_its_members()
    {
        var library = new Library(new Random(1));
        var person = library.People[0];
        var group = Guid.NewGuid().ToString();
        library.Groups[group] = [person];
        var old = library.Add(false, Library.Root, [new Grant(GrantKind.Group, group)]);
        await using var graph = await FakeGraph.StartAsync(library);
        await using var bed = await SyncBed.StartAsync(servers, graph, new SourceOptions { Interval = Interval });
        await bed.SyncAsync();
        Assert.Equal([old.Name], await bed.ReadableAsync(person));

        library.Put(old with { Own = [] }, isTold: false);
        var other = library.Add(false, Library.Root, [new Grant(GrantKind.Group, group)]);
        bed.Clock.Advance(Interval);
        await bed.SyncAsync();
        Assert.Equal([other.Name], await bed.ReadableAsync(person));
    }

    [Fact]
    public async Task What_a_folder_was_shared_with_for_a_moment_does_not_stay_at_the_files_in_it()
    {
        var library = new Library(new Random(1));
        var (person, other) = (library.People[0], library.People[1]);
        var folder = library.Add(true, Library.Root, [new Grant(GrantKind.PersonByMail, other)]);
        var file = library.Add(false, folder.Id) with { Own = null };
        library.Put(file);
        await using var graph = await FakeGraph.StartAsync(library);
        // Of what nobody tells of one is asked for in an interval, folders first: the file's turn does not come.
        await using var bed = await SyncBed.StartAsync(servers, graph, new SourceOptions { Interval = Interval, ReaderChecks = 1 });
        await bed.SyncAsync();
        Assert.Equal([file.Name], await bed.ReadableAsync(other));

        library.Put(file with { Content = 2 });
        graph.OnPermissions = id =>
        {
            if (id == file.Id)
                library.Put(folder with { Own = [new Grant(GrantKind.PersonByMail, person)] }, isTold: false);
        };
        bed.Clock.Advance(Interval);
        await bed.SyncAsync();
        Assert.Equal([file.Name], await bed.ReadableAsync(person));

        graph.OnPermissions = _ => { };
        library.Put(folder);
        bed.Clock.Advance(Interval);
        await bed.SyncAsync();
        Assert.Empty(await bed.ReadableAsync(person));
        Assert.Equal([file.Name], await bed.ReadableAsync(other));
    }

    [Fact]
    public async Task A_source_that_asks_for_a_long_pause_is_left_alone()
    {
        var library = new Library(new Random(1));
        library.Add(false, Library.Root, []);
        await using var graph = await FakeGraph.StartAsync(library);
        (graph.ThrottleEvery, graph.RetryAfter) = (1, 900);
        await using var bed = await SyncBed.StartAsync(servers, graph, new SourceOptions { Interval = Interval });
        await bed.TrySyncAsync();
        Assert.Equal(("failed", "busy"), await bed.StateAsync());
        Assert.Equal(1, graph.Throttled);

        graph.ThrottleEvery = 0;
        bed.Clock.Advance(TimeSpan.FromMinutes(14));
        await bed.TrySyncAsync();
        Assert.Equal("failed", (await bed.StateAsync()).State);
        bed.Clock.Advance(TimeSpan.FromMinutes(2));
        await bed.SyncAsync();
        Assert.Single(await bed.AllAsync());
    }

    [Fact]
    public async Task A_file_that_is_empty_for_a_moment_keeps_its_document_and_one_that_stays_empty_does_not()
    {
        var folder = Directory.CreateTempSubdirectory("llmoin-emptied-");
        var file = Path.Combine(folder.FullName, "kantine.md");
        await File.WriteAllTextAsync(file, "Alt.");
        await using var graph = await FakeGraph.StartAsync(new Library(new Random(1)));
        await using var bed = await SyncBed.StartAsync(
            servers, graph, new SourceOptions { Interval = Interval, FolderRoots = new Dictionary<string, string[]> { [SyncBed.Tenant] = [folder.FullName] } }, folder.FullName);
        await SyncAgainAsync("kantine.md Alt.");

        await SyncAgainAsync("kantine.md Alt.", "");
        await SyncAgainAsync("kantine.md Neu.", "Neu.");
        await SyncAgainAsync("kantine.md Neu.", "");
        await SyncAgainAsync(null);
        folder.Delete(recursive: true);

        async Task SyncAgainAsync(string? expected, string? saved = null)
        {
            if (saved is not null)
                await File.WriteAllTextAsync(file, saved);
            bed.Clock.Advance(Interval);
            await bed.SyncAsync();
            Assert.Equal(expected is null ? [] : [expected], await bed.AllAsync());
        }
    }

    private static async Task CompareAsync(Library library, SyncBed bed, string when)
    {
        var all = await bed.AllAsync();
        Assert.Equal(library.Files.Select(file => $"{file.Name} {file.Text}").Order(StringComparer.Ordinal), all.Order(StringComparer.Ordinal));
        var shown = 0;
        foreach (var person in library.People.Append("fremd@anderswo.example"))
        {
            var expected = library.Files.Where(file => library.Reads(person, file)).Select(file => file.Name).ToHashSet();
            var actual = (await bed.ReadableAsync(person)).ToHashSet();
            var (leaks, lost) = (actual.Except(expected).ToList(), expected.Except(actual).ToList());
            Assert.True(leaks.Count == 0 && lost.Count == 0, $"{when}: {person} reads {string.Join(' ', leaks)} too many, lacks {string.Join(' ', lost)}.");
            shown += actual.Count;
        }

        Assert.True(shown > 0, "Nobody reads anything: nothing was compared.");
    }

    private static void Work(Library library, int changes)
    {
        lock (library.Gate)
        {
            for (var i = 0; i < changes; i++)
                library.Change();
        }
    }

    private static int? Number(string variable)
        => int.TryParse(Environment.GetEnvironmentVariable(variable), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
