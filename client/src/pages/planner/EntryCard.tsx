import { type ReactNode, useEffect, useState } from "react";
import { useWords } from "../../i18n/words-context.tsx";
import { Icon } from "../../ui/Icon.tsx";

interface Props {
  name: string;
  onRename(name: string): void;
  onRemove(): void;
  children: ReactNode;
}

/** One entry of a list of limits: its name, its fields, and the way to be rid of it. An emptied name stays what it was. */
export function EntryCard({ name, onRename, onRemove, children }: Props) {
  const { t } = useWords();
  const [text, setText] = useState(name);
  useEffect(() => setText(name), [name]);
  return (
    <fieldset className="entry">
      <legend className="visually-hidden">{name}</legend>
      <div className="entry-head">
        <label className="field">
          <span className="visually-hidden">{t("planner.groupName")}</span>
          <span className="field-box">
            <input
              type="text"
              autoComplete="off"
              maxLength={200}
              value={text}
              onChange={(event) => setText(event.target.value)}
              onBlur={() => (text.trim() === "" ? setText(name) : text.trim() !== name && onRename(text.trim()))}
            />
          </span>
        </label>
        <button
          type="button"
          className="button button-quiet"
          aria-label={t("planner.remove", { name })}
          title={t("planner.remove", { name })}
          onClick={onRemove}
        >
          <Icon name="close" />
        </button>
      </div>
      {children}
    </fieldset>
  );
}
