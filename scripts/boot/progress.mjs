/**
 * Runs one step with one line on the screen: its name at once, what came of it and its seconds when it is over.
 * @template T
 * @param {string} name
 * @param {() => Promise<T> | T} work
 * @param {(result: T) => string} [say] two or three words about the result
 * @returns {Promise<T>}
 */
export async function step(name, work, say) {
  const startedAt = performance.now();
  process.stdout.write(`  ${name.padEnd(14)} `);
  try {
    const result = await work();
    const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
    process.stdout.write(`${(say?.(result) ?? "ready").padEnd(34)} ${seconds.padStart(6)} s\n`);
    return result;
  } catch (error) {
    process.stdout.write("failed\n");
    throw error;
  }
}
