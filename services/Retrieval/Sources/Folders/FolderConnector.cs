using System.Globalization;
using System.Security;
using Microsoft.Extensions.Options;

namespace LLMoin.Retrieval.Sources.Folders;

/// <summary>
/// A folder of the operator's file system, read by who may read the collection. Every run lists all of it: watching only makes the
/// next run come sooner, because notifications get lost.
/// </summary>
internal sealed class FolderConnector(IOptions<SourceOptions> options) : ISourceConnector
{
    public string Kind => "folder";

    public bool HasReaders => false;

    public bool IsAllowed(string tenant, string place)
        => options.Value.FolderRoots.TryGetValue(tenant, out var roots) && FolderPath.IsBelow(roots, place) && Directory.Exists(place);

    public Task<ChangePage> ChangesAsync(Source source, string? cursor, CancellationToken cancellation)
    {
        try
        {
            var changes = new List<SourceChange>();
            foreach (var file in FolderPath.Files(source.Place))
            {
                cancellation.ThrowIfCancellationRequested();
                var id = Path.GetRelativePath(source.Place, file.FullName).Replace(Path.DirectorySeparatorChar, '/');
                var version = string.Create(CultureInfo.InvariantCulture, $"{file.Length}-{file.LastWriteTimeUtc.Ticks}");
                changes.Add(new SourceChange(id, new SourceItem(id, null, false, file.Name, null, null, file.Length, version)));
            }

            return Task.FromResult(new ChangePage(changes, null, IsLast: true));
        }
        catch (DirectoryNotFoundException missing)
        {
            throw new SourceException(SourceReason.Missing, null, missing);
        }
        catch (Exception failure) when (failure is UnauthorizedAccessException or SecurityException)
        {
            throw new SourceException(SourceReason.Refused, null, failure);
        }
        catch (IOException failure)
        {
            throw new SourceException(SourceReason.Unreachable, null, failure);
        }
    }

    public Task<string[]> ReadersAsync(Source source, string itemId, CancellationToken cancellation) => Task.FromResult<string[]>([]);

    public Task<string[]> MembersAsync(Source source, string groupId, CancellationToken cancellation) => Task.FromResult<string[]>([]);

    public async Task<byte[]> ReadAsync(Source source, SourceItem item, int limit, CancellationToken cancellation)
    {
        try
        {
            await using var file = FolderPath.Open(source.Place, item.Id) ?? throw new ItemException(SourceReason.NotAllowed, isLasting: true);
            return await BoundedContent.ReadAsync(file, limit, cancellation);
        }
        catch (Exception failure) when (failure is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new ItemException(SourceReason.Missing, isLasting: false, failure);
        }
        catch (UnauthorizedAccessException failure)
        {
            throw new ItemException(SourceReason.Refused, isLasting: false, failure);
        }
        catch (IOException failure)
        {
            throw new ItemException(SourceReason.Unreachable, isLasting: false, failure);
        }
    }

    public IDisposable? Watch(Source source, Action changed)
    {
        try
        {
            var watcher = new FileSystemWatcher(source.Place)
            {
                IncludeSubdirectories = true,
                NotifyFilter = NotifyFilters.FileName | NotifyFilters.DirectoryName | NotifyFilters.LastWrite | NotifyFilters.Size,
            };
            watcher.Created += (_, _) => changed();
            watcher.Changed += (_, _) => changed();
            watcher.Deleted += (_, _) => changed();
            watcher.Renamed += (_, _) => changed();
            watcher.EnableRaisingEvents = true;
            return watcher;
        }
        catch (Exception failure) when (failure is IOException or ArgumentException)
        {
            // The system watches no more folders, or this one has gone: the interval remains.
            return null;
        }
    }
}
