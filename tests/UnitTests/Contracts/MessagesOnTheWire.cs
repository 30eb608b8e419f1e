using System.Text.Json;
using System.Text.Json.Nodes;
using LLMoin.Contracts;
using LLMoin.Contracts.Billing;
using LLMoin.Contracts.Chat;
using LLMoin.Contracts.Identity;
using LLMoin.Contracts.Inference;
using LLMoin.Contracts.Prompts;
using LLMoin.Contracts.Retrieval;

namespace LLMoin.UnitTests.Contracts;

/// <summary>
/// What every message looks like in JSON, one golden file each in <c>Golden/</c>. A difference here breaks processes of another version
/// that run at the same time: add optional members, or make a new version of the message.
/// </summary>
public sealed class MessagesOnTheWire
{
    private static readonly Guid Id = Guid.Parse("0190a000-0000-7000-8000-000000000001");
    private static readonly Guid OtherId = Guid.Parse("0190a000-0000-7000-8000-000000000002");
    private static readonly DateTimeOffset Time = new(2026, 11, 23, 9, 30, 0, TimeSpan.Zero);

    private static readonly object[] Samples =
    [
        new UsageRecorded
        {
            UsageId = Id, Tenant = "hamburg", UserId = "anna", ApiKeyId = OtherId, Kind = UsageKind.Answer, Purpose = "chat", Model = "extractive",
            PromptTokens = 120, CompletionTokens = 34, OccurredAt = Time, Department = "bauamt", PriceClass = "small", DurationMs = 2300,
        },
        new AnswerRated
        {
            AnswerId = Id, Tenant = "hamburg", Model = "extractive", Purpose = "chat", Verdict = AnswerVerdict.Down, Reason = "incomplete", RatedAt = Time,
        },
        new GenerationCancelled { AnswerId = Id, Attempt = 2 },
        new AnswerStopRequested { AnswerId = Id },
        new AnswerAwaited { AnswerId = Id },
        new ModelLoadRequested { WorkerId = "w1", Model = "qwen" },
        new ModelUnloadRequested { WorkerId = "w1", Model = "qwen" },
        new GenerationRequest
        {
            AnswerId = Id, Attempt = 1, Tenant = "hamburg", Model = "extractive", Priority = Priority.Batch, Deadline = Time,
            Messages =
            [
                new PromptMessage("user", "Welche Frist gilt?"),
                new PromptMessage("assistant", "") { ToolCalls = [new ToolCall("call_0", "frist", "{}")] },
                new PromptMessage("tool", "Ein Monat") { ToolCallId = "call_0" },
            ],
            Passages = [new Passage(1, "Satzung", "§ 5 Gebühren", "Die Frist beträgt einen Monat.")],
            Bare = true,
            Sampling = new Sampling
            {
                MaxTokens = 100, Temperature = 0.5f, TopP = 0.9f, TopK = 40, MinP = 0.25f, RepetitionPenalty = 1.5f, PresencePenalty = 0.5f,
                FrequencyPenalty = 0.25f, Seed = 7, Stop = ["###"], LogitBias = new Dictionary<int, float> { [42] = -100 },
            },
            ResponseFormat = new ResponseFormat(ResponseFormatKind.JsonSchema, JsonSerializer.SerializeToElement(new { type = "object" })),
            Tools = [new ToolDefinition("frist", "Sucht eine Frist", JsonSerializer.SerializeToElement(new { type = "object" }))],
            ToolChoice = new ToolChoice(ToolChoiceMode.Function, "frist"),
            EmittedText = "Die Frist ", EmittedReasoning = "Es geht um § 5.", EmittedToolCalls = [new ToolCall("call_1", "frist", "{}")], EmittedTokens = 2,
        },
        new[]
        {
            new Frame { AnswerId = Id, Attempt = 1, Sequence = 0, Kind = FrameKind.Waiting, QueuePosition = 3, EstimatedWait = 2.5 },
            new Frame { AnswerId = Id, Attempt = 1, Sequence = 1, Kind = FrameKind.Text, Text = "Straße", PromptTokens = 12, CompletionTokens = 1 },
            new Frame
            {
                AnswerId = Id, Attempt = 1, Sequence = 2, Kind = FrameKind.Text, Text = "", Reasoning = "Es geht um § 5.",
                ToolCall = new ToolCall("call_1", "frist", "{}"), PromptTokens = 12, CompletionTokens = 3,
            },
            new Frame { AnswerId = Id, Attempt = 1, Sequence = 2, Kind = FrameKind.Finished, PromptTokens = 12, CompletionTokens = 1, FinishReason = "stop" },
            new Frame { AnswerId = Id, Attempt = 1, Sequence = 2, Kind = FrameKind.Failed, Error = "The conversation is too long.", Field = "messages" },
            new Frame { AnswerId = Id, Attempt = 1, Sequence = 3, Kind = FrameKind.Bounced, HandedBack = true },
        },
        new EmbeddingRequest { RequestId = Id, Tenant = "hamburg", Model = "e5", Inputs = ["Text"], Query = "Frist" },
        new EmbeddingResult { RequestId = Id, Vectors = [[0.6f, 0.8f]], Scores = [0.5f], PromptTokens = 1 },
        new ModelsAnnounced
        {
            WorkerId = "w1", Models = [new ServedModel("extractive", ModelKind.Chat, "llmoin", 1000) { Json = true, Tools = true, PriceClass = "small" }], Slots = 16, Running = 2, Waiting = 1, Leaving = true,
            Device = "CPU, 8 threads", TokensPerSecond = 12.5, MemoryBytes = 1_000_000, MemoryBudgetBytes = 8_000_000,
            Loading = [new ModelLoading("qwen", ModelLoadingState.Loading), new ModelLoading("llama", ModelLoadingState.Failed, "There is no such file.")],
        },
        new TenantCreated { Tenant = "gemeinde-musterdorf", DisplayName = "Gemeinde Musterdorf", Parent = "niedersachsen" },
        new TenantSettingsChanged
        {
            Tenant = "hamburg", Version = 3, PolicyText = "Duze niemanden.", Imprint = "# Impressum", Privacy = "# Datenschutz", RetentionDays = 90,
            Letterhead = new TenantLetterhead
            {
                Name = "Freie und Hansestadt Hamburg", Lines = ["Rathausmarkt 1"], ReturnAddress = "FHH, Rathausmarkt 1, 20095 Hamburg",
                FooterLines = ["Telefon 040 115"], Logo = [0x89, (byte)'P', (byte)'N', (byte)'G'],
            },
        },
        new UserChanged { Tenant = "hamburg", UserId = "anna", Suspended = true, Roles = ["user"] },
        new ApiKeyRevoked { Tenant = "hamburg", ApiKeyId = Id },
        new IngestDocument { DocumentId = Id, Tenant = "hamburg", UserId = "anna" },
        new IndexDocument { DocumentId = Id, Tenant = "hamburg", UserId = "anna" },
        new DocumentIndexed { DocumentId = Id, Tenant = "hamburg", Chunks = 12 },
        new EmbedDocument { DocumentId = Id, Tenant = "hamburg" },
        new DocumentDeleted { DocumentId = Id, Tenant = "hamburg" },
        new ResourcesUsed
        {
            UsageId = Id, Tenant = "hamburg", UserId = "anna", Department = "bauamt", Kind = ResourceKind.Ingestion, Pages = 12, Bytes = 345_678,
            DurationMs = 8100, Purpose = "ingestion", Model = "bge-m3", PriceClass = "small", PromptTokens = 320, Failed = false, OccurredAt = Time,
        },
        new BudgetStates
        {
            AsOf = Time, Complete = true, Counted = [OtherId],
            Tenants =
            [
                new TenantBudgets
                {
                    Tenant = "hamburg", Seq = 42,
                    Budgets =
                    [
                        new BudgetState
                        {
                            Id = Id, Scope = BudgetScope.EachUser, Subject = "", Unit = BudgetUnit.Money, Limit = 5_000_000, Hard = true, Period = BudgetPeriodLength.Day,
                            PeriodStart = Time, PeriodEnd = Time.AddDays(1), NextPeriodEnd = Time.AddDays(2), Contact = "Kämmerei",
                        },
                    ],
                    Figures = [new BudgetFigure(Id, "anna", 1_000_000)], Prices = [new TokenPriceInForce("small", 100, 200)],
                },
            ],
        },
        new BudgetStatesWanted { UsageIds = [Id] },
        new BudgetWarned
        {
            BudgetId = Id, Tenant = "hamburg", Scope = BudgetScope.Department, Subject = "bauamt", WarnPercent = 80, PeriodEnd = Time.AddDays(1), WarnedAt = Time,
        },
        new PromptSaved { PromptId = Id, Tenant = "hamburg", Version = 3 },
    ];

    public static TheoryData<string> Names => [.. Samples.Select(Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_message_looks_as_its_golden_file_says(string name)
    {
        var sample = Samples.Single(message => Name(message) == name);
        var golden = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Contracts", "Golden", name + ".json"));

        var written = JsonSerializer.Serialize(sample, sample.GetType(), ContractJson.Web);

        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(golden), JsonNode.Parse(written)), $"{name} is now\n{written}");
        if (ContractJson.Default.GetTypeInfo(sample.GetType()) is { } generated)
            Assert.True(JsonNode.DeepEquals(JsonNode.Parse(golden), JsonNode.Parse(JsonSerializer.Serialize(sample, generated))), $"{name} differs in generated code");
        Assert.Equal(written, JsonSerializer.Serialize(JsonSerializer.Deserialize(golden, sample.GetType(), ContractJson.Web), sample.GetType(), ContractJson.Web));
    }

    [Fact]
    public void Every_message_has_a_golden_file()
    {
        var messages = typeof(MessageAttribute).Assembly.GetTypes().Where(type => Attribute.IsDefined(type, typeof(MessageAttribute)));

        Assert.Empty(messages.Except(Samples.Select(sample => sample.GetType())).Select(type => type.Name));
    }

    private static string Name(object sample) => sample is Array ? sample.GetType().GetElementType()!.Name + "s" : sample.GetType().Name;
}
