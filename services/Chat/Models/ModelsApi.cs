using System.Text.Json.Serialization;
using LLMoin.ServiceDefaults.InternalIdentity;
using Microsoft.AspNetCore.Http.HttpResults;

namespace LLMoin.Chat.Models;

/// <summary>OpenAI's model list, filtered to what the caller's tenant may use.</summary>
internal static class ModelsApi
{
    public static void MapModels(this IEndpointRouteBuilder routes)
        => routes.MapGet("/v1/models", List).WithTags("OpenAI").WithSummary("Models that the caller may use")
            .WithDescription("For every signed-in user, machine client and API key.");

    private static Ok<ModelList> List(Caller caller, ModelCatalog catalog, HttpResponse response)
    {
        response.Headers.CacheControl = "no-store";
        return TypedResults.Ok(new ModelList("list",
            [.. catalog.For(caller.Tenant).Select(model => new Model(model.Id, "model", 0, model.OwnedBy, model.Id, model.ContextTokens))]));
    }

    private sealed record ModelList([property: JsonPropertyName("object")] string Object, [property: JsonPropertyName("data")] IReadOnlyList<Model> Data);

    private sealed record Model(
        [property: JsonPropertyName("id")] string Id,
        [property: JsonPropertyName("object")] string Object,
        [property: JsonPropertyName("created")] long Created,
        [property: JsonPropertyName("owned_by")] string OwnedBy,
        [property: JsonPropertyName("name")] string Name,
        [property: JsonPropertyName("context_length")] int ContextLength);
}
