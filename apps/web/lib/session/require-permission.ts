import { can, type Permission } from "@infirmary/shared/access";
import type { Me } from "@infirmary/shared/auth";
import { headers } from "next/headers";
import { forbidden, redirect } from "next/navigation";
import { currentUser, passedHeaders } from "./current-user.ts";
import { signInPath } from "./return-path.ts";
import { serverTrpc } from "./server-trpc.ts";

/**
 * The signed-in person, or the sign-in page with the way back. Every page of the clinic calls this or the next. Somebody who has to
 * set up a second factor first gets no further than the own account.
 */
export async function requireUser({ evenWithoutFactor = false } = {}): Promise<Me> {
  const user = await currentUser();
  if (!user) redirect(signInPath((await headers()).get("x-path") ?? "/"));
  if (user.needsFactor && !evenWithoutFactor) redirect("/account");
  return user;
}

/** As `requireUser`; a person without the permission sees the "not permitted" page, with status 403. */
export async function requirePermission(permission: Permission): Promise<Me> {
  const user = await requireUser();
  if (!can(user.permissions, permission)) {
    await recordRefusal(permission);
    forbidden();
  }
  return user;
}

/** The audit log keeps what was refused here; where it cannot, the page is refused all the same. */
async function recordRefusal(permission: Permission): Promise<void> {
  const passed = await passedHeaders();
  const page = ((await headers()).get("x-path") ?? "/").split("?")[0]?.slice(0, 200) ?? "/";
  if (passed)
    await serverTrpc(passed)
      .system.pageRefused.mutate({ page, permission })
      .catch(() => undefined);
}
