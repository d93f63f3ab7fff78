"use client";
import type { UnmatchedDetail } from "@infirmary/shared/unmatched";
import { Button, Textarea } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { apiError } from "#lib/trpc/api-error.ts";
import { Dialog } from "#ui/dialog.tsx";
import { ErrorState } from "#ui/error-state.tsx";
import { say } from "#ui/toast-store.ts";
import { base64Of, editable, mended } from "./message-text.ts";
import { useReplay, useUnmatchedKey } from "./queries.ts";
import classes from "./unmatched.module.css";

/** Tries a message again, as it is or with its faults put right. The original stays what it was. */
export function MendDialog({ message, onClose }: { message: UnmatchedDetail; onClose: () => void }) {
  const queries = useQueryClient();
  const key = useUnmatchedKey();
  const original = editable(message.preview.text);
  const [text, setText] = useState(original);
  const replay = useMutation({
    ...useReplay(),
    onSuccess: () => {
      say("Filed.");
      onClose();
      return queries.invalidateQueries({ queryKey: key });
    },
  });
  const { id, version } = message;
  const error = replay.error && apiError(replay.error);
  return (
    <Dialog title="Mend and try again" onClose={onClose} size={960}>
      <form
        noValidate
        className={classes.body}
        onSubmit={(event) => {
          event.preventDefault();
          const bytes = mended(text, message.preview.text);
          replay.mutate({ id, version, ...(text === original ? {} : { contentBase64: base64Of(bytes) }) });
        }}
      >
        <Textarea
          className={classes.text}
          label="Message, one segment a line"
          description="The message as received is kept; what you change here is filed as a message of its own."
          autosize
          minRows={8}
          maxRows={22}
          spellCheck={false}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        {error && <ErrorState error={error} isCompact />}
        {error && error.errors.length > 0 && (
          <ul className={classes.problems} aria-label="What still keeps it from being filed">
            {error.errors.map(({ path, message: why }) => (
              <li key={`${path} ${why}`} className={classes.problem}>
                <code>{path}</code>
                <span>{why}</span>
              </li>
            ))}
          </ul>
        )}
        <Button type="submit" loading={replay.isPending}>
          {text === original ? "Try again as it is" : "File the mended message"}
        </Button>
      </form>
    </Dialog>
  );
}
