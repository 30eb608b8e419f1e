using System.Globalization;

namespace LLMoin.Exports.Pdf.Objects;

/// <summary>The bookmarks: headings, each below the one before it that is of a higher level.</summary>
internal sealed class Outline
{
    private sealed record Item(int Level, string Title, int Page, double Top)
    {
        public List<Item> Items { get; } = [];

        public int Id { get; set; }
    }

    private readonly Item _root = new(0, "", 0, 0);

    /// <param name="level">From 1.</param>
    /// <param name="title">The heading's text.</param>
    /// <param name="page">The page's object.</param>
    /// <param name="top">Points above the page's lower edge.</param>
    public void Add(int level, string title, int page, double top)
    {
        var parent = _root;
        while (parent.Items is [.., var last] && last.Level < level)
            parent = last;
        parent.Items.Add(new Item(level, title, page, top));
    }

    /// <summary>The outline's object; null where there is nothing in it.</summary>
    public int? WriteTo(PdfFile file)
    {
        if (_root.Items.Count == 0)
            return null;
        Number(_root, file);
        Write(_root, file);
        file.Set(_root.Id, string.Create(CultureInfo.InvariantCulture,
            $"<< /Type /Outlines /First {_root.Items[0].Id} 0 R /Last {_root.Items[^1].Id} 0 R /Count {Count(_root)} >>"));
        return _root.Id;
    }

    private static void Number(Item item, PdfFile file)
    {
        item.Id = file.Reserve();
        item.Items.ForEach(child => Number(child, file));
    }

    private static void Write(Item parent, PdfFile file)
    {
        for (var index = 0; index < parent.Items.Count; index++)
        {
            var item = parent.Items[index];
            var links = (index > 0 ? Reference("Prev", parent.Items[index - 1]) : "")
                + (index + 1 < parent.Items.Count ? Reference("Next", parent.Items[index + 1]) : "")
                + (item.Items.Count > 0 ? Reference("First", item.Items[0]) + Reference("Last", item.Items[^1]) + $"/Count {Count(item).ToString(CultureInfo.InvariantCulture)} " : "");
            file.Set(item.Id, string.Create(CultureInfo.InvariantCulture,
                $"<< /Title {PdfFile.Text(item.Title)} /Parent {parent.Id} 0 R {links}/Dest [{item.Page} 0 R /XYZ null {PdfFile.Number(item.Top)} null] >>"));
            Write(item, file);
        }
    }

    private static int Count(Item item) => item.Items.Sum(child => 1 + Count(child));

    private static string Reference(string key, Item item) => string.Create(CultureInfo.InvariantCulture, $"/{key} {item.Id} 0 R ");
}
