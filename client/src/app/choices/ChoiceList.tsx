import { type ReactNode, useId, useState } from "react";
import { useWords } from "../../i18n/words-context.tsx";

interface Props {
  title: string;
  search: string;
  choices: readonly { readonly name: string; readonly figure: string; readonly mark?: ReactNode }[];
  /** None: all of them. */
  chosen: readonly string[];
  choose(names: string[] | undefined): void;
}

/** Below this many there is nothing to search. */
const SEARCHED_FROM = 8;

/** Several of many: with a search, how many hold, "only this one", and all again. */
export function ChoiceList({ title, search, choices, chosen, choose }: Props) {
  const { t, format } = useWords();
  const [wanted, setWanted] = useState("");
  const titleId = useId();
  const all = choices.map(({ name }) => name);
  const isAll = chosen.length === 0;
  const key = wanted.trim().toLocaleLowerCase();
  const shown = choices.filter(({ name }) => name.toLocaleLowerCase().includes(key));
  const keep = (names: string[]) => choose(names.length === 0 || names.length >= all.length ? undefined : names);
  const turn = (name: string) => {
    const before = isAll ? all : all.filter((each) => chosen.includes(each));
    keep(before.includes(name) ? before.filter((each) => each !== name) : [...before, name]);
  };
  const total = format.count(choices.length);
  return (
    <fieldset className="filter-part" aria-labelledby={titleId}>
      <div className="filter-head">
        <strong id={titleId}>{title}</strong>
        <span className="hint" role="status">
          {isAll ? t("choices.all", { total }) : t("choices.selected", { count: chosen.length, total })}
        </span>
        {!isAll && (
          <button type="button" className="link-button" onClick={() => choose(undefined)}>
            {t("choices.clear")}
          </button>
        )}
      </div>
      {choices.length >= SEARCHED_FROM && (
        <label className="field">
          <span className="visually-hidden">{search}</span>
          <input
            type="search"
            value={wanted}
            placeholder={search}
            onChange={(event) => setWanted(event.target.value)}
          />
        </label>
      )}
      {shown.length === 0 && <p className="hint">{t("choices.noMatch", { text: wanted })}</p>}
      <ul className="filter-list">
        {shown.map(({ name, figure, mark }) => (
          <li key={name} className="filter-item">
            <label>
              <input type="checkbox" checked={isAll || chosen.includes(name)} onChange={() => turn(name)} />
              {mark}
              <span className="filter-name">{name}</span>
            </label>
            <button
              type="button"
              className="link-button"
              aria-label={t("choices.onlyNamed", { name })}
              onClick={() => keep([name])}
            >
              {t("choices.only")}
            </button>
            <span className="filter-figure">{figure}</span>
          </li>
        ))}
      </ul>
    </fieldset>
  );
}
