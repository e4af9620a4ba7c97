/** The secret inside the address that an app is given, in groups of four, for who types it. */
export function secretOf(uri: string): string {
  const secret = URL.canParse(uri) ? new URL(uri).searchParams.get("secret") : null;
  return (secret ?? "").replace(/(.{4})(?=.)/g, "$1 ");
}

/** Prints the codes alone, from a frame out of sight that is gone afterwards. Browsers do not print what is hidden. */
export function printSpareCodes(codes: readonly string[], title: string): void {
  const frame = document.createElement("iframe");
  frame.className = "print-frame";
  document.body.append(frame);
  const paper = frame.contentDocument;
  if (paper === null || frame.contentWindow === null) throw new Error("this browser makes no frames");
  const head = paper.createElement("h1");
  head.textContent = title;
  const list = paper.createElement("ul");
  list.append(
    ...codes.map((code) => {
      const line = paper.createElement("li");
      line.textContent = code;
      return line;
    }),
  );
  paper.body.append(head, list);
  frame.contentWindow.addEventListener("afterprint", () => frame.remove());
  frame.contentWindow.print();
}
