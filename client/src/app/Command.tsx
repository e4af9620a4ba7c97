/** A line for the terminal; one click selects all of it. */
export function Command({ text }: { text: string }) {
  return (
    <pre className="command">
      <code>{text}</code>
    </pre>
  );
}
