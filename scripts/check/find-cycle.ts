/**
 * Finds the groups of files that import each other in a circle (strongly connected components, after Tarjan), each as
 * a path that ends where it began.
 */
export function findCycles(imports: Map<string, string[]>): string[][] {
  const order = new Map<string, number>();
  const low = new Map<string, number>();
  const stack: string[] = [];
  const cycles: string[][] = [];

  const visit = (file: string): void => {
    const number = order.size;
    order.set(file, number);
    low.set(file, number);
    stack.push(file);
    for (const next of imports.get(file) ?? []) {
      if (!order.has(next)) {
        visit(next);
        low.set(file, Math.min(low.get(file) ?? number, low.get(next) ?? number));
      } else if (stack.includes(next)) {
        low.set(file, Math.min(low.get(file) ?? number, order.get(next) ?? number));
      }
    }
    if (low.get(file) !== number) return;
    const group = new Set(stack.splice(stack.indexOf(file)));
    if (group.size > 1 || imports.get(file)?.includes(file)) cycles.push(walk(file, group, imports));
  };
  for (const file of imports.keys()) if (!order.has(file)) visit(file);
  return cycles;
}

/** A shortest way from a file through its group back to itself. */
function walk(start: string, group: Set<string>, imports: Map<string, string[]>): string[] {
  const ways: string[][] = [[start]];
  const seen = new Set<string>();
  for (const way of ways) {
    for (const next of imports.get(way.at(-1) ?? start) ?? []) {
      if (next === start) return [...way, start];
      if (!group.has(next) || seen.has(next)) continue;
      seen.add(next);
      ways.push([...way, next]);
    }
  }
  return [start];
}
