using LLMoin.Budgeting;
using LLMoin.Chat.Answers;
using LLMoin.Chat.Answers.Following;
using LLMoin.Chat.Assistants;
using LLMoin.Chat.Budgets;
using LLMoin.Chat.Completions;
using LLMoin.Chat.Conversations;
using LLMoin.Chat.Conversations.Messages;
using LLMoin.Chat.Conversations.Shares;
using LLMoin.Chat.Embeddings;
using LLMoin.Chat.Exports;
using LLMoin.Chat.Functions;
using LLMoin.Chat.Instances;
using LLMoin.Chat.Models;
using LLMoin.Chat.Sources;
using LLMoin.Chat.TenantSettings;
using LLMoin.Chat.Workers;
using LLMoin.Contracts.Identity;
using LLMoin.Messaging.Broker;
using LLMoin.Messaging.Events;
using LLMoin.ServiceDefaults;
using LLMoin.ServiceDefaults.Database;
using LLMoin.ServiceDefaults.InternalIdentity;
using Microsoft.AspNetCore.OpenApi;

namespace LLMoin.Chat;

/// <summary>Everything the chat service is made of.</summary>
internal static class ChatService
{
    public static void AddChat(this WebApplicationBuilder builder)
    {
        builder.Services.AddValidatedOptions<ChatOptions>("Chat");
        builder.AddDatabase("chat", typeof(ChatService).Assembly);
        builder.AddBroker();
        builder.AddBudgeting();
        builder.AddEvents("chat", consume => consume.Add<TenantSettingsConsumer, TenantSettingsChanged>());
        builder.Services.ConfigureAll<OpenApiOptions>(description => description.AddSchemaTransformer<SnakeCaseSchemas>());

        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddSingletonService<InstanceLease>();
        builder.Services.AddSingletonService<ModelCatalog>();
        builder.Services.AddSingletonService<RunningAnswers>();
        builder.Services.AddSingletonService<OpenAnswers>();
        builder.Services.AddSingletonService<EmbeddingCalls>();
        builder.Services.AddSingleton<BudgetGate>();
        builder.Services.AddSingleton<RunHolds>();
        builder.Services.AddSingleton<AnswerStore>();
        builder.Services.AddSingleton<ConversationStore>();
        builder.Services.AddSingleton<ConversationDrafts>();
        builder.Services.AddSingleton<MessageStore>();
        builder.Services.AddSingleton<ShareStore>();
        builder.Services.AddSingleton<AssistantStore>();
        builder.Services.AddSingleton<TenantSettingsStore>();
        builder.Services.AddTransient<CompletionsApi>();
        builder.Services.AddHttpClient<PassageSearch>(client =>
            {
                client.BaseAddress = new Uri("http://retrieval");
                client.Timeout = TimeSpan.FromSeconds(10);
            })
            .AddHttpMessageHandler<PassCallerOn>();
        builder.AddFunctions();
    }

    public static void MapChat(this WebApplication app)
    {
        app.MapModels();
        CompletionsApi.Map(app);
        app.MapEmbeddings();
        app.MapRerank();
        app.MapWorkers();
        app.MapConversations();
        app.MapAssistants();
        app.MapExports();
        app.MapAnswers();
        app.MapFunctions();
    }

    /// <summary>A background service that others talk to.</summary>
    public static void AddSingletonService<T>(this IServiceCollection services) where T : class, IHostedService
        => services.AddSingleton<T>().AddHostedService(provider => provider.GetRequiredService<T>());
}
