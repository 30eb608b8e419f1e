namespace LLMoin.Exports;

/// <summary>A4 and its margins, in millimetres from the upper left corner; those of DIN 5008 for letters, kept for everything.</summary>
internal static class Paper
{
    public const double Width = 210;
    public const double Height = 297;
    public const double Left = 25;
    public const double Right = 20;
    public const double Top = 25;
    public const double Bottom = 35;

    public const double LogoWidth = 45;
    public const double LogoHeight = 25;
    public const double LogoTop = 10;
    public const double LogoLeft = Width - Right - LogoWidth;

    /// <summary>Of the letterhead's text, left of the logo.</summary>
    public const double HeadWidth = LogoLeft - Left - 5;

    /// <summary>More would run into what is below.</summary>
    public const int MaxHeadLines = 6;

    public const int MaxFooterLines = 4;
}

/// <summary>DIN 5008:2020, form B: where a letter's fields stand, in millimetres from the upper left corner.</summary>
internal static class LetterPaper
{
    public const double AddressLeft = 20;
    public const double AddressTop = 45;
    public const double AddressWidth = 85;

    /// <summary>The address field's three zones, together 45: return address, remarks, recipient.</summary>
    public const double ReturnHeight = 5;

    public const double RemarksHeight = 12.7;
    public const double RecipientHeight = 27.3;

    /// <summary>Within the address field, so that nothing touches the envelope's window.</summary>
    public const double AddressIndent = 5;

    public const double InformationLeft = 125;
    public const double InformationTop = 50;
    public const double InformationWidth = 75;
    public const double InformationHeight = 40;
    public const double LabelWidth = 30;

    /// <summary>Two lines below the address field.</summary>
    public const double TextTop = 98.46;

    public const double MarkLeft = 5;
    public const double MarkWidth = 5;

    /// <summary>Both folds, and the middle for the punch.</summary>
    public static readonly double[] Marks = [105, 148.5, 210];
}
