using LLMoin.Inference.Structured;

namespace LLMoin.UnitTests.Inference.Structured;

public sealed class OutputSplitterTests
{
    private static readonly OutputShape Plain = new();
    private static readonly OutputShape Thinking = new() { Reasoning = ReasoningMarkers.Think };
    private static readonly OutputShape Hermes = new() { Reasoning = ReasoningMarkers.Think, Calls = ToolCallFormat.Hermes, Tools = Outputs.Tools };
    private static readonly OutputShape Mistral = new() { Calls = ToolCallFormat.MistralNamed, Tools = Outputs.Tools };
    private static readonly OutputShape Llama = new() { Calls = ToolCallFormat.Llama, Tools = Outputs.Tools };

    private static readonly (OutputShape Shape, string Text, string Expected)[] Examples =
    [
        (Plain, "Guten Tag <think>kein</think> <tool_call>", "Guten Tag <think>kein</think> <tool_call>"),
        (Thinking, "<think>\nIch überlege <b>.</b>\n</think>\n\nDie Antwort", "think: Ich überlege <b>.</b>\n | Die Antwort"),
        (Thinking, "\n <think></think>x", "x"),
        (Thinking, "Ein Text über <think> und </think>", "Ein Text über <think> und </think>"),
        (Thinking, "<thinner> ist kein Zeichen", "<thinner> ist kein Zeichen"),
        (Thinking, "<think>nie zu Ende </thi", "think: nie zu Ende </thi"),
        (Thinking, "<thi", "<thi"),
        (Thinking with { StartsInReasoning = true }, "gleich gedacht</think>\nfertig <think>", "think: gleich gedacht | fertig <think>"),
        (Thinking with { StartsInReasoning = true, Continues = true }, " weiter</think>fertig", "think:  weiter | fertig"),
        (Thinking with { Continues = true }, " und <think> weiter", " und <think> weiter"),
        (Thinking with { Reasoning = new("[THINK]", "[/THINK]") }, "[THINK]so[/THINK]ja", "think: so | ja"),
        (Hermes, "<tool_call>\n{\"name\": \"suche\", \"arguments\": {\"text\": \"§ 5\"}}\n</tool_call>", "call: suche({\"text\": \"§ 5\"})"),
        (Hermes, "<think>suchen</think>\n\n<tool_call>{\"name\":\"uhrzeit\",\"arguments\":{}}</tool_call>\n", "think: suchen | call: uhrzeit({})"),
        (Hermes, "Ich sehe nach. <tool_call>{\"name\":\"uhrzeit\"}</tool_call>\n<tool_call>{\"arguments\":{\"text\":\"a\"},\"name\":\"suche\"}</tool_call> Fertig.",
            "Ich sehe nach.  | call: uhrzeit({}) | call: suche({\"text\":\"a\"}) | Fertig."),
        (Hermes, "<tool_call>{\"name\":\"uhrzeit\"}\n{\"name\":\"uhrzeit\"}</tool_call>", "call: uhrzeit({}) | call: uhrzeit({})"),
        (Hermes, "<tool_call>{\"name\":\"suche\",\"arguments\":\"{\\\"text\\\":\\\"a\\\"}\"}</tool_call>", "call: suche({\"text\":\"a\"})"),
        (Hermes, "<tool_call>{\"name\":\"suche\",\"arguments\":{\"text\":\"}</tool_call>\\\"{\"}}</tool_call>", "call: suche({\"text\":\"}</tool_call>\\\"{\"})"),
        (Hermes, "<tool_call>{\"name\":\"uhrzeit\"}", "call: uhrzeit({})"),
        (Hermes, "<tool_call>{\"name\":\"löschen\",\"arguments\":{}}</tool_call>", "<tool_call>{\"name\":\"löschen\",\"arguments\":{}}</tool_call>"),
        (Hermes, "<tool_call>{name: uhrzeit}</tool_call> so", "<tool_call>{name: uhrzeit}</tool_call> so"),
        (Hermes, "<tool_call>{\"name\":\"suche\",\"arguments\":[1]}</tool_call>", "<tool_call>{\"name\":\"suche\",\"arguments\":[1]}</tool_call>"),
        (Hermes, "<tool_call>{\"name\":\"suche\",\"argum", "<tool_call>{\"name\":\"suche\",\"argum"),
        (Hermes, "<tool_call> <tool_call>{\"name\":\"uhrzeit\"}</tool_call>", "<tool_call>  | call: uhrzeit({})"),
        (Hermes, "Die Tags <tool_call> und </tool_call> gibt es", "Die Tags <tool_call> und </tool_call> gibt es"),
        (Hermes, "a < b und <tool", "a < b und <tool"),
        (Mistral, "[TOOL_CALLS] [{\"name\": \"suche\", \"arguments\": {\"text\": \"a\"}, \"id\": \"abcdefghi\"}, {\"name\": \"uhrzeit\", \"arguments\": {}}]",
            "call: suche({\"text\": \"a\"}) | call: uhrzeit({})"),
        (Mistral, "[TOOL_CALLS]suche[ARGS]{\"text\": \"a\"}[TOOL_CALLS]uhrzeit[CALL_ID]x1[ARGS] {}", "call: suche({\"text\": \"a\"}) | call: uhrzeit({})"),
        (Mistral, "[TOOL_CALLS]suche[ARGS]text", "[TOOL_CALLS]suche[ARGS]text"),
        (Mistral, "[TOOL_CALLS][]", "[TOOL_CALLS][]"),
        (Mistral, "[TOOL_CALLS]fremd[ARGS]{}", "[TOOL_CALLS]fremd[ARGS]{}"),
        (Mistral, "siehe [1] und [TOOL]", "siehe [1] und [TOOL]"),
        (Llama, "{\"name\": \"suche\", \"parameters\": {\"text\": \"a\"}}", "call: suche({\"text\": \"a\"})"),
        (Llama, "<|python_tag|>{\"name\": \"uhrzeit\", \"parameters\": {}}; {\"type\": \"function\", \"name\": \"uhrzeit\"}", "call: uhrzeit({}) | call: uhrzeit({})"),
        (Llama, "{\"name\": \"Anna\", \"parameters\": {}}", "{\"name\": \"Anna\", \"parameters\": {}}"),
        (Llama, "{\"titel\": \"Bescheid\"}", "{\"titel\": \"Bescheid\"}"),
        (Llama, "Aus {\"name\": \"uhrzeit\"} wird nichts", "Aus {\"name\": \"uhrzeit\"} wird nichts"),
        (Llama with { Continues = true }, "{\"name\": \"uhrzeit\"}", "{\"name\": \"uhrzeit\"}"),
        (Plain with { Stop = ["ENDE", "\n\n"] }, "erst\n dann ENDE nie", "erst\n dann "),
        (Plain with { Stop = ["ENDE"] }, "am EN", "am EN"),
        (Thinking with { Stop = ["ENDE"] }, "<think>ENDE gedacht</think>vor ENDE nach", "think: ENDE gedacht | vor "),
        (Hermes with { Stop = ["suche", "nach"] }, "Da <tool_call>{\"name\":\"suche\",\"arguments\":{\"text\":\"nach\"}}</tool_call>na nach oben", "Da  | call: suche({\"text\":\"nach\"}) | na "),
        (Hermes with { Stop = ["ab"] }, "a<tool_call>{\"name\":\"uhrzeit\"}</tool_call>b", "a | call: uhrzeit({}) | b"),
        (Hermes with { Stop = ["x</tool_call>"] }, "<tool_call>x</tool_call> y", "<tool_call>"),
    ];

    public static TheoryData<int> Numbers => [.. Enumerable.Range(0, Examples.Length)];

    [Theory]
    [MemberData(nameof(Numbers))]
    public void The_text_of_an_answer_is_split_into_its_parts(int number)
    {
        var (shape, text, expected) = Examples[number];

        Assert.Equal(expected, Outputs.Split(shape, text));
    }

    [Theory]
    [MemberData(nameof(Numbers))]
    public void However_it_is_cut_the_parts_are_the_same(int number)
    {
        var (shape, text, expected) = Examples[number];
        var random = new Random(number);

        Assert.Equal(expected, Outputs.Split(shape, text.Select(character => character.ToString())));
        for (var cut = 0; cut <= text.Length; cut++)
            Assert.Equal(expected, Outputs.Split(shape, text[..cut], text[cut..]));
        for (var round = 0; round < 100; round++)
            Assert.Equal(expected, Outputs.Split(shape, Outputs.Cut(text, random)));
    }

    [Fact]
    public void Random_mixtures_of_markers_are_split_alike_however_they_are_cut()
    {
        string[] parts =
        [
            "<think>", "</think>", "<tool_call>", "</tool_call>", "{\"name\":\"uhrzeit\"}", "{\"name\":\"suche\",\"arguments\":{\"text\":\"a\"}}", "{", "}", "\"", "\\",
            "[TOOL_CALLS]", "[ARGS]", "[{\"name\":\"uhrzeit\"}]", "suche", "<|python_tag|>", ";", " ", "\n", "<", "</", "[", "STOPP", "ST", "Wort", "ä",
        ];
        foreach (var shape in new[] { Hermes, Mistral, Llama, Thinking })
            for (var seed = 0; seed < 500; seed++)
            {
                var random = new Random(seed);
                var text = string.Concat(Enumerable.Range(0, random.Next(1, 15)).Select(_ => parts[random.Next(parts.Length)]));
                var stopping = shape with { Stop = seed % 2 == 0 ? [] : ["STOPP", "TO"], StartsInReasoning = seed % 5 == 0, Continues = seed % 7 == 0 };
                var whole = Outputs.Split(stopping, text);
                for (var round = 0; round < 10; round++)
                    Assert.Equal(whole, Outputs.Split(stopping, Outputs.Cut(text, random)));
            }
    }

    [Fact]
    public void Without_stop_strings_no_letter_is_lost()
    {
        string[] parts = ["<tool_call>", "</tool_call>", "{\"name\":\"fremd\"}", "<", "{", "}", "</tool", "a", "\"", "<think>"];
        for (var seed = 0; seed < 1000; seed++)
        {
            var random = new Random(seed);
            var text = "x" + string.Concat(Enumerable.Range(0, 12).Select(_ => parts[random.Next(parts.Length)]));

            Assert.Equal(text, Outputs.Split(Hermes, Outputs.Cut(text, random)));
        }
    }

    [Fact]
    public void Text_comes_at_once_and_only_what_may_be_a_marker_waits()
    {
        var splitter = new OutputSplitter(Hermes);
        var pieces = new List<OutputPiece>();

        splitter.Feed("Hallo ", pieces);
        splitter.Feed("Welt<", pieces);
        Assert.Equal("Hallo Welt", Outputs.Show(pieces));
        splitter.Feed("b>", pieces);
        Assert.Equal("Hallo Welt<b>", Outputs.Show(pieces));
    }

    [Fact]
    public void It_says_when_a_grammar_may_begin_and_what_has_happened()
    {
        var splitter = new OutputSplitter(Hermes with { StartsInReasoning = true, Stop = ["ENDE"] });
        var pieces = new List<OutputPiece>();

        splitter.Feed("hm", pieces);
        Assert.True(splitter.InReasoning);
        splitter.Feed("</think>", pieces);
        Assert.False(splitter.InReasoning);
        Assert.False(splitter.HasCalls);
        splitter.Feed("<tool_call>{\"name\":\"uhrzeit\"}</tool_call>", pieces);
        Assert.True(splitter.HasCalls);
        splitter.Feed("ENDE", pieces);
        Assert.True(splitter.Stopped);
    }

    [Fact]
    public void Each_call_has_an_id_of_its_own()
    {
        var calls = Outputs.Pieces(Hermes, string.Concat(Enumerable.Repeat("<tool_call>{\"name\":\"uhrzeit\"}</tool_call>", 50)));

        Assert.Equal(50, calls.Select(piece => piece.Call!.Id).Distinct().Count());
        Assert.All(calls, piece => Assert.Matches("^call_[a-z0-9]{24}$", piece.Call!.Id));
    }

    [Fact]
    public void Ordinary_text_is_passed_on_without_a_copy()
    {
        var splitter = new OutputSplitter(Hermes with { Stop = ["ENDE"] });
        var pieces = new List<OutputPiece>(16_384);
        const string delta = " und so weiter";
        splitter.Feed("Anfang", pieces);
        splitter.Feed(delta, pieces);
        var before = GC.GetAllocatedBytesForCurrentThread();

        for (var count = 0; count < 10_000; count++)
            splitter.Feed(delta, pieces);

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.All(pieces[1..], piece => Assert.Same(delta, piece.Text));
    }

    [Fact]
    public void Markers_without_end_cost_time_in_line_with_their_length()
    {
        var text = string.Concat(Enumerable.Repeat("<tool_call>{\"", 20_000));
        var clock = System.Diagnostics.Stopwatch.StartNew();

        var shown = Outputs.Split(Hermes, text.Chunk(7).Select(part => new string(part)));

        Assert.Equal(text, shown);
        Assert.InRange(clock.Elapsed.TotalSeconds, 0, 30);
    }
}
