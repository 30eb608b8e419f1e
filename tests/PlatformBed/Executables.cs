using System.Globalization;

namespace LLMoin.PlatformBed;

internal static class Executables
{
    /// <summary>artifacts/bin/{this test}/release/ → artifacts/bin/{project}/release/LLMoin.{project}</summary>
    public static string Path(string project)
    {
        var output = new DirectoryInfo(AppContext.BaseDirectory.TrimEnd(System.IO.Path.DirectorySeparatorChar));
        return System.IO.Path.Combine(output.Parent!.Parent!.FullName, project, output.Name, "LLMoin." + project);
    }
}

/// <summary>Processes as Linux shows them under /proc.</summary>
public static class ProcessTree
{
    /// <summary>The process and all its descendants that live now.</summary>
    public static IReadOnlyList<int> Of(int root)
    {
        var children = Directory.EnumerateDirectories("/proc")
            .Select(folder => int.TryParse(System.IO.Path.GetFileName(folder), CultureInfo.InvariantCulture, out var pid) ? pid : 0)
            .Where(pid => pid > 0)
            .Select(pid => (Pid: pid, Fields: Stat(pid)))
            .Where(process => process.Fields.Length > 1)
            .ToLookup(process => int.Parse(process.Fields[1], CultureInfo.InvariantCulture), process => process.Pid);
        var found = new List<int> { root };
        for (var index = 0; index < found.Count; index++)
            found.AddRange(children[found[index]]);
        return found;
    }

    /// <summary>User and system time of a process, in seconds (proc(5): fields 14 and 15, in clock ticks of 10 ms).</summary>
    public static double CpuSeconds(int pid)
        => Stat(pid) is { Length: > 12 } fields
            ? (long.Parse(fields[11], CultureInfo.InvariantCulture) + long.Parse(fields[12], CultureInfo.InvariantCulture)) / 100.0
            : 0;

    /// <summary>Fields from the third on; the second, the command's name, may hold blanks and brackets.</summary>
    private static string[] Stat(int pid)
    {
        try
        {
            var stat = File.ReadAllText($"/proc/{pid}/stat");
            return stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        }
        catch (IOException)
        {
            return [];
        }
    }
}
