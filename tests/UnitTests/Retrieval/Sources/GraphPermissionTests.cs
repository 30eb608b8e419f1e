using System.Text.Json;
using LLMoin.Retrieval.Sources.SharePoint;

namespace LLMoin.UnitTests.Retrieval.Sources;

public sealed class GraphPermissionTests
{
    private static readonly Guid Source = Guid.Parse("11111111-2222-3333-4444-555555555555");
    private static readonly DateTimeOffset Now = new(2026, 11, 1, 0, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("""{"grantedToV2":{"user":{"id":"1","email":"Anna@Amt.example"}}}""", "mail:anna@amt.example")]
    [InlineData("""{"grantedToV2":{"user":{"id":"1"},"siteUser":{"loginName":"i:0#.f|membership|anna@amt.example"}}}""", "mail:anna@amt.example")]
    [InlineData("""{"grantedToV2":{"user":{"email":"a@b.example"},"siteUser":{"loginName":"i:0#.f|membership|upn@b.example"}}}""", "mail:a@b.example mail:upn@b.example")]
    [InlineData("""{"grantedToV2":{"group":{"id":"ABC"}}}""", "group:11111111-2222-3333-4444-555555555555/abc")]
    [InlineData("""{"grantedToV2":{"siteUser":{"loginName":"c:0t.c|tenant|abc"}}}""", "group:11111111-2222-3333-4444-555555555555/abc")]
    [InlineData("""{"grantedToV2":{"siteUser":{"loginName":"c:0o.c|federateddirectoryclaimprovider|abc"}}}""", "group:11111111-2222-3333-4444-555555555555/abc")]
    [InlineData("""{"grantedToV2":{"siteUser":{"loginName":"c:0-.f|rolemanager|spo-grid-all-users/99"}}}""", "tenant")]
    [InlineData("""{"link":{"scope":"organization"}}""", "tenant")]
    [InlineData("""{"link":{"scope":"anonymous"}}""", "tenant")]
    [InlineData("""{"link":{"scope":"users"},"grantedToIdentitiesV2":[{"user":{"email":"a@b.example"}},{"group":{"id":"g"}}]}""",
        "group:11111111-2222-3333-4444-555555555555/g mail:a@b.example")]
    [InlineData("""{"expirationDateTime":"2026-11-02T00:00:00Z","grantedToV2":{"user":{"email":"a@b.example"}}}""", "mail:a@b.example")]
    public void Who_is_recognised_reads(string permission, string expected) => Assert.Equal(expected, Readers(permission));

    [Theory]
    [InlineData("""{"grantedToV2":{"user":{"id":"1","displayName":"Anna"}}}""")]
    [InlineData("""{"grantedToV2":{"siteGroup":{"id":"5","displayName":"Mitglieder"}}}""")]
    [InlineData("""{"grantedToV2":{"application":{"id":"1"}}}""")]
    [InlineData("""{"grantedToV2":{"siteUser":{"loginName":"c:0o.c|federateddirectoryclaimprovider|abc_o"}}}""")]
    [InlineData("""{"grantedToV2":{"siteUser":{"loginName":"c:0t.c|tenant|"}}}""")]
    [InlineData("""{"grantedToV2":{"siteUser":{"loginName":"i:0#.w|domain\\anna"}}}""")]
    [InlineData("""{"link":{"scope":"anonymous"},"hasPassword":true}""")]
    [InlineData("""{"link":{"scope":"existingAccess"}}""")]
    [InlineData("""{"link":{"scope":"unheard-of"},"grantedToIdentitiesV2":[{"user":{"email":"a@b.example"}}]}""")]
    [InlineData("""{"expirationDateTime":"2026-10-31T00:00:00Z","grantedToV2":{"user":{"email":"a@b.example"}}}""")]
    [InlineData("{}")]
    public void Whoever_is_not_recognised_reads_nothing(string permission) => Assert.Equal("", Readers(permission));

    [Fact]
    public void Members_are_people_by_each_of_their_addresses()
    {
        DirectoryObject[] members =
        [
            new("#microsoft.graph.user", "1", "Anna@Amt.example", "a.anna@amt.example"), new("#microsoft.graph.user", "2", null, "berta@amt.example"),
            new("#microsoft.graph.group", "3", "alle@amt.example", null), new("#microsoft.graph.user", "4", null, null),
        ];
        Assert.Equal(["mail:a.anna@amt.example", "mail:anna@amt.example", "mail:berta@amt.example"], GraphPermissions.Members(members));
    }

    private static string Readers(string permission)
        => string.Join(' ', GraphPermissions.Readers(Source, [JsonSerializer.Deserialize<GraphPermission>(permission, JsonSerializerOptions.Web)!], Now));
}
