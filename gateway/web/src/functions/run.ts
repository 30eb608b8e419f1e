import type { RunView } from '../api/types';
import type { say } from '../i18n';

export const functionNames = ['summarise', 'research', 'draft', 'translate'] as const;
export type FunctionName = (typeof functionNames)[number];

/** A run's state in words, with how far it is. */
export function runState(run: Pick<RunView, 'status' | 'part' | 'parts'>, text: typeof say): string {
  switch (run.status) {
    case 'waiting':
      return text('runWaiting');
    case 'running':
      return run.part != null && run.parts ? text('runPart', run.part, run.parts) : text('runRunning');
    case 'completed':
      return text('runCompleted');
    case 'stopped':
      return text('runStopped');
    case 'failed':
      return text('runFailed');
  }
}
