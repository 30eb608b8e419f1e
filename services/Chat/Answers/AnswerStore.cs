using System.Text.Json;
using LLMoin.Chat.Instances;
using LLMoin.Chat.Sources;
using LLMoin.Contracts.Chat;
using LLMoin.Contracts.Inference;
using LLMoin.Messaging.Outbox;
using LLMoin.ServiceDefaults.Database;
using LLMoin.ServiceDefaults.InternalIdentity;

namespace LLMoin.Chat.Answers;

/// <summary>Answers in PostgreSQL: begun before they are asked for, finished together with their usage record.</summary>
internal sealed class AnswerStore(TenantDatabase database, InstanceLease instance, OutboxSignal outbox)
{
    /// <summary>
    /// Stores the question. Where the caller has used the same idempotency key before, nothing is stored.
    /// </summary>
    /// <returns>The earlier answer under that key, or null when this one is new.</returns>
    public async Task<StoredAnswer?> BeginAsync(Question question, ConversationDraft? conversation, CancellationToken cancellation)
    {
        await using var transaction = await database.BeginAsync(question.Tenant, question.UserId, cancellation);
        if (conversation is not null)
            await transaction.ExecuteAsync(
                """
                insert into conversations (id, tenant, user_id, title) values (@Id, @Tenant, @UserId, @Title)
                on conflict (id) do update set updated_at = now()
                """, new { conversation.Id, question.Tenant, question.UserId, conversation.Title }, cancellation);

        // One round trip: the first token waits for it.
        var begun = await transaction.SingleAsync<long>(
            """
            with answer as (
              insert into answers (id, tenant, user_id, conversation_id, status, requested_model, model, purpose, idempotency_key, request_hash)
              values (@AnswerId, @Tenant, @UserId, @ConversationId, 'running', @Model, @Model, @Purpose, @IdempotencyKey, @RequestHash)
              on conflict (tenant, user_id, idempotency_key) do nothing
              returning id),
            message as (
              insert into messages (id, tenant, user_id, conversation_id, role, content)
              select @MessageId, @Tenant, @UserId, @ConversationId, 'user', @Content from answer
              where @ConversationId::uuid is not null and @Content::text is not null),
            claim as (
              insert into running_answers (answer_id, tenant, user_id, instance_id)
              select id, @Tenant, @UserId, @InstanceId from answer)
            select count(*) from answer
            """,
            new
            {
                question.AnswerId,
                question.Tenant,
                question.UserId,
                question.ConversationId,
                question.Model,
                question.Purpose,
                question.IdempotencyKey,
                question.RequestHash,
                // The result of a tool is no message of the user's.
                Content = question.Messages[^1] is { Role: "user" } message ? message.Content : null,
                instance.InstanceId,
                MessageId = Guid.CreateVersion7(),
            }, cancellation);
        if (begun == 0)
            return await FindByKeyAsync(transaction, question.IdempotencyKey!, cancellation);

        await transaction.CommitAsync(cancellation);
        return null;
    }

    /// <summary>Takes over an answer whose chat instance died, to write it anew under the same id.</summary>
    /// <returns>False when somebody else did.</returns>
    public async Task<bool> TakeOverAsync(Question question, CancellationToken cancellation)
    {
        await using var transaction = await database.BeginAsync(question.Tenant, question.UserId, cancellation);
        if (await transaction.ExecuteAsync(
                "update answers set status = 'running', finished_at = null where id = @AnswerId and status = 'interrupted'", question, cancellation) == 0)
            return false;
        await transaction.ExecuteAsync(
            "insert into running_answers (answer_id, tenant, user_id, instance_id) values (@AnswerId, @Tenant, @UserId, @InstanceId)",
            new { question.AnswerId, question.Tenant, question.UserId, instance.InstanceId }, cancellation);
        await transaction.CommitAsync(cancellation);
        return true;
    }

    /// <summary>The answer, the message in its conversation and the usage record, or none of them.</summary>
    public async Task FinishAsync(Generation generation, CancellationToken cancellation)
    {
        var question = generation.Question;
        var text = Storable(generation.Text);
        var kept = question.ConversationId is not null;
        await using var transaction = await database.BeginAsync(question.Tenant, question.UserId, cancellation);
        var finished = await transaction.ExecuteAsync(
            """
            update answers set status = @Status, model = @Model, text = @Text, reasoning = @Reasoning, tool_calls = @ToolCalls::jsonb, citations = @Citations::jsonb,
              finish_reason = @FinishReason, prompt_tokens = @PromptTokens, completion_tokens = @CompletionTokens, finished_at = now()
            where id = @AnswerId and status = 'running'
            """,
            new
            {
                question.AnswerId,
                generation.Status,
                generation.Model,
                generation.FinishReason,
                generation.PromptTokens,
                generation.CompletionTokens,
                Text = kept ? text : "",
                Reasoning = kept ? Storable(generation.Reasoning) : "",
                ToolCalls = kept ? JsonSerializer.Serialize(generation.ToolCalls.Select(Storable), JsonSerializerOptions.Web) : "[]",
                Citations = JsonSerializer.Serialize(generation.Citations, JsonSerializerOptions.Web),
            }, cancellation);
        // Another instance thought this one dead and has taken the answer over: it will write and bill it.
        if (finished == 0)
            return;

        await transaction.ExecuteAsync("delete from running_answers where answer_id = @AnswerId", question, cancellation);
        if (kept && text.Length > 0)
            await transaction.ExecuteAsync(
                """
                insert into messages (id, tenant, user_id, conversation_id, role, content, answer_id)
                select @MessageId, @Tenant, @UserId, id, 'assistant', @text, @AnswerId from conversations where id = @ConversationId
                """, new { MessageId = Guid.CreateVersion7(), question.Tenant, question.UserId, question.ConversationId, question.AnswerId, text }, cancellation);
        if (generation.PromptTokens + generation.CompletionTokens > 0)
            await transaction.PublishAsync(question.AnswerId, Usage(generation), cancellation);
        await transaction.CommitAsync(cancellation);
        outbox.Committed();
    }

    public async Task<StoredAnswer?> FindAsync(Caller caller, Guid id, CancellationToken cancellation)
    {
        await using var transaction = await database.BeginAsync(caller, cancellation);
        return await transaction.SingleAsync<StoredAnswer>(Select + " where id = @id", new { id }, cancellation);
    }

    private static Task<StoredAnswer?> FindByKeyAsync(TenantTransaction transaction, string key, CancellationToken cancellation)
        => transaction.SingleAsync<StoredAnswer>(Select + " where idempotency_key = @key", new { key }, cancellation);

    /// <summary>PostgreSQL's text cannot hold the character NUL.</summary>
    private static string Storable(string text) => text.Replace("\0", "", StringComparison.Ordinal);

    private static ToolCall Storable(ToolCall call) => new(Storable(call.Id), Storable(call.Name), Storable(call.Arguments));

    private static UsageRecorded Usage(Generation generation) => new()
    {
        UsageId = generation.Question.AnswerId,
        Tenant = generation.Question.Tenant,
        UserId = generation.Question.UserId,
        ApiKeyId = generation.Question.ApiKeyId,
        Kind = UsageKind.Answer,
        Purpose = generation.Question.Purpose,
        Model = generation.Model,
        PromptTokens = generation.PromptTokens,
        CompletionTokens = generation.CompletionTokens,
        OccurredAt = DateTimeOffset.UtcNow,
    };

    private const string Select =
        """
        select id, conversation_id, status, requested_model, model, text, reasoning, tool_calls::text as tool_calls, citations::text as citations,
          finish_reason, prompt_tokens, completion_tokens, request_hash, created_at from answers
        """;
}

/// <summary>An answer as stored.</summary>
internal sealed record StoredAnswer(
    Guid Id, Guid? ConversationId, string Status, string RequestedModel, string Model, string Text, string Reasoning, string ToolCalls, string Citations,
    string? FinishReason, int PromptTokens, int CompletionTokens, string RequestHash, DateTime CreatedAt)
{
    public IReadOnlyList<ToolCall> Calls => JsonSerializer.Deserialize<IReadOnlyList<ToolCall>>(ToolCalls, JsonSerializerOptions.Web)!;

    public IReadOnlyList<Citation> Cited => JsonSerializer.Deserialize<IReadOnlyList<Citation>>(Citations, JsonSerializerOptions.Web)!;
}

/// <param name="Id">New, or that of a conversation that goes on.</param>
/// <param name="Title">Used when it is new.</param>
internal sealed record ConversationDraft(Guid Id, string Title);
