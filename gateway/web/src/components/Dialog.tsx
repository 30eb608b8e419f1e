import { useEffect, useId, useRef, type ReactNode } from 'react';
import { useTexts } from '../i18n';
import { Button } from './Button';

/** A modal dialog; the browser keeps the focus inside and gives it back. Escape and "Cancel" close it. */
export function Dialog({
  title,
  children,
  action,
  isBusy,
  onAction,
  onClose,
}: {
  title: string;
  children: ReactNode;
  action: string;

  /** While what was ordered is under way. */
  isBusy?: boolean;
  onAction: () => void;
  onClose: () => void;
}) {
  const say = useTexts();
  const dialog = useRef<HTMLDialogElement>(null);
  const id = useId();
  useEffect(() => {
    dialog.current?.showModal();
  }, []);
  return (
    <dialog className="kern-dialog" ref={dialog} aria-labelledby={id} onClose={onClose}>
      <form
        method="dialog"
        onSubmit={(event) => {
          event.preventDefault();
          onAction();
        }}
      >
        <header className="kern-dialog__header">
          <h2 className="kern-title kern-title--large" id={id}>
            {title}
          </h2>
        </header>
        <section className="kern-dialog__body">{children}</section>
        <footer className="kern-dialog__footer">
          <Button label={say('cancel')} onClick={() => dialog.current?.close()} />
          <Button label={action} kind="primary" type="submit" disabled={isBusy} />
        </footer>
      </form>
    </dialog>
  );
}
