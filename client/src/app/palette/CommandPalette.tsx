import { type KeyboardEvent, useEffect, useId, useRef, useState } from "react";
import { useWords } from "../../i18n/words-context.tsx";
import { Icon } from "../../ui/Icon.tsx";
import { explainFailure } from "../api.ts";
import { useMembership } from "../me-context.ts";
import { PaletteList } from "./PaletteList.tsx";
import { type EntryGroup, groupEntries, type PaletteEntry } from "./palette-entry.ts";
import { rankEntries } from "./rank-entries.ts";
import { keepRecent, readRecent } from "./recent-choices.ts";
import { useEntries } from "./use-entries.ts";
import { useFound } from "./use-found.ts";

const MOST_SHOWN = 40;

/** Before anything is typed: what was chosen last, then where one mostly goes. */
function offerEntries(entries: readonly PaletteEntry[], recent: readonly string[]): EntryGroup[] {
  const known = new Map(entries.map((entry) => [entry.id, entry]));
  const last = recent.flatMap((id): PaletteEntry[] => {
    const entry = known.get(id);
    return entry === undefined ? [] : [{ ...entry, group: "recent" }];
  });
  const offered = entries.filter(({ id, isOffered }) => isOffered === true && !recent.includes(id));
  return groupEntries([...last, ...offered]);
}

/** One field that leads anywhere: pages, names of the workspace, and what can be done. */
export function CommandPalette({ close }: { close(): void }) {
  const words = useWords();
  const { t, format } = words;
  const { id: workspace } = useMembership();
  const dialog = useRef<HTMLDialogElement>(null);
  const [listId, statusId] = [useId(), useId()];
  const [text, setText] = useState("");
  const [at, setAt] = useState(0);
  const own = useEntries();
  const { entries: found, isSearching, error } = useFound(text);
  const [recent] = useState(() => readRecent(workspace));
  useEffect(() => dialog.current?.showModal(), []);

  const isTyped = text.trim() !== "";
  const groups = isTyped
    ? groupEntries(rankEntries([...own, ...found], text, recent).slice(0, MOST_SHOWN))
    : offerEntries(own, recent);
  const shown = groups.flatMap(({ entries }) => entries);
  const active = shown[Math.min(at, shown.length - 1)];

  const leave = () => dialog.current?.close();
  const choose = (entry: PaletteEntry) => {
    leave();
    keepRecent(workspace, entry.id);
    // Once the dialog has given the focus back, so that what is run may take it.
    queueMicrotask(entry.run);
  };
  const move = (by: number) => setAt((Math.min(at, shown.length - 1) + by + shown.length) % Math.max(1, shown.length));
  const steer = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === "ArrowDown") move(1);
    else if (event.key === "ArrowUp") move(-1);
    else if (event.key === "Enter" && active !== undefined) choose(active);
    else if (event.key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey)) leave();
    else return;
    event.preventDefault();
  };
  const said = isSearching
    ? t("palette.searching")
    : shown.length === 0
      ? t("palette.nothing", { text: text.trim() })
      : t("palette.results", { figure: format.count(shown.length) });

  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Escape closes a dialog by itself; the click is one beside it
    <dialog
      ref={dialog}
      className="palette"
      aria-label={t("palette.title")}
      onClose={close}
      onClick={(event) => {
        if (event.target === dialog.current) leave();
      }}
    >
      <div className="palette-body">
        <div className="palette-field">
          <Icon name="search" />
          <input
            type="text"
            role="combobox"
            aria-label={t("palette.title")}
            aria-expanded={shown.length > 0}
            aria-controls={listId}
            aria-autocomplete="list"
            aria-activedescendant={active === undefined ? undefined : `${listId}-${shown.indexOf(active)}`}
            aria-describedby={statusId}
            placeholder={t("palette.placeholder")}
            autoComplete="off"
            spellCheck={false}
            value={text}
            onChange={(event) => {
              setText(event.target.value);
              setAt(0);
            }}
            onKeyDown={steer}
          />
          <button type="button" className="button button-quiet" aria-label={t("app.close")} onClick={leave}>
            <Icon name="close" />
          </button>
        </div>
        <PaletteList id={listId} groups={groups} active={active} choose={choose} />
        <p className="palette-status" id={statusId} role="status">
          {said}
        </p>
        {error !== null && <p className="palette-status field-problem">{tellFailure(error, t)}</p>}
        {shown.length === 0 && !isSearching && <p className="palette-status hint">{t("palette.nothingHelp")}</p>}
        <p className="palette-keys" aria-hidden="true">
          {t("palette.keys")}
        </p>
      </div>
    </dialog>
  );
}

function tellFailure(error: unknown, t: ReturnType<typeof useWords>["t"]): string {
  const failure = explainFailure(error);
  return failure.kind === "offline" ? t("palette.offline") : t("palette.failed", { reason: failure.reason });
}
