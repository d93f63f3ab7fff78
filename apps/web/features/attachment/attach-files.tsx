"use client";
import { fileBytesMax, mediaTypes } from "@infirmary/shared/attachment";
import { Button, FileButton } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { useMe } from "#lib/session/me.tsx";
import { type ApiError, apiError } from "#lib/trpc/api-error.ts";
import { ErrorState } from "#ui/error-state.tsx";
import { say } from "#ui/toast-store.ts";
import classes from "./attachment.module.css";
import { useStale, useUpload } from "./queries.ts";

type Props = { patientId: string; encounterId?: string };
type Failure = { fileName: string; error: Pick<ApiError, "title" | "detail" | "requestId"> };
const accept = Object.values(mediaTypes)
  .flat()
  .map((ending) => `.${ending}`)
  .join(",");

/** Takes files from this machine onto the chart, one after the other; each that could not be taken says why. */
export function AttachFiles({ patientId, encounterId }: Props) {
  const { can } = useMe();
  const stale = useStale();
  const upload = useMutation(useUpload());
  const resetRef = useRef<() => void>(null);
  const [isBusy, setIsBusy] = useState(false);
  const [failures, setFailures] = useState<Failure[]>([]);
  if (!can("document.write")) return null;
  const attach = async (files: File[]) => {
    setIsBusy(true);
    const failed: Failure[] = [];
    for (const file of files) {
      const { name: fileName } = file;
      if (file.size > fileBytesMax) {
        failed.push({ fileName, error: { title: "A file may have at most 5 MB.", detail: null, requestId: null } });
        continue;
      }
      try {
        const contentBase64 = await base64Of(file);
        await upload.mutateAsync({ patientId, ...(encounterId ? { encounterId } : {}), fileName, contentBase64 });
        say(`${fileName} attached.`);
      } catch (thrown) {
        const error = apiError(thrown);
        const detail = [error.detail, ...error.errors.map(({ message }) => message)].filter(Boolean).join(" ");
        failed.push({ fileName, error: { ...error, detail } });
      }
    }
    setFailures(failed);
    setIsBusy(false);
    resetRef.current?.();
    stale();
  };
  return (
    <div className={classes.stack}>
      <div className={classes.actions}>
        <FileButton multiple accept={accept} resetRef={resetRef} onChange={(files) => void attach(files)}>
          {(props) => (
            <Button {...props} variant="default" loading={isBusy}>
              Attach files
            </Button>
          )}
        </FileButton>
      </div>
      {failures.map(({ fileName, error }) => (
        <ErrorState key={fileName} error={{ ...error, title: `${fileName}: ${error.title}` }} isCompact />
      ))}
    </div>
  );
}

/** The file's bytes in base64, read by the browser itself. */
function base64Of(file: File): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result).replace(/^[^,]*,/, ""));
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(file);
  });
}
