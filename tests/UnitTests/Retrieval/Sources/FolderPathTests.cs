using LLMoin.Retrieval.Sources.Folders;

namespace LLMoin.UnitTests.Retrieval.Sources;

public sealed class FolderPathTests : IDisposable
{
    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("llmoin-root-");
    private readonly DirectoryInfo _outside = Directory.CreateTempSubdirectory("llmoin-outside-");

    public void Dispose()
    {
        _root.Delete(recursive: true);
        _outside.Delete(recursive: true);
    }

    [Fact]
    public void Only_what_is_below_a_root_without_a_link_on_the_way_is_allowed()
    {
        var inside = _root.CreateSubdirectory("amt").FullName;
        Directory.CreateSymbolicLink(Path.Combine(_root.FullName, "link"), _outside.FullName);
        _outside.CreateSubdirectory("tief");
        string[] roots = [_root.FullName + "/"];

        foreach (var allowed in new[] { _root.FullName, inside, inside + "/", Path.Combine(inside, "..", "amt") })
            Assert.True(FolderPath.IsBelow(roots, allowed), allowed);
        foreach (var refused in new[]
                 {
                     _outside.FullName, _root.FullName + "x", Path.Combine(_root.FullName, ".."), Path.Combine(_root.FullName, "link"),
                     Path.Combine(_root.FullName, "link", "tief"), "amt", "", "/", _root.FullName + "\0",
                 })
            Assert.False(FolderPath.IsBelow(roots, refused), refused);
        Assert.False(FolderPath.IsBelow([], inside));
    }

    [Fact]
    public void What_leads_elsewhere_is_not_opened_even_if_it_was_a_file_when_it_was_listed()
    {
        var (file, secret) = (Path.Combine(_root.FullName, "a.txt"), Path.Combine(_outside.FullName, "geheim.txt"));
        File.WriteAllText(file, "offen");
        File.WriteAllText(secret, "geheim");
        using (var stream = FolderPath.Open(_root.FullName, "a.txt"))
            Assert.Equal("offen", new StreamReader(stream!).ReadToEnd());

        File.Delete(file);
        File.CreateSymbolicLink(file, secret);
        Assert.Null(FolderPath.Open(_root.FullName, "a.txt"));
        Assert.Null(FolderPath.Open(_root.FullName, "../" + _outside.Name + "/geheim.txt"));
        Assert.Empty(FolderPath.Files(_root.FullName));
    }

    [Fact]
    public void A_root_that_is_itself_reached_through_a_link_is_the_operators_choice()
    {
        File.WriteAllText(Path.Combine(_outside.FullName, "b.txt"), "offen");
        var link = Path.Combine(_root.FullName, "link");
        Directory.CreateSymbolicLink(link, _outside.FullName);
        Assert.True(FolderPath.IsBelow([link], link));
        using var stream = FolderPath.Open(link, "b.txt");
        Assert.NotNull(stream);
        Assert.Single(FolderPath.Files(link));
    }
}
