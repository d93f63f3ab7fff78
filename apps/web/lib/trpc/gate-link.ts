import type { TRPCLink } from "@trpc/client";
import { observable } from "@trpc/server/observable";
import { type GateKind, gate } from "../session/gate.ts";
import { apiError } from "./api-error.ts";
import type { AppRouter } from "./app-router.ts";

const kinds: Partial<Record<string, GateKind>> = {
  "reauthentication-required": "reauthenticate",
  "session-locked": "locked",
  "token-invalid": "signed-out",
  "not-signed-in": "signed-out",
};

/** How often, and how long at most, a call waits its turn where there were too many in a short time. */
const turns = { max: 3, seconds: 60 };

/**
 * Holds a call that the API refused until the person has proved who they are (again: for a sensitive
 * step, to open the locked screen, or to sign in anew), then sends it again as it was: the screen that
 * made it notices nothing but the time it took, and nothing typed is lost. Where the person would not, the refusal goes on.
 * A call that came too soon after many others waits its turn.
 */
export const gateLink: TRPCLink<AppRouter> =
  () =>
  ({ op, next }) =>
    observable((observer) => {
      let isOver = false;
      let turn = 0;
      let unsubscribe = () => {};
      const send = () => {
        const passedBefore = gate.passed();
        const sent = next(op).subscribe({
          next: (value) => observer.next(value),
          complete: () => observer.complete(),
          error: (error) => {
            const { code, retryAfterSeconds } = apiError(error);
            if (
              code === "too-many-requests" &&
              (retryAfterSeconds ?? turns.seconds) <= turns.seconds &&
              turn < turns.max
            ) {
              turn++;
              const timer = setTimeout(send, (retryAfterSeconds ?? 1) * 1000);
              unsubscribe = () => clearTimeout(timer);
              return;
            }
            const kind = kinds[code];
            if (!kind || op.path === "auth.logout") return observer.error(error);
            // The gate was passed while this call was on its way.
            if (gate.passed() > passedBefore) return send();
            void gate.wait(kind).then((isPassed) => {
              if (isOver) return;
              if (isPassed) send();
              else observer.error(error);
            });
          },
        });
        unsubscribe = () => sent.unsubscribe();
      };
      send();
      return () => {
        isOver = true;
        unsubscribe();
      };
    });
