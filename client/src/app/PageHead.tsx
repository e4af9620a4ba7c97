import { Sentence } from "../ui/Sentence.tsx";

interface Props {
  title: string;
  /** Null while it is being worked out. */
  headline: string | null;
  sub?: string | null;
  /** The first page has room for one large figure; working pages keep it smaller. */
  isLarge?: boolean;
}

/** The page's answer in one sentence. */
export function PageHead({ title, headline, sub, isLarge = false }: Props) {
  return (
    <header className="page-head">
      <h1 className="page-title">{title}</h1>
      {headline === null ? (
        <div className="skeleton skeleton-headline" />
      ) : (
        <p className={isLarge ? "headline headline-large" : "headline"}>
          <Sentence text={headline} />
        </p>
      )}
      {sub !== undefined && sub !== null && <p className="sub-headline">{sub}</p>}
    </header>
  );
}
