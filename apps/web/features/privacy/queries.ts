"use client";
import type { ReportPeriod } from "@infirmary/shared/privacy";
import { keepPreviousData, skipToken } from "@tanstack/react-query";
import { useTRPC } from "#lib/trpc/client.ts";

/** Every query of the privacy officer's page, as options for React Query. */
export const usePrivacyOverview = (period: ReportPeriod) =>
  useTRPC().privacy.overview.queryOptions(period, { placeholderData: keepPreviousData });
export const useOutsideCare = (period: ReportPeriod) =>
  useTRPC().privacy.outsideCare.queryOptions(period, { placeholderData: keepPreviousData });
export const usePatientReport = (patientId: string | null) =>
  useTRPC().privacy.patientReport.queryOptions(patientId ? { patientId } : skipToken);
