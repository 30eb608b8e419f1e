using LLMoin.Contracts.Identity;
using LLMoin.Identity.Tenants;
using LLMoin.Identity.Tenants.Settings;

namespace LLMoin.Identity.Seed;

/// <summary>Letterheads to try exports with. Streets and numbers are made up.</summary>
internal static class DemoSettings
{
    public static TenantSettings Of(Tenant tenant)
    {
        var town = tenant.Id switch { "hamburg" => "20000 Hamburg", "bremen" => "28000 Bremen", "niedersachsen" => "30000 Hannover", _ => "26000 Musterdorf" };
        return new TenantSettings
        {
            Letterhead = new TenantLetterhead
            {
                Name = tenant.DisplayName,
                Lines = ["Musterstraße 1", town, "Telefon 115"],
                ReturnAddress = $"{tenant.DisplayName}, Musterstraße 1, {town}",
                FooterLines = ["Öffnungszeiten: Montag bis Freitag 8 bis 12 Uhr", "Ein Beispiel – keine wirkliche Behörde"],
            },
            Imprint = $"{tenant.DisplayName}\n\nMusterstraße 1\n\n{town}",
        };
    }
}
