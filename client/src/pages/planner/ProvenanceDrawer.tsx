import { Link } from "@tanstack/react-router";
import { useEffect, useId, useRef } from "react";
import type { Provenance } from "../../charts/prepare/provenance.ts";
import { useWords } from "../../i18n/words-context.tsx";
import { Icon } from "../../ui/Icon.tsx";

/** Where one figure comes from: slides in from the right, holds the focus, and gives it back when it closes. */
export function ProvenanceDrawer({ provenance, close }: { provenance: Provenance | null; close(): void }) {
  const { t } = useWords();
  const titleId = useId();
  const dialog = useRef<HTMLDialogElement>(null);
  const isOpen = provenance !== null;
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
      className="drawer"
      aria-labelledby={titleId}
      onClose={close}
      onClick={(event) => {
        if (event.target === dialog.current) close();
      }}
    >
      {provenance !== null && (
        <div className="drawer-body">
          <header className="drawer-head">
            <h2 id={titleId}>{provenance.title}</h2>
            <button type="button" className="button button-quiet" aria-label={t("provenance.close")} onClick={close}>
              <Icon name="close" />
            </button>
          </header>
          <p>{provenance.how}</p>
          <dl className="drawer-facts">
            {provenance.facts.map(({ label, text }) => (
              <div key={label}>
                <dt>{label}</dt>
                <dd>{text}</dd>
              </div>
            ))}
            <div>
              <dt>{t("provenance.label.run")}</dt>
              <dd>
                {provenance.run === null ? (
                  t("provenance.given")
                ) : (
                  <Link to="/attribution" search={true}>
                    <code>{provenance.run.slice(0, 8)}</code>
                  </Link>
                )}
              </dd>
            </div>
          </dl>
        </div>
      )}
    </dialog>
  );
}
