namespace LLMoin.Retrieval.Sources.Folders;

/// <summary>Places below the operator's folders; no link leads out of them, because none is followed.</summary>
internal static class FolderPath
{
    private const FileAttributes Skipped = FileAttributes.ReparsePoint | FileAttributes.Hidden;

    /// <summary>Whether a folder is one of the roots or below one, with no link on the way down from there.</summary>
    public static bool IsBelow(IEnumerable<string> roots, string path)
    {
        if (!Path.IsPathFullyQualified(path) || path.Contains('\0'))
            return false;
        var full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
        return roots.Select(root => Path.TrimEndingDirectorySeparator(Path.GetFullPath(root))).Any(root => IsBelow(root, full));
    }

    /// <summary>Every file below a folder; links, what is behind them, and hidden files are left out.</summary>
    /// <exception cref="IOException">Something in it cannot be listed: part of the truth would pass for all of it.</exception>
    /// <exception cref="UnauthorizedAccessException">Likewise.</exception>
    public static IEnumerable<FileInfo> Files(string folder)
    {
        var everything = new EnumerationOptions { RecurseSubdirectories = true, IgnoreInaccessible = false, AttributesToSkip = Skipped };
        return new DirectoryInfo(folder).EnumerateFiles("*", everything);
    }

    /// <summary>Opens a file below a folder, and makes sure that what was opened is there and nowhere else.</summary>
    /// <returns>Null where the name leads elsewhere, even if only since a moment ago.</returns>
    public static FileStream? Open(string folder, string relative)
    {
        var path = Path.GetFullPath(Path.Combine(folder, relative));
        if (!IsBelow(Path.GetFullPath(folder), path))
            return null;
        var stream = new FileStream(path, new FileStreamOptions { Options = FileOptions.Asynchronous | FileOptions.SequentialScan });
        // Linux says what file the handle has, whatever became of the name since; elsewhere the second look has to do.
        var handle = $"/proc/self/fd/{stream.SafeFileHandle.DangerousGetHandle()}";
        if (OperatingSystem.IsLinux() ? File.ResolveLinkTarget(handle, returnFinalTarget: false)?.FullName == RealPath(folder, path) : IsBelow(Path.GetFullPath(folder), path))
            return stream;
        stream.Dispose();
        return null;
    }

    private static bool IsBelow(string root, string path)
    {
        if (path != root && !path.StartsWith(Path.EndsInDirectorySeparator(root) ? root : root + Path.DirectorySeparatorChar, StringComparison.Ordinal))
            return false;
        for (var here = path; here.Length > root.Length; here = Path.GetDirectoryName(here)!)
        {
            if (new FileInfo(here).LinkTarget is not null)
                return false;
        }

        return true;
    }

    /// <summary>The operator's own folder may well be reached through links: they are resolved, those below it are not.</summary>
    private static string RealPath(string folder, string path)
    {
        var real = Path.GetPathRoot(folder)!;
        foreach (var part in Path.GetFullPath(folder)[real.Length..].Split(Path.DirectorySeparatorChar, StringSplitOptions.RemoveEmptyEntries))
        {
            real = Path.Combine(real, part);
            real = new DirectoryInfo(real).ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? real;
        }

        return Path.GetFullPath(Path.Combine(real, Path.GetRelativePath(folder, path)));
    }
}
