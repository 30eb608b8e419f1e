using System.Text;
using LLMoin.Retrieval.Reading;
using LLMoin.TestDocuments;
using MimeKit;

namespace LLMoin.UnitTests.Retrieval.Reading;

public sealed class MailReaderTests
{
    [Fact]
    public void A_mail_is_read_with_its_attachments()
    {
        var inner = MimeMessage.Load(new MemoryStream(MailFile.Of("Rückfrage", "Wann ist der Termin?")));
        var body = new BodyBuilder { TextBody = "Guten Tag,\n\nim Anhang die Satzung.\n\nMit freundlichen Grüßen\nJörg Müller", HtmlBody = "<p>Guten Tag</p>" };
        body.Attachments.Add("Wochenmarkt.docx", SmallFiles.Docx());
        body.Attachments.Add("../../wappen.png", [0x89, (byte)'P', (byte)'N', (byte)'G']);
        body.Attachments.Add(new MessagePart { Message = inner });

        var document = Files.Read(MailFile.Of("Satzung für den Markt", body.ToMessageBody()), "mail.eml");

        Assert.StartsWith(
            """
            # Satzung für den Markt

            Von: Jörg Müller <joerg.mueller@musterdorf.example>
            An: Ordnungsamt <ordnungsamt@musterdorf.example>
            Datum: 02.03.2026 09:30
            Betreff: Satzung für den Markt

            Guten Tag,

            im Anhang die Satzung.

            Mit freundlichen Grüßen
            Jörg Müller

            # Wochenmarkt.docx

            ## Wochenmarktsatzung
            """.ReplaceLineEndings("\n"), document.Text.Replace("\"", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Contains("# Rückfrage.eml\n\n## Rückfrage\n\n", document.Text, StringComparison.Ordinal);
        Assert.Contains("Wann ist der Termin?", document.Text, StringComparison.Ordinal);
        Assert.Equal([new UnreadPart(null, null, "wappen.png", "unsupported")], document.Unread);
        Assert.Equal("Satzung für den Markt", document.Title);
    }

    [Fact]
    public void A_mail_in_HTML_alone_is_read_and_an_encrypted_one_is_told()
    {
        Assert.Contains("Der Termin ist verlegt.", Files.Read(MailFile.Of("Termin", null, "<p>Der Termin ist <b>verlegt</b>.</p>"), "a.eml").Text, StringComparison.Ordinal);

        var encrypted = Archives.Text("From: a@b.example\nSubject: Geheim\nContent-Type: application/pkcs7-mime; smime-type=enveloped-data; name=smime.p7m\nContent-Transfer-Encoding: base64\n\nMIIB\n");
        Assert.Equal("encrypted", Assert.Single(Files.Read(encrypted, "a.eml").Unread).Reason);
    }

    [Fact]
    public void An_eight_bit_mail_of_the_old_days_is_read()
    {
        var file = Encoding.Latin1.GetBytes("From: a@b.example\r\nSubject: =?iso-8859-1?Q?Geb=FChren?=\r\nContent-Type: text/plain; charset=iso-8859-1\r\nContent-Transfer-Encoding: 8bit\r\n\r\nDie Gebühr beträgt 5 Euro.\r\n");

        var document = Files.Read(file, "a.eml");

        Assert.Equal("Gebühren", document.Title);
        Assert.EndsWith("Die Gebühr beträgt 5 Euro.", document.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Mails_in_mails_are_opened_to_the_allowed_depth_only()
    {
        var file = MailFile.Of("innen", "Ganz innen.");
        for (var depth = 0; depth < 50; depth++)
            file = MailFile.Of($"Weiterleitung {depth}", new Multipart("mixed") { new MessagePart { Message = MimeMessage.Load(new MemoryStream(file)) } });

        Assert.Contains(Files.Read(file, "a.eml").Unread, part => part.Reason == "too-deep");
    }
}
