/** The first of "Group 1", "Group 2", … that nothing is called yet. */
export function freeName(taken: readonly { readonly name: string }[], nameOf: (number: number) => string): string {
  const names = new Set(taken.map(({ name }) => name));
  let number = 1;
  while (names.has(nameOf(number))) number++;
  return nameOf(number);
}
