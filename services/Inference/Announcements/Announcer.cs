using LLMoin.Contracts;
using LLMoin.Contracts.Inference;
using LLMoin.Inference.Engines;
using LLMoin.Inference.Generation;
using LLMoin.Inference.Models;
using LLMoin.Messaging.Streams;
using Microsoft.Extensions.Options;

namespace LLMoin.Inference.Announcements;

/// <summary>Tells every chat instance each second which models this worker serves and how busy it is.</summary>
internal sealed class Announcer(
    Broadcasts broadcasts, IEngine engine, ModelLoads loads, Slots slots, Throughput throughput, IOptions<InferenceOptions> options) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // Whoever sees this worker may ask something of it at once.
        await loads.Hears.WaitAsync(stoppingToken);
        using var tick = new PeriodicTimer(TimeSpan.FromSeconds(1));
        do
        {
            await AnnounceAsync(leaving: false, stoppingToken);
        }
        while (await tick.WaitForNextTickAsync(stoppingToken));
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await AnnounceAsync(leaving: true, cancellationToken);
    }

    private Task<bool> AnnounceAsync(bool leaving, CancellationToken cancellation)
    {
        var (running, waiting) = slots.Load;
        var status = engine.Status;
        return broadcasts.PublishAsync(new ModelsAnnounced
        {
            WorkerId = options.Value.WorkerId,
            Models = engine.Models,
            Slots = slots.Total,
            Running = running,
            Waiting = waiting,
            Leaving = leaving,
            Device = status.Device,
            TokensPerSecond = Math.Round(throughput.TokensPerSecond, 1),
            MemoryBytes = status.MemoryBytes,
            MemoryBudgetBytes = status.MemoryBudgetBytes,
            Loading = loads.NotServed is { Count: > 0 } loading ? loading : null,
        }, ContractJson.Default.ModelsAnnounced, cancellation);
    }
}
