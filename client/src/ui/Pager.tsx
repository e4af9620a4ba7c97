import { useWords } from "../i18n/words-context.tsx";

interface Props {
  page: number;
  pageSize: number;
  total: number;
  turn: (page: number) => void;
  /** What the buttons say where rows do not stand by age. */
  labels?: { readonly before: string; readonly after: string };
}

/** Back and forth, and where one is; nothing where one page holds all. */
export function Pager({ page, pageSize, total, turn, labels }: Props) {
  const { t, format } = useWords();
  if (total <= pageSize) return null;
  const last = Math.ceil(total / pageSize) - 1;
  const from = page * pageSize + 1;
  return (
    <div className="pager">
      <button type="button" className="button" disabled={page === 0} onClick={() => turn(page - 1)}>
        {labels?.before ?? t("data.newer")}
      </button>
      <span aria-live="polite">
        {t("data.page", {
          from: format.count(from),
          to: format.count(Math.min(total, from + pageSize - 1)),
          total: format.count(total),
        })}
      </span>
      <button type="button" className="button" disabled={page >= last} onClick={() => turn(page + 1)}>
        {labels?.after ?? t("data.older")}
      </button>
    </div>
  );
}
