using System.Text;
using LLMoin.Inference.Llama;
using LLMoin.Inference.Sampling;

namespace LLMoin.InferenceTests;

public sealed class GrammarTests
{
    [Fact]
    public async Task An_answer_stays_within_its_grammar_for_every_seed()
    {
        const string grammar = """root ::= "{\"frist\":" [0-9]{1,3} ",\"ja\":" ("true" | "false") "}" """;
        using var scheduler = LlamaBed.Scheduler(8, 256);

        for (ulong seed = 0; seed < 40; seed++)
        {
            var tokens = await LlamaBed.RunAsync(scheduler, LlamaBed.Task(LlamaBed.Prompt(10, (int)seed), 64, temperature: 1, seed, grammar));
            var text = Encoding.UTF8.GetString([.. tokens.SelectMany(token => LlamaBed.Model.Vocabulary.Piece(token).ToArray())]);

            Assert.Matches("""^\{"frist":[0-9]{1,3},"ja":(true|false)\}$""", text);
        }
    }

    [Theory]
    [InlineData("this is no grammar")]
    [InlineData("root ::= undefined-rule")]
    [InlineData("root ::= \"unclosed")]
    [InlineData("")]
    public void What_is_no_grammar_is_refused(string text)
        => Assert.Throws<LlamaException>(() => new Grammar(LlamaBed.Model.Vocabulary, text));
}
