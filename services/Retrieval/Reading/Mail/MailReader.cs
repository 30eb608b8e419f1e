using System.Globalization;
using LLMoin.Retrieval.Reading.Texts;
using MimeKit;
using MimeKit.Cryptography;

namespace LLMoin.Retrieval.Reading.Mail;

/// <summary>
/// EML (RFC 5322, MIME): sender, receivers and date, the text (plain where there is a choice), then attachments as files of their own.
/// </summary>
internal sealed class MailReader : IDocumentReader
{
    public void Read(byte[] file, ReadingSession session)
    {
        using var mail = MimeMessage.Load(new MemoryStream(file, writable: false), session.Cancellation);
        session.Document.Entitle(mail.Subject);
        session.Document.Heading(1, mail.Subject ?? "");
        session.Document.Paragraph(string.Join('\n', Head(mail)));
        if (mail.Body is MultipartEncrypted or ApplicationPkcs7Mime)
        {
            session.Document.Unread(ReadingReason.Encrypted);
            return;
        }

        var texts = mail.BodyParts.OfType<TextPart>().Where(part => !part.IsAttachment && (part.IsPlain || part.IsHtml)).ToList();
        var shown = texts.Exists(part => part.IsPlain) ? texts.Where(part => part.IsPlain) : texts.Take(1);
        foreach (var part in shown)
            Write(part, session);
        foreach (var part in mail.BodyParts.Except(texts).Where(part => part is not (ApplicationPkcs7Signature or ApplicationPgpSignature)))
            session.ReadInside(NameOf(part), () => Content(part, session));
    }

    private static IEnumerable<string> Head(MimeMessage mail)
    {
        foreach (var (name, addresses) in new[] { ("Von", mail.From), ("An", mail.To), ("Kopie", mail.Cc) })
        {
            if (addresses.Count > 0)
                yield return $"{name}: {addresses.ToString(encode: false)}";
        }

        if (mail.Headers.Contains(HeaderId.Date))
            yield return $"Datum: {mail.Date.ToString("dd.MM.yyyy HH:mm", CultureInfo.InvariantCulture)}";
        if (!string.IsNullOrEmpty(mail.Subject))
            yield return $"Betreff: {mail.Subject}";
    }

    private static void Write(TextPart part, ReadingSession session)
    {
        if (part.IsHtml)
        {
            HtmlReader.Write(part.Text, session);
            return;
        }

        foreach (var paragraph in part.Text.ReplaceLineEndings("\n").Split("\n\n"))
            session.Document.Paragraph(paragraph);
    }

    private static string NameOf(MimeEntity part) => part switch
    {
        MessagePart { Message.Subject: { Length: > 0 } subject } => subject.Replace('/', '-') + ".eml",
        MessagePart => "Nachricht.eml",
        MimePart { FileName: { Length: > 0 } name } => name,
        _ => "Anhang" + FileFormats.Extension(part.ContentType.MimeType),
    };

    private static byte[] Content(MimeEntity part, ReadingSession session)
    {
        if (part is MessagePart { Message: { } message })
        {
            using var buffer = new MemoryStream();
            message.WriteTo(buffer, session.Cancellation);
            return session.Expansion.ReadAll(new MemoryStream(buffer.ToArray()), buffer.Length);
        }

        if (part is not MimePart { Content: { Stream: { } encoded } content })
            throw new ReadingException(ReadingReason.Unreadable);
        return session.Expansion.ReadAll(content.Open(), encoded.Length);
    }
}
