import { COLUMNS, type ColumnId } from "../../charts/prepare/breakdown-columns.ts";
import { useWords } from "../../i18n/words-context.tsx";
import { Icon } from "../../ui/Icon.tsx";
import { usePopover } from "../../ui/use-popover.ts";

interface Props {
  chosen: readonly ColumnId[];
  /** Undefined: the usual ones. */
  choose(columns: ColumnId[] | undefined): void;
}

/** Which figures stand in the table; the choice stands in the address. */
export function ColumnPicker({ chosen, choose }: Props) {
  const { t } = useWords();
  const { isOpen, panelId, box, button, toggle } = usePopover();
  const change = (column: ColumnId, isOn: boolean) => {
    const next = COLUMNS.filter((each) => (each === column ? isOn : chosen.includes(each)));
    if (next.length > 0) choose(next);
  };
  return (
    <div className="popover-box" ref={box}>
      <button
        type="button"
        ref={button}
        className="button"
        aria-expanded={isOpen}
        aria-controls={panelId}
        onClick={toggle}
      >
        <Icon name="table" />
        {t("performance.columnsButton")}
      </button>
      {isOpen && (
        <fieldset className="popover column-picker" id={panelId}>
          <legend className="visually-hidden">{t("performance.columnsButton")}</legend>
          {COLUMNS.map((column) => (
            <label key={column} className="check">
              <input
                type="checkbox"
                checked={chosen.includes(column)}
                onChange={(event) => change(column, event.target.checked)}
              />
              <span>{t(`performance.column.${column}`)}</span>
            </label>
          ))}
          <button type="button" className="link-button" onClick={() => choose(undefined)}>
            {t("performance.columnsReset")}
          </button>
        </fieldset>
      )}
    </div>
  );
}
