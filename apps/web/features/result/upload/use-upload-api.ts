"use client";
import { useMemo } from "react";
import { useResultClient } from "../queries.ts";
import type { UploadApi } from "./upload-store.ts";

/** The store's two calls, over tRPC. */
export function useUploadApi(): UploadApi {
  const client = useResultClient();
  return useMemo(
    () => ({
      preview: (input) => client.preview.mutate(input),
      upload: (input) => client.upload.mutate(input),
    }),
    [client],
  );
}
