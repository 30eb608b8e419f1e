using System.Text.Json;
using System.Text.Json.Serialization;

namespace LLMoin.Hosting;

/// <summary>What <c>state.json</c> says about a run, for scripts and tests. Readable by its owner only: it holds connection strings.</summary>
/// <param name="RunnerPid">0 once the runner has stopped.</param>
/// <param name="RunId">The mark in the environment of every process of this run.</param>
/// <param name="Ready">Every instance has become ready.</param>
internal sealed record RunState(
    int RunnerPid, string RunId, bool Ready, string? GatewayUrl, string DataDirectory,
    Dictionary<string, string?> ConnectionStrings, List<InstanceRecord> Resources)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static string PathIn(string dataDirectory) => Path.Combine(dataDirectory, "state.json");

    public static RunState? Read(string dataDirectory)
    {
        try
        {
            return JsonSerializer.Deserialize<RunState>(File.ReadAllText(PathIn(dataDirectory)), Json);
        }
        catch (Exception e) when (e is IOException or JsonException)
        {
            return null;
        }
    }

    public void Write() => PrivateFile.Write(PathIn(DataDirectory), JsonSerializer.Serialize(this, Json) + "\n");
}

internal sealed record InstanceRecord(string Name, int Replica, int Pid, InstanceState State, int Restarts, Dictionary<string, string> Urls)
{
    public static InstanceRecord Of(Instance instance) => new(
        instance.Resource.Name, instance.Replica, instance.Pid, instance.State, instance.Restarts,
        instance.Resource.Endpoints.ToDictionary(e => e.Name, e => e.Url(instance.Replica)));
}
