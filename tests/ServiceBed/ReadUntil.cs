using System.Diagnostics;

namespace LLMoin.ServiceBed;

public static class ReadUntil
{
    /// <summary>Asks again and again until it is so; fails with what was waited for. Patient, as the machine may be busy with something else.</summary>
    public static async Task TrueAsync(Func<Task<bool>> isSo, string what, int seconds = 60)
    {
        var limit = Stopwatch.StartNew();
        while (!await isSo())
        {
            if (limit.Elapsed.TotalSeconds > seconds)
                throw new TimeoutException($"Waited {seconds} s in vain until {what}.");
            await Task.Delay(50);
        }
    }
}
