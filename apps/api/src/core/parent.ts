/**
 * Ends this process with the one that started it: when the channel to the parent closes (it was killed, whatever way)
 * or the parent asks by signal. Without it a killed supervisor would leave a process that holds the port.
 * @param close finishes what is under way; it gets eight seconds, then the process ends all the same
 * @param drainMs time `close` spends waiting for the load balancer, on top
 */
export function exitWithParent(close: () => Promise<void>, drainMs = 0): void {
  let isClosing = false;
  const end = () => {
    if (isClosing) return;
    isClosing = true;
    setTimeout(() => process.exit(1), 8000 + drainMs).unref();
    close().then(
      () => process.exit(0),
      (error: unknown) => {
        console.error(error);
        process.exit(1);
      },
    );
  };
  process.once("disconnect", end);
  process.on("SIGTERM", end);
  process.on("SIGINT", end);
}
