using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using LLMoin.ServiceBed;

namespace LLMoin.ServiceTests.Chat;

/// <summary>What operators see of workers and tell them.</summary>
public sealed class Operations(ChatBed bed) : IClassFixture<ChatBed>
{
    private static CancellationToken Now => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_model_is_loaded_answers_and_is_given_up_while_the_worker_runs()
    {
        await using var worker = await bed.StartWorkerAsync(slots: 3, ("Inference__WorkerId", "gpu-1"));
        using var operating = bed.Chat.ClientFor("hamburg", "otto", "operator");
        using var anna = bed.Chat.ClientFor("hamburg", "anna");

        Assert.Equal(HttpStatusCode.Accepted, (await operating.PostAsJsonAsync("/api/chat/workers/gpu-1/models", new { model = "replay-second" }, Now)).StatusCode);
        await ReadUntil.TrueAsync(async () => (await ChatBed.ModelsAsync(bed.Chat)).Contains("replay-second"), "the model is served");
        using var answer = await (await CompletionReader.AskAsync(anna, new
        {
            model = "replay-second",
            stream = true,
            sources = new { mode = "off" },
            messages = new[] { new { role = "user", content = "replay tokens=3 rate=0" } },
        }, cancellation: Now)).ReadAsync(cancellation: Now);
        Assert.Equal("0 1 2 ", answer.Text);

        Assert.Equal(HttpStatusCode.Accepted, (await operating.DeleteAsync("/api/chat/workers/gpu-1/models/replay-second", Now)).StatusCode);
        await ReadUntil.TrueAsync(async () => !(await ChatBed.ModelsAsync(bed.Chat)).Contains("replay-second"), "the model is given up");
    }

    [Fact]
    public async Task The_list_of_workers_says_what_each_serves_and_why_a_model_failed()
    {
        await using var worker = await bed.StartWorkerAsync(slots: 3, ("Inference__WorkerId", "gpu-2"));
        using var operating = bed.Chat.ClientFor("hamburg", "otto", "operator");
        using var anna = bed.Chat.ClientFor("hamburg", "anna");
        using var running = await CompletionReader.AskAsync(anna, "tokens=5000 rate=100", cancellation: Now);
        await running.ReadAsync(read => read.Text.Length > 0, Now);

        await operating.PostAsJsonAsync("/api/chat/workers/gpu-2/models", new { model = "unknown" }, Now);
        JsonElement seen = default;
        await ReadUntil.TrueAsync(async () =>
        {
            var workers = await operating.GetFromJsonAsync<JsonElement>("/api/chat/workers", Now);
            seen = workers.GetProperty("items").EnumerateArray().Single(item => item.GetProperty("id").GetString() == "gpu-2");
            return seen.GetProperty("loading").GetArrayLength() == 1 && seen.GetProperty("tokensPerSecond").GetDouble() > 5;
        }, "the worker says that the model failed and how fast it is");

        Assert.Equal(("unknown", "failed", "There is no such script."), (
            seen.GetProperty("loading")[0].GetProperty("model").GetString(),
            seen.GetProperty("loading")[0].GetProperty("state").GetString(),
            seen.GetProperty("loading")[0].GetProperty("reason").GetString()));
        Assert.Equal((3, 1, 0, true), (
            seen.GetProperty("slots").GetInt32(), seen.GetProperty("running").GetInt32(), seen.GetProperty("waiting").GetInt32(), seen.GetProperty("alive").GetBoolean()));
        Assert.Equal("script", seen.GetProperty("device").GetString());
        Assert.Contains(seen.GetProperty("models").EnumerateArray(), model => model.GetProperty("kind").GetString() == "rerank");
    }

    [Fact]
    public async Task Only_operators_see_workers_and_only_those_that_there_are_can_be_told()
    {
        using var operating = bed.Chat.ClientFor("hamburg", "otto", "operator");
        using var admin = bed.Chat.ClientFor("hamburg", "anna", "user", "tenant-admin");

        Assert.Equal(HttpStatusCode.Forbidden, (await admin.GetAsync("/api/chat/workers", Now)).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await admin.PostAsJsonAsync("/api/chat/workers/x/models", new { model = "y" }, Now)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await operating.PostAsJsonAsync("/api/chat/workers/x/models", new { model = "y" }, Now)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await operating.DeleteAsync("/api/chat/workers/x/models/y", Now)).StatusCode);
    }
}
