using System.Globalization;

namespace LLMoin.TestDocuments;

/// <summary>Programs that stand in for those an operator may not have installed.</summary>
public static class StandIn
{
    /// <summary>Answers as tesseract does, after these seconds: knows German, and recognises this text in every PNG or JPEG but nothing in anything else. Writes a line into <see cref="Log"/> for each picture.</summary>
    /// <param name="text">What it recognises.</param>
    /// <param name="seconds">That it takes.</param>
    /// <param name="gate">From so many-th picture of a document on it waits for <see cref="Open"/>; never where absent.</param>
    public static string Tesseract(string text, double seconds = 0, int gate = int.MaxValue)
    {
        var file = Path.Combine(Directory.CreateTempSubdirectory("llmoin-tests-").FullName, "tesseract");
        File.WriteAllText(file,
            $"""
             #!/bin/sh
             if [ "$1" = --list-langs ]; then printf 'List of available languages:\ndeu\nosd\n'; exit; fi
             kind=$(head -c 3 | od -An -tx1 | tr -d ' ')
             cat > /dev/null
             # Each document is read by a process of its own, which is the parent of this one.
             echo $PPID >> "$0.log"
             [ $(grep -cx $PPID "$0.log") -lt {gate} ] || until [ -e "$0.open" ]; do sleep 0.05; done
             sleep {seconds.ToString(CultureInfo.InvariantCulture)}
             case $kind in 89504e|ffd8ff) printf '%s\n' '{text}' ;; *) exit 1 ;; esac
             """);
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        return file;
    }

    /// <summary>Lets a program go on that waits at its gate, and all that come later.</summary>
    public static void Open(string program) => File.WriteAllBytes(program + ".open", []);

    /// <summary>What a program wrote so far; empty before it was started.</summary>
    public static string[] Log(string program) => File.Exists(program + ".log") ? File.ReadAllLines(program + ".log") : [];
}
