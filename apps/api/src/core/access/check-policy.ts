import { AccessPolicy, defaultPolicyFile, PolicyError } from "./policy.ts";

/** `npm run policy:check [file]`: compiles the policy and says what is wrong with it, with line and column. */
const [, , file = defaultPolicyFile] = process.argv;
try {
  AccessPolicy.read(file);
  process.stdout.write(`${file}: fine\n`);
} catch (error) {
  if (!(error instanceof PolicyError) && (error as { code?: string }).code !== "ENOENT") throw error;
  console.error((error as Error).message);
  process.exitCode = 1;
}
