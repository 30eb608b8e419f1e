import type { Message } from '../api/types';

/** A message on the open branch, with the versions that stand beside it. */
export interface BranchMessage {
  message: Message;
  siblings: Message[];
}

/**
 * The branch of a tree of messages that ends in `leafId`, from the beginning; the newest end where it names none.
 * Siblings have the same parent and role: versions of one question or answer, in the order in which they were made.
 */
export function branch(messages: Message[], leafId: string | null | undefined): BranchMessage[] {
  const byId = new Map(messages.map((message) => [message.id, message]));
  const path: Message[] = [];
  let next = (leafId ? byId.get(leafId) : undefined) ?? messages.at(-1);
  while (next) {
    path.push(next);
    next = next.parentId ? byId.get(next.parentId) : undefined;
  }
  return path.reverse().map((message) => ({
    message,
    siblings: messages.filter((other) => (other.parentId ?? null) === (message.parentId ?? null) && other.role === message.role),
  }));
}

/** The newest end below a message: where its branch goes on. */
export function endBelow(messages: Message[], id: string): string {
  const children = messages.filter((message) => message.parentId === id);
  const newest = children.at(-1);
  return newest ? endBelow(messages, newest.id) : id;
}
