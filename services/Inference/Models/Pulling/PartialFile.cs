using System.Security.Cryptography;
using System.Text.Json;

namespace LLMoin.Inference.Models.Pulling;

/// <summary>
/// A model file on its way: <c>FILE.part</c>, and in <c>FILE.part.json</c> which version of the file it is a part of, so that a later run goes
/// on with the same version or begins anew. The checksum is computed while bytes are written.
/// </summary>
internal sealed class PartialFile : IDisposable
{
    private readonly string _path;
    private readonly string _target;
    private readonly FileStream _stream;
    private IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    private PartialFile(string target)
    {
        _target = target;
        _path = PathFor(target);
        _stream = new FileStream(_path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1 << 20);
    }

    /// <summary>Bytes that are there.</summary>
    public long Length => _stream.Position;

    private string VersionFile => _path + ".json";

    public static string PathFor(string target) => target + ".part";

    /// <summary>Bytes of an earlier run that can be continued.</summary>
    public static long Continuable(string target, RemoteFile remote)
        => new FileInfo(PathFor(target)) is { Exists: true } part && part.Length <= remote.Size && IsSame(PathFor(target) + ".json", remote) ? part.Length : 0;

    /// <summary>Opens what an earlier run left of this version, or begins.</summary>
    /// <exception cref="PullException">Another process is at it.</exception>
    public static async Task<PartialFile> OpenAsync(string target, RemoteFile remote, CancellationToken cancellation)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        var continuable = Continuable(target, remote);
        PartialFile file;
        try
        {
            file = new PartialFile(target);
        }
        catch (IOException e)
        {
            throw new PullException($"{PathFor(target)} cannot be written; is another pull at it? ({e.Message})");
        }
        if (continuable > 0)
            await file.HashWhatIsThereAsync(cancellation);
        else
            file.Restart();
        await File.WriteAllTextAsync(file.VersionFile, JsonSerializer.Serialize(remote), cancellation);
        return file;
    }

    public async Task AppendAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellation)
    {
        await _stream.WriteAsync(bytes, cancellation);
        _hash.AppendData(bytes.Span);
    }

    public void Restart()
    {
        _stream.SetLength(0);
        _hash.Dispose();
        _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    }

    /// <summary>The checksum of what is there, in lower-case hexadecimal digits.</summary>
    public string Sha256() => Convert.ToHexStringLower(_hash.GetCurrentHash());

    /// <summary>Gives the file its name, in one step, if it is a model; else it goes.</summary>
    /// <exception cref="ModelFileException">It is none.</exception>
    public void Finish()
    {
        _stream.Flush(flushToDisk: true);
        _stream.Dispose();
        try
        {
            GgufFile.Read(_path);
        }
        catch (ModelFileException)
        {
            Delete();
            throw;
        }
        File.Move(_path, _target, overwrite: true);
        File.Delete(VersionFile);
    }

    public void Delete()
    {
        _stream.Dispose();
        File.Delete(_path);
        File.Delete(VersionFile);
    }

    public void Dispose()
    {
        _stream.Dispose();
        _hash.Dispose();
    }

    private async Task HashWhatIsThereAsync(CancellationToken cancellation)
    {
        var buffer = new byte[1 << 20];
        for (int read; (read = await _stream.ReadAsync(buffer, cancellation)) > 0;)
            _hash.AppendData(buffer, 0, read);
    }

    /// <summary>The same version: the same checksum, or where the server claims none, the same tag.</summary>
    private static bool IsSame(string versionFile, RemoteFile remote)
    {
        try
        {
            var earlier = JsonSerializer.Deserialize<RemoteFile>(File.ReadAllText(versionFile));
            return earlier is not null && earlier.Size == remote.Size && earlier.Sha256 == remote.Sha256
                && (remote.Sha256 is not null || (remote.ETag is not null && earlier.ETag == remote.ETag));
        }
        catch (Exception e) when (e is IOException or JsonException)
        {
            return false;
        }
    }
}
