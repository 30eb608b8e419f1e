using System.Text.Json;
using LLMoin.Chat.Conversations;
using LLMoin.Chat.Instances;
using LLMoin.Chat.Sources;
using LLMoin.Chat.Sources.Evidence;
using LLMoin.Contracts.Inference;
using LLMoin.Messaging.Outbox;
using LLMoin.ServiceDefaults.Database;
using LLMoin.ServiceDefaults.InternalIdentity;

namespace LLMoin.Chat.Answers;

/// <summary>Answers in PostgreSQL: begun before they are asked for, finished together with their usage record.</summary>
internal sealed class AnswerStore(TenantDatabase database, InstanceLease instance, OutboxSignal outbox)
{
    /// <summary>
    /// Stores the question and its place in the conversation. Where the caller has used the same idempotency key before, nothing is stored.
    /// </summary>
    public async Task<Begun> BeginAsync(Question question, ConversationDraft? conversation, CancellationToken cancellation)
    {
        await using var transaction = await database.BeginAsync(question.Tenant, question.UserId, cancellation);
        // The row stays locked until the end, so that of two questions at once one follows the other.
        if (conversation is not null)
            await transaction.ExecuteAsync(
                """
                insert into conversations as c (id, tenant, user_id, title, assistant_id) values (@Id, @Tenant, @UserId, @Title, @AssistantId)
                on conflict (id) do update set updated_at = now(), title = coalesce(nullif(c.title, ''), excluded.title),
                  assistant_id = coalesce(excluded.assistant_id, c.assistant_id)
                """, new { conversation.Id, question.Tenant, question.UserId, conversation.Title, question.AssistantId }, cancellation);

        // One round trip: the first token waits for it.
        var begun = await transaction.SingleAsync<BegunAnswer>(
            """
            with place as (
              select case when @AtLeaf then (select leaf_id from conversations where id = @ConversationId) else @ParentId::uuid end as below),
            answer as (
              insert into answers (id, tenant, user_id, conversation_id, status, requested_model, model, purpose, idempotency_key, request_hash, parent_id)
              select @AnswerId, @Tenant, @UserId, @ConversationId, 'running', @Model, @Model, @Purpose, @IdempotencyKey, @RequestHash,
                case when @Content::text is null then below else @MessageId end from place
              on conflict (tenant, user_id, idempotency_key) do nothing
              returning id, parent_id),
            message as (
              insert into messages (id, tenant, user_id, conversation_id, role, content, parent_id)
              select @MessageId, @Tenant, @UserId, @ConversationId, 'user', @Content, below from answer, place where @Content::text is not null),
            leaf as (
              update conversations set leaf_id = parent_id from answer where conversations.id = @ConversationId and parent_id is not null),
            claim as (
              insert into running_answers (answer_id, tenant, user_id, instance_id)
              select id, @Tenant, @UserId, @InstanceId from answer)
            select id, parent_id from answer
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
                AtLeaf = conversation?.AtLeaf == true,
                conversation?.ParentId,
                // The result of a tool is no message of the user's.
                Content = conversation is { AnswersAgain: false } && question.Messages[^1] is { Role: "user" } message ? Storable.Text(message.Content) : null,
                instance.InstanceId,
                MessageId = Guid.CreateVersion7(),
            }, cancellation);
        if (begun is null)
            return new Begun(null, await FindByKeyAsync(transaction, question.IdempotencyKey!, cancellation));

        await transaction.CommitAsync(cancellation);
        return new Begun(begun.ParentId, null);
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

    /// <summary>
    /// The answer, the message in its conversation and the usage record, or none of them. Of a conversation deleted meanwhile nothing is kept
    /// but what was used.
    /// </summary>
    /// <returns>False where another instance, which thought this one dead, has taken the answer over: it writes and bills it.</returns>
    public async Task<bool> FinishAsync(Generation generation, CancellationToken cancellation)
    {
        var question = generation.Question;
        var text = Storable.Text(generation.Text);
        var kept = question.ConversationId is not null;
        await using var transaction = await database.BeginAsync(question.Tenant, question.UserId, cancellation);
        var finished = await transaction.ExecuteAsync(
            """
            update answers set status = @Status, model = @Model, text = @Text, reasoning = @Reasoning, tool_calls = @ToolCalls::jsonb, citations = @Citations::jsonb, doubts = @Doubts::jsonb,
              finish_reason = @FinishReason, prompt_tokens = @PromptTokens, completion_tokens = @CompletionTokens, finished_at = now()
            where id = @AnswerId and (status = 'interrupted'
              or status = 'running' and exists (select from running_answers where answer_id = @AnswerId and instance_id = @InstanceId))
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
                Reasoning = kept ? Storable.Text(generation.Reasoning) : "",
                ToolCalls = kept ? JsonSerializer.Serialize(generation.ToolCalls.Select(Storable.Call), JsonSerializerOptions.Web) : "[]",
                Citations = JsonSerializer.Serialize(generation.Citations, JsonSerializerOptions.Web),
                Doubts = kept ? JsonSerializer.Serialize(generation.Doubts, JsonSerializerOptions.Web) : "[]",
                instance.InstanceId,
            }, cancellation);
        if (finished == 0)
            return false;

        await transaction.ExecuteAsync(
            """
            delete from running_answers where answer_id = @AnswerId;
            update answers set text = '', reasoning = '', tool_calls = '[]', citations = '[]', doubts = '[]' where id = @AnswerId and @kept and conversation_id is null
            """, new { question.AnswerId, kept }, cancellation);
        // Where the reader has opened another branch meanwhile, that stays open.
        if (generation.MessageId is { } messageId)
            await transaction.ExecuteAsync(
                """
                with message as (
                  insert into messages (id, tenant, user_id, conversation_id, role, content, answer_id, parent_id)
                  select @messageId, @Tenant, @UserId, c.id, 'assistant', @text, a.id, a.parent_id
                  from answers a join conversations c on c.id = a.conversation_id where a.id = @AnswerId
                  returning conversation_id, parent_id)
                update conversations c set leaf_id = @messageId from message m where c.id = m.conversation_id and c.leaf_id is not distinct from m.parent_id
                """, new { messageId, question.Tenant, question.UserId, question.AnswerId, text }, cancellation);
        // One that failed before its first token, too: else nobody could tell how many fail.
        var usage = generation.Usage(DateTimeOffset.UtcNow);
        await transaction.PublishAsync(question.AnswerId, usage, cancellation);
        await transaction.CommitAsync(cancellation);
        generation.Settle(usage);
        outbox.Committed();
        return true;
    }

    public async Task<StoredAnswer?> FindAsync(Caller caller, Guid id, CancellationToken cancellation)
    {
        await using var transaction = await database.BeginAsync(caller, cancellation);
        return await transaction.SingleAsync<StoredAnswer>(Select + " where id = @id", new { id }, cancellation);
    }

    /// <summary>The answer to an earlier request with this idempotency key.</summary>
    public async Task<StoredAnswer?> FindEarlierAsync(Caller caller, string key, CancellationToken cancellation)
    {
        await using var transaction = await database.BeginAsync(caller, cancellation);
        return await FindByKeyAsync(transaction, key, cancellation);
    }

    private static Task<StoredAnswer?> FindByKeyAsync(TenantTransaction transaction, string key, CancellationToken cancellation)
        => transaction.SingleAsync<StoredAnswer>(Select + " where idempotency_key = @key", new { key }, cancellation);

    private const string Select =
        """
        select id, conversation_id, status, requested_model, model, text, reasoning, tool_calls::text as tool_calls, citations::text as citations, doubts::text as doubts,
          finish_reason, prompt_tokens, completion_tokens, request_hash, created_at, parent_id,
          (select m.id from messages m where m.conversation_id = answers.conversation_id and m.answer_id = answers.id) as message_id from answers
        """;
}

/// <summary>An answer as stored.</summary>
internal sealed record StoredAnswer(
    Guid Id, Guid? ConversationId, string Status, string RequestedModel, string Model, string Text, string Reasoning, string ToolCalls, string Citations, string Doubts,
    string? FinishReason, int PromptTokens, int CompletionTokens, string RequestHash, DateTime CreatedAt,
    Guid? ParentId, Guid? MessageId)
{
    public IReadOnlyList<ToolCall> Calls => JsonSerializer.Deserialize<IReadOnlyList<ToolCall>>(ToolCalls, JsonSerializerOptions.Web)!;

    public IReadOnlyList<Doubt> Doubted => JsonSerializer.Deserialize<IReadOnlyList<Doubt>>(Doubts, JsonSerializerOptions.Web)!;

    public IReadOnlyList<Citation> Cited => JsonSerializer.Deserialize<IReadOnlyList<Citation>>(Citations, JsonSerializerOptions.Web)!;
}

/// <param name="ParentId">The message that the answer will follow; null at a conversation's beginning and where nothing is stored.</param>
/// <param name="Earlier">The answer under the same idempotency key, in place of which nothing was begun; null when this one is new.</param>
internal sealed record Begun(Guid? ParentId, StoredAnswer? Earlier);

internal sealed record BegunAnswer(Guid Id, Guid? ParentId);
