"use client";
import { type Permission, permissionCodes, permissions } from "@infirmary/shared/access";
import type { Role } from "@infirmary/shared/role";
import { Button, Checkbox, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useApiForm } from "#lib/form/use-api-form.ts";
import { Dialog } from "#ui/dialog.tsx";
import { FormError } from "#ui/form-error.tsx";
import { say } from "#ui/toast-store.ts";
import { useCreateRole, useRoleKey, useUpdateRole } from "./queries.ts";
import classes from "./role.module.css";

type Draft = { name: string; permissions: Permission[] };

/** Makes a role, or changes what one may do. */
export function RoleDialog({ role, onClose }: { role: Role | null; onClose: () => void }) {
  const queries = useQueryClient();
  const queryKey = useRoleKey();
  const create = useMutation(useCreateRole());
  const update = useMutation(useUpdateRole());
  const held = (role?.permissions ?? []).filter((code): code is Permission => code in permissions);
  const form = useApiForm<Draft>({
    initialValues: { name: role?.name ?? "", permissions: held },
    validate: (draft) => ({
      ...(draft.name.trim() ? {} : { name: "Required." }),
      ...(draft.permissions.length > 0 ? {} : { permissions: "Choose at least one." }),
    }),
  });
  const done = (text: string) => {
    void queries.invalidateQueries({ queryKey });
    say(text);
    onClose();
  };
  const save = async (draft: Draft) => {
    if (role) await update.mutateAsync({ code: role.code, version: role.version, ...draft });
    else await create.mutateAsync(draft);
    done(role ? `Changed ${draft.name}.` : `Made the role ${draft.name}.`);
  };
  const setActive = async (isActive: boolean) => {
    if (!role) return;
    await update.mutateAsync({ code: role.code, version: role.version, isActive });
    done(
      role.standard
        ? `${role.name} is as it came.`
        : `${role.name} is ${isActive ? "in use again" : "not in use any more"}.`,
    );
  };
  return (
    <Dialog title={role ? `Role: ${role.name}` : "New role"} onClose={onClose} size={640}>
      <form noValidate className={classes.form} onSubmit={form.save(save)}>
        <TextInput label="Name" maxLength={60} autoComplete="off" {...form.getInputProps("name")} />
        <Checkbox.Group label="May" {...form.getInputProps("permissions")}>
          <div className={classes.permissions}>
            {permissionCodes.map((code) => (
              <Checkbox key={code} value={code} label={permissions[code]} description={code} />
            ))}
          </div>
        </Checkbox.Group>
        <FormError error={form.apiError} rest={form.otherFaults} />
        <div className={classes.actions}>
          <Button type="submit" loading={form.isBusy}>
            {role ? "Save role" : "Make role"}
          </Button>
          {role?.isChanged && (
            <Button variant="default" onClick={() => form.save(() => setActive(false))()}>
              Back to how it came
            </Button>
          )}
          {role && !role.standard && (
            <Button variant="default" onClick={() => form.save(() => setActive(!role.isActive))()}>
              {role.isActive ? "Take out of use" : "Use again"}
            </Button>
          )}
        </div>
      </form>
    </Dialog>
  );
}
