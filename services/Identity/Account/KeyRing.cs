using System.Xml.Linq;
using Dapper;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Npgsql;

namespace LLMoin.Identity.Account;

/// <summary>ASP.NET's key ring for cookies and forms, in the database: restarts and replicas read what others wrote.</summary>
internal sealed class KeyRing(NpgsqlDataSource source) : IXmlRepository
{
    public IReadOnlyCollection<XElement> GetAllElements()
    {
        using var connection = source.OpenConnection();
        return [.. connection.Query<string>("select xml from protection_keys order by created_at").Select(XElement.Parse)];
    }

    public void StoreElement(XElement element, string friendlyName)
    {
        using var connection = source.OpenConnection();
        connection.Execute(
            "insert into protection_keys (id, xml) values (@id, @xml)",
            new { id = Guid.CreateVersion7(), xml = element.ToString(SaveOptions.DisableFormatting) });
    }
}
