import { useEffect } from "react";
import { useWords } from "../../i18n/words-context.tsx";
import { Icon } from "../../ui/Icon.tsx";
import type { EntryGroup, PaletteEntry } from "./palette-entry.ts";

interface Props {
  id: string;
  groups: readonly EntryGroup[];
  active: PaletteEntry | undefined;
  choose(entry: PaletteEntry): void;
}

/** The options of the palette's field: the focus stays in the field, which says which one is meant. */
export function PaletteList({ id, groups, active, choose }: Props) {
  const { t } = useWords();
  const order = groups.flatMap(({ entries }) => entries);
  const activeAt = active === undefined ? -1 : order.indexOf(active);
  useEffect(() => {
    if (activeAt >= 0) document.getElementById(`${id}-${activeAt}`)?.scrollIntoView({ block: "nearest" });
  }, [id, activeAt]);
  return (
    <div className="palette-list" id={id} role="listbox" aria-label={t("palette.title")}>
      {groups.map(({ group, entries }) => (
        // biome-ignore lint/a11y/useSemanticElements: options of a listbox are grouped by this role alone
        <div key={group} role="group" aria-labelledby={`${id}-${group}`}>
          <div className="palette-group" id={`${id}-${group}`} role="presentation">
            {t(`palette.group.${group}`)}
          </div>
          {entries.map((entry) => (
            // biome-ignore lint/a11y/useKeyWithClickEvents: the field above hears the keys
            // biome-ignore lint/a11y/useFocusableInteractive: the focus stays in the field
            <div
              key={entry.id}
              id={`${id}-${order.indexOf(entry)}`}
              role="option"
              aria-selected={entry === active}
              className="palette-option"
              onPointerDown={(event) => event.preventDefault()}
              onClick={() => choose(entry)}
            >
              <Icon name={entry.icon} />
              <span className="palette-label">{entry.label}</span>
              {entry.beside !== undefined && <span className="palette-beside">{entry.beside}</span>}
              {entry.keys !== undefined && <kbd>{entry.keys}</kbd>}
            </div>
          ))}
        </div>
      ))}
    </div>
  );
}
