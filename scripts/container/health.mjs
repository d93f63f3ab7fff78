/** `node health.mjs <address>`: exit code 0 when it answers 200 within two seconds. A container's health check, without curl in the image. */
const [, , address = ""] = process.argv;
try {
  const { status } = await fetch(address, { signal: AbortSignal.timeout(2_000), redirect: "manual" });
  process.exitCode = status === 200 ? 0 : 1;
} catch {
  process.exitCode = 1;
}
