import type { Work } from "../../core/unit-of-work.ts";
import { nameWordsOf, sortNameOf, variantsOf } from "./name-words.ts";
import { addToDictionary, type NameIndex } from "./store.ts";

/** What the names are found by; words new to the dictionary are entered. */
export async function indexNames(
  { connection, scope }: Work,
  names: { firstName: string; lastName: string },
): Promise<NameIndex> {
  const words = nameWordsOf(names);
  const variants = words.flatMap((word) => variantsOf(word).map((variant) => ({ variant, word })));
  await addToDictionary(connection, { tenantId: scope.tenantId, variants });
  return { sortName: sortNameOf(names), words };
}
