using System.Text.Json;
using LLMoin.Contracts.Inference;
using LLMoin.Inference.Engines;

namespace LLMoin.InferenceTests;

/// <summary>Answers from the request to the text.</summary>
public sealed class AnswerTests : IAsyncLifetime
{
    private EngineBed _bed = null!;

    public async ValueTask InitializeAsync() => _bed = await EngineBed.StartAsync(slots: 4, megabytes: 512, EngineBed.Chat);

    public ValueTask DisposeAsync()
    {
        _bed.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task An_answer_says_how_long_its_prompt_was_and_why_it_ended()
    {
        var answer = await _bed.AskAsync(EngineBed.Request("Welche Frist gilt?", maxTokens: 25));

        Assert.True(answer.Pieces[0].PromptTokens > 20);
        Assert.Equal("length", answer.FinishReason);
        Assert.Equal(25, answer.Tokens);
    }

    [Fact]
    public async Task No_character_is_split_across_two_pieces()
    {
        for (var seed = 0; seed < 30; seed++)
        {
            var answer = await _bed.AskAsync(EngineBed.Request("Grüße", maxTokens: 60, temperature: 2, seed: seed));
            foreach (var piece in answer.Pieces.Where(piece => piece.Text.Length > 0))
            {
                Assert.False(char.IsLowSurrogate(piece.Text[0]));
                Assert.False(char.IsHighSurrogate(piece.Text[^1]));
            }
        }
    }

    [Fact]
    public async Task A_continued_answer_is_the_one_that_was_begun()
    {
        // Digits, as each has a token of its own: what a model draws at random besides is seldom what its text is tokenised to.
        var digits = LlamaBed.Tokens("0123456789").ToDictionary(token => token, _ => 100f);
        for (var seed = 0; seed < 20; seed++)
        {
            var request = EngineBed.Request("Wie hoch ist die Gebühr?", maxTokens: 60, temperature: 1, seed: seed);
            request = request with { Sampling = request.Sampling with { LogitBias = digits } };
            var whole = await _bed.AskAsync(request);
            foreach (var cut in (int[])[1, 10, 25, 40, 59])
            {
                var rest = await _bed.AskAsync(request with { Attempt = 2, EmittedText = whole.Text[..cut], EmittedTokens = cut });

                Assert.Equal(whole.Text[cut..], rest.Text);
                Assert.Equal(whole.Tokens, cut + rest.Tokens);
            }
        }
    }

    /// <summary>A worker may die between two pieces; whoever goes on begins with what the first of them counted.</summary>
    [Fact]
    public async Task A_piece_counts_the_tokens_of_its_text_also_for_whoever_reads_slowly()
    {
        var digits = JsonSerializer.SerializeToElement(new { type = "string", pattern = "^[0-9]{60}$" });
        var request = EngineBed.Request("Ziffern", maxTokens: 100) with { ResponseFormat = new ResponseFormat(ResponseFormatKind.JsonSchema, digits) };
        var (read, counted) = (0, 0);

        await foreach (var piece in _bed.Engine.GenerateAsync(request, TestContext.Current.CancellationToken))
        {
            // Meanwhile more tokens come than one.
            if (read == 0)
                await Task.Delay(TimeSpan.FromMilliseconds(200), TestContext.Current.CancellationToken);
            read += piece.Text.Length;
            counted += piece.Tokens;
            Assert.Equal(read, counted);
        }
        Assert.Equal(62, read);
    }

    [Fact]
    public async Task An_answer_that_has_all_its_tokens_only_ends()
    {
        var answer = await _bed.AskAsync(EngineBed.Request("?", maxTokens: 5) with { Attempt = 2, EmittedText = "Die Frist", EmittedTokens = 5 });

        Assert.Equal(("", 0, "length"), (answer.Text, answer.Tokens, answer.FinishReason));
    }

    [Fact]
    public async Task A_stop_string_across_tokens_ends_the_answer_before_it()
    {
        var request = EngineBed.Request("Welche Unterlagen?", maxTokens: 60, temperature: 1, seed: 3);
        var whole = await _bed.AskAsync(request);
        // Cut in the middle of the text, at no token's border in particular.
        var stop = whole.Text.Substring(whole.Text.Length / 2, 3);

        var stopped = await _bed.AskAsync(request with { Sampling = request.Sampling with { Stop = [stop] } });

        Assert.Equal("stop", stopped.FinishReason);
        Assert.Equal(whole.Text[..whole.Text.IndexOf(stop, StringComparison.Ordinal)], stopped.Text);
    }

    [Fact]
    public async Task A_schema_holds_the_answer_for_a_hundred_seeds()
    {
        var schema = JsonSerializer.SerializeToElement(new
        {
            type = "object",
            properties = new
            {
                aktenzeichen = new { type = "string", pattern = "^[0-9]{4}/20[0-9]{2}$" },
                frist = new { type = "integer", minimum = 1, maximum = 90 },
                unterlagen = new { type = "array", items = new { @enum = new[] { "Lageplan", "Bauzeichnung", "Statik" } }, minItems = 1, maxItems = 3 },
                eilig = new { type = "boolean" },
            },
            required = new[] { "aktenzeichen", "frist", "unterlagen", "eilig" },
            additionalProperties = false,
        });
        var answers = await Task.WhenAll(Enumerable.Range(0, 100).Select(seed => _bed.AskAsync(
            EngineBed.Request("Antrag", maxTokens: 400, temperature: 1, seed: seed) with { ResponseFormat = new ResponseFormat(ResponseFormatKind.JsonSchema, schema) })));

        foreach (var answer in answers)
        {
            Assert.Equal("stop", answer.FinishReason);
            var json = JsonDocument.Parse(answer.Text).RootElement;
            Assert.Matches("^[0-9]{4}/20[0-9]{2}$", json.GetProperty("aktenzeichen").GetString());
            Assert.InRange(json.GetProperty("frist").GetInt32(), 1, 90);
            Assert.InRange(json.GetProperty("unterlagen").GetArrayLength(), 1, 3);
            Assert.Contains(json.GetProperty("eilig").ValueKind, (JsonValueKind[])[JsonValueKind.True, JsonValueKind.False]);
        }
    }

    [Fact]
    public async Task A_demanded_call_is_made()
    {
        var parameters = JsonSerializer.SerializeToElement(new
        {
            type = "object",
            properties = new { tage = new { type = "integer", minimum = 1, maximum = 9 } },
            required = new[] { "tage" },
            additionalProperties = false,
        });
        var answer = await _bed.AskAsync(EngineBed.Request("Frist?", maxTokens: 200) with
        {
            Tools = [new ToolDefinition("frist_setzen", "Setzt eine Frist", parameters)],
            ToolChoice = new ToolChoice(ToolChoiceMode.Function, "frist_setzen"),
        });

        var call = Assert.Single(answer.Pieces, piece => piece.ToolCall is not null).ToolCall!;
        Assert.Equal("tool_calls", answer.FinishReason);
        Assert.Equal("frist_setzen", call.Name);
        Assert.InRange(JsonDocument.Parse(call.Arguments).RootElement.GetProperty("tage").GetInt32(), 1, 9);
    }

    [Fact]
    public async Task What_cannot_be_answered_is_refused_with_its_field_and_leaves_others_alone()
    {
        var good = _bed.AskAsync(EngineBed.Request("Gebühr?", maxTokens: 60));
        var unsupported = JsonSerializer.SerializeToElement(new { not = new { } });

        var tooLong = await Assert.ThrowsAsync<EngineException>(() => _bed.AskAsync(EngineBed.Request(string.Concat(Enumerable.Repeat("Antrag und Bescheid. ", 2000)))));
        var schema = await Assert.ThrowsAsync<EngineException>(
            () => _bed.AskAsync(EngineBed.Request("?") with { ResponseFormat = new ResponseFormat(ResponseFormatKind.JsonSchema, unsupported) }));
        var unknown = await Assert.ThrowsAsync<EngineException>(() => _bed.AskAsync(EngineBed.Request("?") with { Model = "keins" }));

        Assert.Equal("messages", tooLong.Field);
        Assert.Equal("response_format", schema.Field);
        Assert.Contains("'not'", schema.Message, StringComparison.Ordinal);
        Assert.Contains("keins", unknown.Message, StringComparison.Ordinal);
        Assert.True((await good).Tokens > 0);
    }

    [Fact]
    public async Task A_stopped_answer_frees_its_slot()
    {
        var request = EngineBed.Request("?", maxTokens: 1900);
        // Without its end token the model cannot end.
        var ends = Enumerable.Range(0, LlamaBed.Model.Vocabulary.Size).Where(LlamaBed.Model.Vocabulary.IsEnd).ToDictionary(token => token, _ => -100f);
        var endless = Enumerable.Range(0, 4).Select(StopAtTheFirstPieceAsync).ToList();
        foreach (var answer in endless)
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => answer);

        await _bed.AskAsync(EngineBed.Request("?", maxTokens: 1)).WaitAsync(TimeSpan.FromSeconds(60));

        async Task StopAtTheFirstPieceAsync(int seed)
        {
            using var stop = new CancellationTokenSource();
            await foreach (var piece in _bed.Engine.GenerateAsync(request with { Sampling = request.Sampling with { Seed = seed, LogitBias = ends } }, stop.Token))
            {
                Assert.Null(piece.FinishReason);
                await stop.CancelAsync();
            }
        }
    }
}
