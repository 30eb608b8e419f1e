using System.Text.Json;
using LLMoin.Retrieval.Index;
using LLMoin.ServiceDefaults.InternalIdentity;

namespace LLMoin.Benchmarks.Retrieval.Sets;

/// <summary>
/// A file as SQuAD has it (P. Rajpurkar et al., 2016) and its German kin: articles of paragraphs with questions. A paragraph answers
/// its own questions; those marked impossible have no answer.
/// </summary>
internal static class SquadSet
{
    public static QuestionSet Read(string file)
    {
        using var json = JsonDocument.Parse(File.ReadAllBytes(file));
        var documents = new List<IndexedDocument>();
        var questions = new List<Question>();
        var unanswerable = new List<string>();
        foreach (var article in json.RootElement.GetProperty("data").EnumerateArray())
        {
            var passages = new List<(string, string)>();
            foreach (var paragraph in article.GetProperty("paragraphs").EnumerateArray())
            {
                var place = new Dictionary<Place, int> { [new Place(documents.Count, passages.Count)] = 1 };
                passages.Add(("", paragraph.GetProperty("context").GetString()!));
                foreach (var question in paragraph.GetProperty("qas").EnumerateArray())
                {
                    var text = question.GetProperty("question").GetString()!;
                    if (question.TryGetProperty("is_impossible", out var impossible) && impossible.ValueKind == JsonValueKind.True)
                        unanswerable.Add(text);
                    else
                        questions.Add(new Question(text, "question", HeldOut: false, place));
                }
            }

            var title = article.TryGetProperty("title", out var given) ? given.GetString()!.Replace('_', ' ') : "";
            documents.Add(new IndexedDocument(Guid.CreateVersion7(), [Principals.Tenant], null, title, passages));
        }

        return new QuestionSet(Path.GetFileName(file), documents, questions) { Unanswerable = unanswerable };
    }
}
