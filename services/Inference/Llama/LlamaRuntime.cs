using System.Runtime.InteropServices;
using LLMoin.Inference.Llama.Native;

namespace LLMoin.Inference.Llama;

/// <param name="Name">As ggml names it, e.g. <c>CPU</c> or <c>CUDA0</c>.</param>
/// <param name="Description">The hardware, e.g. <c>AMD EPYC</c>.</param>
/// <param name="Type">CPU or a kind of accelerator.</param>
/// <param name="TotalBytes">Its memory; 0 where ggml does not know.</param>
internal sealed record LlamaDevice(string Name, string Description, DeviceType Type, long TotalBytes)
{
    public bool IsGpu => Type is DeviceType.Gpu or DeviceType.IntegratedGpu;
}

/// <summary>llama.cpp in this process: loaded once, checked, with the devices that it really has.</summary>
internal sealed unsafe class LlamaRuntime
{
    private static readonly Lock Starting = new();
    private static readonly string[] GpuBackends = ["cuda", "vulkan"];
    private static LlamaRuntime? _instance;

    private LlamaRuntime(string backend, IReadOnlyList<LlamaDevice> devices)
    {
        Backend = backend;
        Devices = devices;
    }

    /// <summary><c>cpu</c>, <c>cuda</c> or <c>vulkan</c>: what is really used.</summary>
    public string Backend { get; }

    public IReadOnlyList<LlamaDevice> Devices { get; }

    /// <summary>Where models run: the first GPU if there is one, else the CPU.</summary>
    public LlamaDevice Device => Devices.FirstOrDefault(device => device.IsGpu) ?? Devices.First(device => device.Type == DeviceType.Cpu);

    /// <summary>Cores that computing may use; more threads than cores only wait for each other.</summary>
    public static int Threads => Math.Max(1, Environment.ProcessorCount);

    /// <param name="root">Holds one folder of libraries per backend: <c>cpu</c>, and where they were built in <c>cuda</c>, <c>vulkan</c>.</param>
    /// <param name="backend"><c>auto</c> takes the first GPU backend that is there and works, and says so when it is the CPU after all.</param>
    /// <param name="logger">Gets llama.cpp's own log.</param>
    /// <exception cref="LlamaException">The backend is not there, does not load, or finds no device. There is no silent way back to the CPU.</exception>
    public static LlamaRuntime Start(string root, string backend, ILogger logger)
    {
        lock (Starting)
        {
            if (_instance is not null)
                return _instance;
            Environment.SetEnvironmentVariable("GGML_NO_BACKTRACE", "1");
            var chosen = backend == "auto" ? Available(root) : backend;
            var folder = Path.Combine(root, chosen);
            NativeLibraries.Load(folder);
            LlamaLog.SendTo(logger);
            LlamaNative.ggml_backend_load_all_from_path(folder);
            if (chosen != "cpu")
                RequireGpu(folder, chosen);
            LlamaNative.llama_backend_init();
            NativeCheck.Run();
            return _instance = new LlamaRuntime(chosen, Enumerate());
        }
    }

    /// <summary>One backend is built in as a rule; with several, a GPU's goes first.</summary>
    private static string Available(string root)
        => GpuBackends.FirstOrDefault(name => Directory.Exists(Path.Combine(root, name)) && HasGpu(name)) ?? "cpu";

    /// <summary>A driver's device nodes tell without loading anything that could not be unloaded.</summary>
    private static bool HasGpu(string backend)
        => backend == "cuda" ? File.Exists("/dev/nvidiactl") : Directory.Exists("/dev/dri") && Directory.EnumerateFiles("/dev/dri", "renderD*").Any();

    private static void RequireGpu(string folder, string backend)
    {
        if (Enumerate().Any(device => device.IsGpu))
            return;
        // ggml skips what does not load without a word; loading it by name gives the reason.
        LlamaLog.ForgetErrors();
        var library = Path.Combine(folder, $"libggml-{backend}.so");
        _ = File.Exists(library) ? LlamaNative.ggml_backend_load(library) : 0;
        var why = File.Exists(library) ? Loader(library) ?? LlamaLog.Errors() : $"{library} is not there";
        throw new LlamaException($"The backend '{backend}' found no GPU: {why}. Use Inference:Backend=cpu to run on the CPU.");
    }

    /// <summary>What the system's loader says about a library, e.g. which CUDA library it misses; null when it loads.</summary>
    private static string? Loader(string library)
    {
        try
        {
            NativeLibrary.Free(NativeLibrary.Load(library));
            return null;
        }
        catch (DllNotFoundException refusal)
        {
            return refusal.Message.ReplaceLineEndings(" ").Trim();
        }
    }

    private static List<LlamaDevice> Enumerate()
    {
        var devices = new List<LlamaDevice>();
        for (nuint index = 0; index < LlamaNative.ggml_backend_dev_count(); index++)
        {
            var device = LlamaNative.ggml_backend_dev_get(index);
            nuint free, total;
            LlamaNative.ggml_backend_dev_memory(device, &free, &total);
            devices.Add(new LlamaDevice(
                Text(LlamaNative.ggml_backend_dev_name(device)), Text(LlamaNative.ggml_backend_dev_description(device)),
                (DeviceType)LlamaNative.ggml_backend_dev_type(device), (long)total));
        }
        return devices;
    }

    private static string Text(byte* text) => Marshal.PtrToStringUTF8((nint)text) ?? "";
}
