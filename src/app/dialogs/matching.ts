/** Those whose names have all the typed words, in any order. */
export function matching<T extends { readonly label: string }>(commands: readonly T[], query: string): readonly T[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  return commands.filter((command) => words.every((word) => command.label.toLowerCase().includes(word)));
}
