import { type ReactNode, useEffect, useId, useRef } from "react";
import { useTranslation } from "react-i18next";
import { Icon } from "./Icon.tsx";

interface Props {
  title: ReactNode;
  isOpen: boolean;
  close(): void;
  /** For figures beside each other: twice as wide where the screen allows. */
  isWide?: boolean;
  children: ReactNode;
}

/**
 * Slides in from the right over the page: holds the focus, closes on Escape and on a click beside it, gives the focus back.
 * It stays in the tree when it is closed, or the browser would not know whom to give the focus back to.
 */
export function Drawer({ title, isOpen, close, isWide = false, children }: Props) {
  const { t } = useTranslation();
  const titleId = useId();
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const element = dialog.current;
    if (element === null) return;
    if (isOpen && !element.open) element.showModal();
    if (!isOpen && element.open) element.close();
  }, [isOpen]);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Escape closes a dialog by itself; the click is one beside it
    <dialog
      ref={dialog}
      className={isWide ? "drawer drawer-wide" : "drawer"}
      aria-labelledby={titleId}
      onClose={(event) => {
        if (event.target === dialog.current) close();
      }}
      onClick={(event) => {
        if (event.target === dialog.current) close();
      }}
    >
      {isOpen && (
        <div className="drawer-body">
          <header className="drawer-head">
            <h2 id={titleId}>{title}</h2>
            <button type="button" className="button button-quiet" aria-label={t("app.close")} onClick={close}>
              <Icon name="close" />
            </button>
          </header>
          {children}
        </div>
      )}
    </dialog>
  );
}
