import { useEffect, useId, useRef, useState } from "react";
import { useWords } from "../../i18n/words-context.tsx";
import { Icon } from "../../ui/Icon.tsx";
import { PAGES } from "../pages.ts";
import { keepHasShortcuts, readHasShortcuts } from "../preferences.ts";
import { paletteKeys } from "./palette-keys.ts";
import { GO_KEYS } from "./shortcuts.ts";

function Keys({ keys }: { keys: readonly string[] }) {
  return (
    <dt>
      {keys.map((key) => (
        <kbd key={key}>{key}</kbd>
      ))}
    </dt>
  );
}

function Row({ keys, does }: { keys: readonly string[]; does: string }) {
  return (
    <div>
      <Keys keys={keys} />
      <dd>{does}</dd>
    </div>
  );
}

/** Every shortcut of the page, and the switch of those that are one character. */
export function ShortcutsDialog({ close }: { close(): void }) {
  const { t } = useWords();
  const titleId = useId();
  const dialog = useRef<HTMLDialogElement>(null);
  const [isOn, setOn] = useState(readHasShortcuts);
  useEffect(() => dialog.current?.showModal(), []);
  const nameOf = (to: string) => {
    const page = PAGES.find((each) => each.to === to);
    return page === undefined ? t("palette.below.quality") : t(`pages.${page.name}`);
  };
  const change = (has: boolean) => {
    keepHasShortcuts(has);
    setOn(has);
  };
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Escape closes a dialog by itself; the click is one beside it
    <dialog
      ref={dialog}
      className="palette shortcuts"
      aria-labelledby={titleId}
      onClose={close}
      onClick={(event) => {
        if (event.target === dialog.current) dialog.current?.close();
      }}
    >
      <div className="shortcuts-body">
        <header className="drawer-head">
          <h2 id={titleId}>{t("palette.shortcuts")}</h2>
          <button
            type="button"
            className="button button-quiet"
            aria-label={t("app.close")}
            onClick={() => dialog.current?.close()}
          >
            <Icon name="close" />
          </button>
        </header>
        <label className="shortcuts-check">
          <input type="checkbox" checked={isOn} onChange={(event) => change(event.target.checked)} />
          <span>{t("palette.single")}</span>
        </label>
        <p className="hint">{t("palette.singleWhy", { keys: paletteKeys() })}</p>
        <div className="shortcuts-columns">
          <section>
            <h3>{t("palette.anywhere")}</h3>
            <dl className="shortcuts-list">
              <Row keys={[paletteKeys()]} does={t("palette.does.palette")} />
              <Row keys={["/"]} does={t("palette.does.palette")} />
              <Row keys={["?"]} does={t("palette.does.help")} />
              <Row keys={["["]} does={t("palette.does.before")} />
              <Row keys={["]"]} does={t("palette.does.after")} />
              <Row keys={["←", "→"]} does={t("palette.does.chart")} />
            </dl>
          </section>
          <section>
            <h3>{t("palette.goTo")}</h3>
            <dl className="shortcuts-list">
              {Object.entries(GO_KEYS).map(([key, to]) => (
                <Row key={key} keys={["g", key]} does={nameOf(to)} />
              ))}
            </dl>
          </section>
        </div>
      </div>
    </dialog>
  );
}
