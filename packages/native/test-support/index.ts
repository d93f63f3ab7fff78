import { existsSync } from "node:fs";

/**
 * A folder of reference data that lies beside the repository where the project is developed (`hl7/good`); undefined
 * elsewhere, where the tests that need it are reported as skipped.
 */
export function referenceData(name: string): URL | undefined {
  const folder = new URL(`../../../../shared/data/${name}/`, import.meta.url);
  return existsSync(folder) ? folder : undefined;
}
