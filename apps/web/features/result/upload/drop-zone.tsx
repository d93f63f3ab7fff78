"use client";
import { Button } from "@mantine/core";
import { useRef, useState } from "react";
import { say } from "#ui/toast-store.ts";
import { filesMax, readDropped, sorted } from "./read-dropped.ts";
import classes from "./upload.module.css";

/** Where files and folders are dropped, or chosen by button. */
export function DropZone({ onFiles, isSmall }: { onFiles: (files: File[]) => void; isSmall: boolean }) {
  const filesRef = useRef<HTMLInputElement>(null);
  const folderRef = useRef<HTMLInputElement>(null);
  const [isOver, setIsOver] = useState(false);
  const take = (files: File[]) => {
    if (files.length === filesMax) say(`Only the first ${filesMax} files were taken.`);
    if (files.length > 0) onFiles(files);
  };
  const chosen = (input: HTMLInputElement) => {
    take(sorted([...(input.files ?? [])]));
    // The same file can be chosen again after it was mended.
    input.value = "";
  };
  return (
    <section
      className={classes.zone}
      data-over={isOver || undefined}
      data-small={isSmall || undefined}
      aria-label="Files to upload"
      onDragOver={(event) => {
        event.preventDefault();
        setIsOver(true);
      }}
      onDragLeave={() => setIsOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        setIsOver(false);
        readDropped(event.dataTransfer).then(take, () => say("The files could not be read. Drop them again."));
      }}
    >
      <p>
        <strong>Drop HL7 files or a folder here.</strong> Results as ORU^R01, one or many messages a file, up to 5 MB.
      </p>
      <div className={classes.zoneActions}>
        <Button variant="default" onClick={() => filesRef.current?.click()}>
          Choose files
        </Button>
        <Button variant="default" onClick={() => folderRef.current?.click()}>
          Choose a folder
        </Button>
      </div>
      <input
        ref={filesRef}
        type="file"
        multiple
        hidden
        aria-label="HL7 files"
        onChange={(event) => chosen(event.currentTarget)}
      />
      <input
        ref={(input) => {
          folderRef.current = input;
          // React knows no such property; the attribute is what every browser reads.
          input?.setAttribute("webkitdirectory", "");
        }}
        type="file"
        multiple
        hidden
        aria-label="Folder of HL7 files"
        onChange={(event) => chosen(event.currentTarget)}
      />
    </section>
  );
}
