using MimeKit;

namespace LLMoin.TestDocuments;

/// <summary>Writes mails with attachments.</summary>
public static class MailFile
{
    public static byte[] Of(string subject, string? text, string? html = null, params IEnumerable<(string Name, byte[] Content)> attachments)
    {
        var body = new BodyBuilder { TextBody = text, HtmlBody = html };
        foreach (var (name, content) in attachments)
            body.Attachments.Add(name, content);
        return Of(subject, body.ToMessageBody());
    }

    public static byte[] Of(string subject, MimeEntity body)
    {
        using var mail = new MimeMessage(
            [new MailboxAddress("Jörg Müller", "joerg.mueller@musterdorf.example")], [new MailboxAddress("Ordnungsamt", "ordnungsamt@musterdorf.example")], subject, body);
        mail.Date = new DateTimeOffset(2026, 3, 2, 9, 30, 0, TimeSpan.FromHours(1));
        using var file = new MemoryStream();
        mail.WriteTo(file);
        return file.ToArray();
    }
}
