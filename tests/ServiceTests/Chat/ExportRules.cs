using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using LLMoin.Contracts.Identity;
using LLMoin.ServiceBed;
using UglyToad.PdfPig;

namespace LLMoin.ServiceTests.Chat;

/// <summary>What a tenant has settled, in prompts and on paper.</summary>
public sealed class ExportRules(ChatBed bed, Servers servers) : IClassFixture<ChatBed>
{
    private static CancellationToken Now => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_tenants_policy_goes_into_prompts_and_its_letterhead_onto_exports_that_only_the_owner_gets()
    {
        await using var worker = await bed.StartWorkerAsync();
        var tenant = $"amt-{Guid.NewGuid():n}"[..20];
        using var anna = bed.Chat.ClientFor(tenant, "anna", "user");
        using var ben = bed.Chat.ClientFor(tenant, "ben", "user");
        Assert.Equal(1, await PromptTokensAsync(anna));
        var conversations = await anna.GetFromJsonAsync<JsonElement>("/api/chat/conversations", Now);
        var route = $"/api/chat/conversations/{conversations.GetProperty("items")[0].GetProperty("id")}/export";
        Assert.DoesNotContain("Amt für Proben", await anna.GetStringAsync(route + "?format=md", Now));

        await using var broker = await RawBroker.ConnectAsync(servers);
        var version = 0;
        await ReadUntil.TrueAsync(async () =>
        {
            // Other tests' chat services listen to the same queue and may be the ones that hear it.
            await broker.PublishAsync(Settings(tenant, ++version), Guid.CreateVersion7());
            return (await anna.GetStringAsync(route + "?format=md", Now)).Contains("Amt für Proben", StringComparison.Ordinal);
        }, "the letterhead arrives");

        // "Vorgaben der Behörde:" and three words, before the question's one.
        Assert.Equal(7, await PromptTokensAsync(anna));
        using var docx = await anna.GetAsync(route + "?format=docx", Now);
        Assert.Equal("application/vnd.openxmlformats-officedocument.wordprocessingml.document", docx.Content.Headers.ContentType!.MediaType);
        using var pdf = PdfDocument.Open(await anna.GetByteArrayAsync(route, Now));
        var text = string.Join(' ', pdf.GetPages().SelectMany(page => page.GetWords()).Select(word => word.Text));
        foreach (var expected in (string[])["Amt für Proben", "Frage tokens=3", "Antwort 0 1 2", "KI-generiert mit dem Modell replay", "Seite 1 von 1"])
            Assert.Contains(expected, text);
        Assert.Equal(HttpStatusCode.NotFound, (await ben.GetAsync(route, Now)).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await anna.GetAsync(route + "?format=exe", Now)).StatusCode);
    }

    private static TenantSettingsChanged Settings(string tenant, int version) => new()
    {
        Tenant = tenant,
        Version = version,
        PolicyText = "Bleibe immer sachlich.",
        Imprint = "",
        Privacy = "",
        Letterhead = new TenantLetterhead { Name = "Amt für Proben", Lines = [], ReturnAddress = "", FooterLines = [] },
    };

    private static async Task<int> PromptTokensAsync(HttpClient client)
    {
        using var response = await client.PostAsJsonAsync("/v1/chat/completions",
            new { model = "replay", messages = new[] { new { role = "user", content = "tokens=3" } }, sources = new { mode = "off" } }, Now);
        return (await response.Content.ReadFromJsonAsync<JsonElement>(Now)).GetProperty("usage").GetProperty("prompt_tokens").GetInt32();
    }
}
