using LLMoin.Inference.Llama;

namespace LLMoin.Inference.Scheduling;

/// <summary>
/// Gives each answer a sequence that holds as much of its prompt's beginning as any sequence or saved state does: system prompts, long
/// documents asked twice, the turns before in a conversation are not read again.
/// </summary>
internal sealed class SequencePool(LlamaContext context, SavedPrefixes saved)
{
    /// <summary>Copying costs about as much as reading this many tokens.</summary>
    private const int WorthCopying = 32;

    /// <summary>Saving and restoring costs about as much as reading this many tokens.</summary>
    private const int WorthSaving = 128;

    private readonly Sequence[] _sequences = [.. Enumerable.Range(0, context.Sequences).Select(id => new Sequence(id))];
    private long _uses;

    public int Free => _sequences.Count(sequence => sequence.Owner is null);

    /// <summary>Gives the task a sequence and as much of its prompt as there is.</summary>
    /// <returns>False when none is free.</returns>
    public bool TryGive(GenerationTask task)
    {
        // At least the last token is computed anew: its logits are needed.
        var prompt = task.Prompt.AsSpan(..^1);
        var inPlace = Best(prompt, static sequence => sequence.Owner is null);
        if (Oldest() is not { } target)
            return false;
        var other = Best(prompt, static sequence => sequence.Owner is not null);
        var stored = saved.Longest(prompt);

        // In its place, unless that would cost another conversation its end while an older sequence is free.
        if (inPlace.Sequence is { } near && (near.Held.Length - inPlace.Common < WorthSaving || near == target))
            target = near;
        var (source, common) = inPlace.Common >= other.Common ? inPlace : other;

        var has = target.Held.CommonPrefixLength(prompt);
        if (stored.Prefix is { } prefix && stored.Common >= Math.Max(common, has) + WorthSaving)
            has = Restore(target, prefix, stored.Common);
        else if (source is not null && source != target && common >= has + WorthCopying)
            has = Copy(source, target, common);
        else
            has = Cut(target, has);

        target.Owner = task;
        target.LastUsed = ++_uses;
        task.Sequence = target;
        task.Computed = has;
        return true;
    }

    /// <summary>A task that waited for another one's reading takes what that has read.</summary>
    public void Take(GenerationTask task, Sequence source, int common)
    {
        common = Math.Min(common, source.Held.CommonPrefixLength(task.Prompt.AsSpan(..^1)));
        if (common >= task.Computed + WorthCopying)
            task.Computed = Copy(source, task.Sequence!, common);
    }

    /// <summary>The task has ended; what was computed stays for others.</summary>
    public void TakeBack(GenerationTask task)
    {
        if (task.Sequence is not { } sequence)
            return;
        sequence.Owner = null;
        sequence.LastUsed = ++_uses;
        task.Sequence = null;
    }

    /// <summary>After a failed step nobody knows what the sequence holds.</summary>
    public void Forget(GenerationTask task)
    {
        context.Truncate(task.Sequence!.Id, 0);
        task.Sequence.Truncate(0);
        task.Computed = 0;
    }

    /// <summary>Empties all sequences that nobody uses, for their memory.</summary>
    public void DropFree()
    {
        foreach (var sequence in _sequences.Where(sequence => sequence.Owner is null))
        {
            context.Truncate(sequence.Id, 0);
            sequence.Truncate(0);
        }
    }

    private (Sequence? Sequence, int Common) Best(ReadOnlySpan<int> prompt, Func<Sequence, bool> among)
    {
        (Sequence? Sequence, int Common) best = default;
        foreach (var sequence in _sequences)
            if (among(sequence) && sequence.Held.CommonPrefixLength(prompt) is var common && common > best.Common)
                best = (sequence, common);
        return best;
    }

    private Sequence? Oldest() => _sequences.Where(sequence => sequence.Owner is null).MinBy(sequence => (sequence.Held.Length > 0, sequence.LastUsed));

    private int Cut(Sequence target, int keep)
    {
        if (target.Held.Length == keep)
            return keep;
        PutAside(target, keep);
        if (!context.Truncate(target.Id, keep))
            keep = 0;
        target.Truncate(keep);
        return keep;
    }

    private int Copy(Sequence source, Sequence target, int common)
    {
        PutAside(target, keep: 0);
        context.Copy(source.Id, target.Id);
        target.Replace(source.Held);
        return Cut(target, common);
    }

    private int Restore(Sequence target, SavedPrefix prefix, int common)
    {
        saved.Touch(prefix);
        PutAside(target, keep: 0);
        // Which may have pushed out what was to be restored, if memory is that short.
        if (!saved.Touch(prefix))
            return Cut(target, target.Held.CommonPrefixLength(prefix.Tokens.AsSpan(0, common)));
        target.Replace(context.Restore(target.Id, prefix.State) ? prefix.Tokens : []);
        return Cut(target, Math.Min(common, target.Held.Length));
    }

    /// <summary>Saves what a free sequence holds before it is overwritten, if that is worth it and found nowhere else.</summary>
    private void PutAside(Sequence sequence, int keep)
    {
        var held = sequence.Held;
        if (held.Length - keep < WorthSaving || saved.Covers(held))
            return;
        foreach (var other in _sequences)
            if (other != sequence && other.Held.StartsWith(held))
                return;
        if (saved.Fits(context.StateBytes(sequence.Id)))
            saved.Add(new SavedPrefix(held.ToArray(), context.Save(sequence.Id)));
    }
}
