using LLMoin.Inference.Engines;
using LLMoin.TestModels;

namespace LLMoin.InferenceTests;

public sealed class LoadingTests
{
    [Fact]
    public async Task Models_come_and_go_while_others_answer()
    {
        using var bed = await EngineBed.StartAsync(models: EngineBed.Chat);
        var answer = bed.AskAsync(EngineBed.Request("?", maxTokens: 300));

        await bed.Engine.LoadAsync(EngineBed.Embedding + ".gguf", CancellationToken.None);
        Assert.Equal([EngineBed.Embedding, EngineBed.Chat], bed.Engine.Models.Select(model => model.Id).Order());
        var unloading = bed.Engine.UnloadAsync(EngineBed.Chat, CancellationToken.None);
        Assert.Equal([EngineBed.Embedding], bed.Engine.Models.Select(model => model.Id));

        Assert.True((await answer).Tokens > 0);
        await unloading.WaitAsync(TimeSpan.FromSeconds(60));
        await Assert.ThrowsAsync<EngineException>(() => bed.AskAsync(EngineBed.Request("?")));
        await bed.Engine.LoadAsync(EngineBed.Chat + ".gguf", CancellationToken.None);
        Assert.True((await bed.AskAsync(EngineBed.Request("?", maxTokens: 5))).Tokens > 0);
    }

    [Fact]
    public async Task A_model_that_does_not_fit_into_the_budget_is_refused_with_figures_and_one_that_nearly_fits_gets_fewer_slots()
    {
        using var small = await EngineBed.StartAsync(slots: 16, megabytes: 9, models: EngineBed.Chat);
        Assert.InRange(small.Engine.Status.MemoryBytes!.Value, 1, 9 << 20);

        var refusal = await Assert.ThrowsAsync<EngineException>(() => small.Engine.LoadAsync(EngineBed.Embedding + ".gguf", CancellationToken.None));

        Assert.Contains("MB are left", refusal.Message, StringComparison.Ordinal);
        Assert.True((await small.AskAsync(EngineBed.Request("?", maxTokens: 5))).Tokens > 0);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    [InlineData(2000)]
    [InlineData(-100)]
    public async Task A_truncated_file_is_refused_by_name(int length)
    {
        using var bed = await EngineBed.StartAsync();
        var whole = await File.ReadAllBytesAsync(LlamaBed.PathOf(RandomModel.Tiny));
        var broken = Path.Combine(EngineBed.Folder, $"broken-{Guid.NewGuid():n}.gguf");
        await File.WriteAllBytesAsync(broken, whole[..(length < 0 ? whole.Length + length : length)]);
        try
        {
            var refusal = await Assert.ThrowsAsync<EngineException>(() => bed.Engine.LoadAsync(broken, CancellationToken.None));
            Assert.Contains(Path.GetFileName(broken), refusal.Message, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(broken);
        }
    }

    [Fact]
    public async Task A_file_that_is_well_formed_but_no_model_is_refused_with_llama_cpps_reason()
    {
        using var bed = await EngineBed.StartAsync();
        var file = new GgufWriter();
        file.Add("general.architecture", "no-such-architecture");
        file.AddTensor("token_embd.weight", [32], TensorType.F32, stream => stream.Write(new byte[128]));
        var path = Path.Combine(EngineBed.Folder, $"strange-{Guid.NewGuid():n}.gguf");
        file.Save(path);
        try
        {
            var refusal = await Assert.ThrowsAsync<EngineException>(() => bed.Engine.LoadAsync(path, CancellationToken.None));
            Assert.Contains("no-such-architecture", refusal.Message, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public async Task A_model_without_chat_template_is_refused_by_name()
    {
        using var bed = await EngineBed.StartAsync();
        var path = (RandomModel.Tiny with { ChatTemplate = null, Seed = 77 }).WriteTo(EngineBed.Folder);

        var refusal = await Assert.ThrowsAsync<EngineException>(() => bed.Engine.LoadAsync(path, CancellationToken.None));

        Assert.Contains("random-llama-256x2-chat-77", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("chatml", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_device_that_is_used_is_named()
    {
        Assert.Equal("cpu", LlamaBed.Runtime.Backend);
        Assert.False(LlamaBed.Runtime.Device.IsGpu);
        Assert.NotEmpty(LlamaBed.Runtime.Device.Description);
    }
}
