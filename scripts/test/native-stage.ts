import { inProject, root } from "../setup/project.ts";
import { lastLines, resultsFile, run, type StageResult } from "./stage.ts";

/** The C tests under the sanitizers. Their last line counts single guarantees. */
export async function runNativeTests(): Promise<StageResult> {
  const { code, text } = await run([process.execPath, inProject("packages/native/scripts/test-c.mjs")], {
    cwd: inProject("packages/native"),
    log: resultsFile(root, "native.log"),
  });
  const counts = /^native C: (\d+) passed, (\d+) failed, (\d+) skipped/m.exec(text);
  const [passed = 0, counted = 0, skipped = 0] = (counts ?? []).slice(1).map(Number);
  const failed = Math.max(counted, code === 0 ? 0 : 1);
  return { passed, failed, skipped, tail: failed > 0 ? lastLines(text) : "" };
}
